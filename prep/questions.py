"""The questions of an agenda: some out of the person's own words and gaps, the others the topic's."""

from collections.abc import Iterator

from domain.agendas import FactKind, Question
from domain.topics import Stage
from prep.citing import cite, words_of
from prep.cleaning import with_quotation_marks
from prep.content import content_lemmas
from prep.facts import PERSONAL_KINDS, has_material
from prep.forms import is_leading, is_open, is_stacked
from prep.limits import MAX_QUESTION_WORDS, fits_message
from prep.material import Anchor, Material
from prep.quotes import is_question, is_wish
from prep.repeats import is_repeated
from prep.requests import NamedGap

_KINDS_BY_STAGE: dict[Stage, tuple[FactKind, ...]] = {
    Stage.GOAL: (FactKind.LAST_NEXT_STEP, FactKind.NEED, FactKind.LAST_FEEDBACK, FactKind.GOAL),
    Stage.REALITY: (FactKind.LAST_FEEDBACK, FactKind.NEED, FactKind.GOAL, FactKind.SKILL_GAP),
    Stage.OPTIONS: (FactKind.SKILL_GAP, FactKind.GOAL, FactKind.LAST_FEEDBACK),
    Stage.WILL: (),
}
_LOW_LEVEL = 1
_LOOSE_SHARE = 0.25  # of the questions may share no word with a fact: specific to the topic is better than general


class QuestionBook:
    """Asks what was not asked yet, neither in this agenda nor last time."""

    def __init__(self, material: Material, total: int) -> None:
        self._material = material
        self._personal_left = total // 2
        self._loose_left = int(_LOOSE_SHARE * total)
        self._poor_left = 1
        self._asked = list(material.request.last_questions)

    def ask(self, stage: Stage, count: int) -> tuple[Question, ...]:
        """Return `count` questions of a stage, the mentee's own words first."""
        asked: list[Question] = []
        while len(asked) < count:
            question = self._personal(stage) if self._may_be_personal(stage, len(asked)) else None
            question = question or self._of_topic(stage) or self._general(stage)
            self._asked.append(question.text)
            asked.append(question)
        return tuple(asked)

    def _may_be_personal(self, stage: Stage, asked: int) -> bool:
        return self._personal_left > 0 and (asked == 0 or stage is Stage.GOAL)

    def _personal(self, stage: Stage) -> Question | None:
        for text, number in self._personal_candidates(stage):
            if self._is_askable(text) and not self._is_asked(text):
                self._personal_left -= 1
                return Question(text, stage, (number,))
        return None

    def _personal_candidates(self, stage: Stage) -> Iterator[tuple[str, int]]:
        material = self._material
        used = {anchor.kind for anchor in material.used} if stage is Stage.GOAL else set()
        for kind in _KINDS_BY_STAGE[stage]:
            anchor = material.take({kind} - used)
            if anchor:
                yield from ((text, anchor.number) for text in _sentences(material, anchor, stage))
        if stage is Stage.GOAL:
            yield from self._openings()

    def _openings(self) -> Iterator[tuple[str, int]]:
        material = self._material
        if material.foreign and not material.request.is_group:
            anchor = material.foreign.pop(0)
            for variant in material.shuffle(material.wording.foreign_words, "foreign"):
                yield variant.format(quote=anchor.quote), anchor.number
        topic = material.first_number(FactKind.TOPIC)
        if topic and not has_material(material.facts):
            for variant in material.shuffle(material.wording.ask_for_goal, "ask"):
                yield variant.format(topic=material.quoted_title), topic

    def _of_topic(self, stage: Stage) -> Question | None:
        """Return a question of the topic that shares a word with a fact, else one that rests on the topic alone."""
        fresh = [text for text in self._ranked(stage) if not self._is_asked(text)]
        if self._poor_left == 0:
            fresh = [text for text in fresh if not _is_poor(text)]
        found = next(((text, numbers) for text in fresh if (numbers := cite(text, self._material.usable))), None)
        found = found or self._loose(fresh)
        if not found:
            return None
        self._poor_left -= _is_poor(found[0])
        return Question(found[0], stage, found[1])

    def _loose(self, fresh: list[str]) -> tuple[str, tuple[int, ...]] | None:
        topic = self._material.first_number(FactKind.TOPIC)
        if not fresh or not topic or self._loose_left == 0:
            return None
        self._loose_left -= 1
        return fresh[0], (topic,)

    def _ranked(self, stage: Stage) -> list[str]:
        material = self._material
        questions = material.request.topic.questions.get(stage)
        texts = (
            [with_quotation_marks(text, material.request.language) for text in questions.get(material.request.language)]
            if questions
            else []
        )
        texts = [text for text in texts if self._is_askable(text)]
        own = words_of(material.usable, PERSONAL_KINDS)
        return sorted(
            material.shuffle(texts, stage), key=lambda text: (_is_poor(text), -len(own & content_lemmas(text)))
        )

    def _is_askable(self, text: str) -> bool:
        return 0 < len(text.split()) <= MAX_QUESTION_WORDS and fits_message(text, self._material.request.format)

    def _general(self, stage: Stage) -> Question:
        material = self._material
        texts = [
            text.format(topic=material.quoted_title)
            for text in material.shuffle(material.wording.general[stage], stage)
        ]
        text = next((text for text in texts if not self._is_asked(text)), texts[0])
        return Question(text, stage, cite(text, material.usable))

    def _is_asked(self, text: str) -> bool:
        return is_repeated(text, self._asked)


def _is_poor(text: str) -> bool:
    """Whether a question of the topic is closed or badly formed: then another one is asked first."""
    return not is_open(text) or is_leading(text) or is_stacked(text)


def _sentences(material: Material, anchor: Anchor, stage: Stage) -> list[str]:
    """Return the sentences around an anchor that suit the stage."""
    wording = material.wording
    if anchor.gap:
        return _gap_sentences(material, anchor.gap, stage)
    is_need = anchor.kind is FactKind.NEED
    if is_question(anchor.quote) and anchor.kind in (FactKind.NEED, FactKind.GOAL) and not material.request.is_group:
        variants = wording.own_question
    elif is_need and is_wish(anchor.quote) and stage is not Stage.OPTIONS and not material.request.is_group:
        variants = wording.own_wish
    elif is_need and stage is Stage.REALITY and not material.is_quoted_before(anchor):
        variants = wording.group_words[Stage.GOAL] if material.request.is_group else wording.first_need
    else:
        by_stage = wording.group_words if is_need and material.request.is_group else wording.own_words[anchor.kind]
        variants = by_stage.get(stage, ())
    return [variant.format(quote=anchor.quote) for variant in material.shuffle(variants, anchor.quote)]


def _gap_sentences(material: Material, gap: NamedGap, stage: Stage) -> list[str]:
    wording = material.wording
    if material.request.is_group:
        variants = wording.shared_gaps[stage]
    elif stage is Stage.REALITY and gap.held_level <= _LOW_LEVEL:
        variants = wording.low_gaps
    else:
        variants = wording.gaps[stage]
    shuffled = material.shuffle(variants, gap.skill)
    return [text.format(skill=gap.skill, held=gap.held_level, wanted=gap.wanted_level) for text in shuffled]
