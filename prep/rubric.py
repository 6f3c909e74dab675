"""The score of an agenda: twelve criteria with weights and floors; 80 of 100 passes when every floor is met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from domain.agendas import Agenda
from domain.language import Language
from domain.people import Format
from domain.topics import Stage, Topic
from prep.content import content_lemmas
from prep.facts import WRITTEN_KINDS, usable_facts
from prep.forms import is_open, is_well_formed
from prep.gates import Violation, find_violations, texts_of
from prep.limits import (
    DEADLINE,
    MAX_ACTION_WORDS,
    MAX_OUTCOME_WORDS,
    allowed_words,
    fits_message,
    names_deliverable,
)
from prep.quotes import plain_words, without_quotes
from prep.readability import reading_ease
from prep.repeats import is_repeated
from prep.skeleton import ROUND_MINUTES, question_limits

PASS_SCORE = 80.0
_OPEN_SHARE = 0.7
_GROUND_SHARE = 0.6
_COPIED_RUN = 3
_EASY, _HARD = 50.0, 20.0  # reading ease: plain English, and a scientific paper


class Criterion(StrEnum):
    """What is judged."""

    TIME = "time"
    OUTCOME = "outcome"
    STAGES = "stages"
    COUNT = "count"
    FORM = "form"
    GROUND = "ground"
    SYNTH = "synth"
    ACTION = "action"
    FIT = "fit"
    CONCISE = "concise"
    NOVELTY = "novelty"
    READABLE = "readable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What gates and rubric say of a draft: `score` 0-100, `parts` 0-1 each, `below_floor` those that fail alone."""

    score: float
    parts: dict[Criterion, float]
    below_floor: tuple[Criterion, ...]
    violations: tuple[Violation, ...]

    @property
    def passes(self) -> bool:
        return not self.violations and not self.below_floor and self.score >= PASS_SCORE


@dataclass(frozen=True, slots=True)
class _Case:
    agenda: Agenda
    people: int
    last_questions: tuple[str, ...]


def judge_agenda(
    agenda: Agenda, *, people: int = 1, last_questions: Sequence[str] = (), known_text: str = ""
) -> Verdict:
    """Return the verdict on a draft.

    Parameters
    ----------
    people
        Mentees who take part; above 1 for a group.
    last_questions
        Questions of the last session of these people.
    known_text
        Reviewed text of the topic, see `find_violations`.
    """
    case = _Case(agenda, people, tuple(last_questions))
    parts = {criterion: rule.score(case) for criterion, rule in _RULES.items()}
    below = tuple(criterion for criterion, rule in _RULES.items() if parts[criterion] < rule.floor)
    total = sum(rule.weight * parts[criterion] for criterion, rule in _RULES.items())
    return Verdict(total, parts, below, tuple(find_violations(agenda, known_text)))


def topic_text(topic: Topic, language: Language) -> str:
    """Return all reviewed text of a topic in a language: what a draft about it may name."""
    questions = [text for texts in topic.questions.values() for text in texts.get(language)]
    lists = (topic.aliases, topic.phrases, topic.next_steps)
    single = (topic.title, topic.summary, topic.out_of_scope)
    return "\n".join(
        [
            *(text.get(language) for text in single),
            *questions,
            *(text for texts in lists for text in texts.get(language)),
        ]
    )


def _time(case: _Case) -> float:
    """A quarter each: opening 6-25 %, close 10-34 %, core >= 45 %, 3-6 segments; a group's rounds may take longer."""
    agenda = case.agenda
    minutes = {stage: sum(s.minutes for s in agenda.segments if s.stage is stage) / agenda.minutes for stage in Stage}
    rounds = ceil(case.people * ROUND_MINUTES) / agenda.minutes if agenda.format is Format.GROUP else 0.0
    core = minutes[Stage.REALITY] + minutes[Stage.OPTIONS]
    met = (
        0.06 <= minutes[Stage.GOAL] <= max(0.25, rounds),
        0.10 <= minutes[Stage.WILL] <= max(0.34, rounds),
        core >= 0.45,
        3 <= len(agenda.segments) <= 6,
    )
    return sum(met) / len(met)


def _outcome(case: _Case) -> float:
    """A quarter each: one sentence by the end, a deliverable, at most 30 words, a lemma of a fact."""
    text = case.agenda.outcome.text
    content = content_lemmas(text)
    met = (
        text.casefold().startswith(("by the end", "к концу")),
        names_deliverable(without_quotes(text)),
        0 < len(text.split()) <= MAX_OUTCOME_WORDS,
        any(content & content_lemmas(fact.text) for fact in case.agenda.facts),
    )
    return sum(met) / len(met)


def _stages(case: _Case) -> float:
    asked = {question.stage for question in case.agenda.questions}
    return len(asked) / len(Stage)


def _count(case: _Case) -> float:
    low, high = question_limits(case.agenda.minutes, case.agenda.format)
    count = len(case.agenda.questions)
    off = max(low - count, count - high, 0)
    return max(0.0, 1 - 0.4 * off)


def _form(case: _Case) -> float:
    """Share of well-formed questions, times how far the open ones reach 70 %.

    Source: MITI 3 counts open and closed questions apart; PMC4383714.
    """
    texts = [question.text for question in case.agenda.questions]
    if not texts:
        return 0.0
    language = case.agenda.language
    well_formed = sum(is_well_formed(text, language) for text in texts)
    share_open = sum(is_open(text) for text in texts) / len(texts)
    return well_formed / len(texts) * min(1.0, share_open / _OPEN_SHARE)


def _ground(case: _Case) -> float:
    """Full when 60 % of the questions share a content lemma with a fact that they cite; a flagged fact is no ground."""
    facts = {fact.number: fact for fact in usable_facts(case.agenda.facts)}
    grounded = [
        bool(
            any(content_lemmas(question.text) & content_lemmas(facts[n].text) for n in question.citations if n in facts)
        )
        for question in case.agenda.questions
    ]
    return min(1.0, sum(grounded) / len(grounded) / _GROUND_SHARE) if grounded else 0.0


def _synth(case: _Case) -> float:
    """Share of lines without a run of three words copied from what a person wrote; marked quotations are no copies."""
    written = [fact for fact in case.agenda.facts if fact.kind in WRITTEN_KINDS]
    runs = {run for fact in written for run in _runs(fact.text)}
    lines = [text for place, text in texts_of(case.agenda) if "title" not in place]
    clean = [not runs & _runs(without_quotes(text, [fact.text for fact in written])) for text in lines]
    return sum(clean) / len(clean) if clean else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = plain_words(text).split()
    return {tuple(words[start : start + _COPIED_RUN]) for start in range(len(words) - _COPIED_RUN + 1)}


def _action(case: _Case) -> float:
    """A third each: one step in one sentence, a deadline, at most 25 words."""
    text = case.agenda.next_step.text.strip()
    sentences = [part for part in text.rstrip(".!").split(". ") if part]
    return (
        sum((len(sentences) == 1, bool(DEADLINE.search(text)), 0 < len(text.split()) <= MAX_ACTION_WORDS)) / 3
        if text
        else 0.0
    )


def _fit(case: _Case) -> float:
    agenda = case.agenda
    if agenda.format is Format.CHAT:
        texts = [text for _, text in texts_of(agenda)]
        return sum(fits_message(text, agenda.format) for text in texts) / len(texts)
    if agenda.format is Format.GROUP:
        rounds = [sum(s.minutes for s in agenda.segments if s.stage is stage) for stage in (Stage.GOAL, Stage.WILL)]
        return sum(minutes >= ROUND_MINUTES * case.people for minutes in rounds) / len(rounds)
    return 1.0


def _concise(case: _Case) -> float:
    allowed = allowed_words(case.agenda.minutes, case.agenda.language)
    words = sum(len(text.split()) for _, text in texts_of(case.agenda))
    return max(0.0, min(1.0, 2 - words / allowed))


def _novelty(case: _Case) -> float:
    questions = case.agenda.questions
    new = sum(not is_repeated(question.text, case.last_questions) for question in questions)
    return new / len(questions) if questions else 0.0


def _readable(case: _Case) -> float:
    text = " ".join(text if text.endswith((".", "?", "!", "…")) else f"{text}." for _, text in texts_of(case.agenda))
    ease = reading_ease(text, case.agenda.language)
    return max(0.0, min(1.0, (ease - _HARD) / (_EASY - _HARD)))


@dataclass(frozen=True, slots=True)
class _Rule:
    weight: float
    floor: float
    score: Callable[[_Case], float]


_RULES = {
    Criterion.TIME: _Rule(12, 0.6, _time),
    Criterion.OUTCOME: _Rule(10, 0.5, _outcome),
    Criterion.STAGES: _Rule(10, 0.75, _stages),
    Criterion.COUNT: _Rule(6, 0.5, _count),
    Criterion.FORM: _Rule(16, 0.6, _form),
    Criterion.GROUND: _Rule(18, 0.5, _ground),
    Criterion.SYNTH: _Rule(8, 0.0, _synth),
    Criterion.ACTION: _Rule(8, 0.5, _action),
    Criterion.FIT: _Rule(4, 0.0, _fit),
    Criterion.CONCISE: _Rule(4, 0.5, _concise),
    Criterion.NOVELTY: _Rule(2, 0.5, _novelty),
    Criterion.READABLE: _Rule(2, 0.0, _readable),
}
