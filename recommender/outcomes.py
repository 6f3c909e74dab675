"""What suggestions led to: each answer as it was shown, with what the person then asked for and how that went."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from domain.feedback import Feedback
from domain.sessions import MentoringSession
from domain.suggestions import MentorSuggestion, SuggestionSet, TopicSuggestion

WITHIN = timedelta(days=14)  # a request this soon after a suggestion is taken as its outcome
ASKED, BEST = 1.0, 2.0  # asked for; asked for, held, and rated 5: a rating of 3 leaves it at 1, of 1 at nothing


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One list as it was shown, of which something was asked for.

    Parameters
    ----------
    features
        What was kept of each candidate shown, by feature name.
    ranks
        1-based places at which they stood, shape (n,).
    values
        What each led to, 0 for nothing up to `BEST`, shape (n,).
    """

    at: datetime
    features: tuple[Mapping[str, float], ...]
    ranks: np.ndarray
    values: np.ndarray


@dataclass(frozen=True, slots=True)
class _Outcome:
    topic_id: str
    mentor_id: str
    value: float


def topic_choices(
    shown: Sequence[SuggestionSet], sessions: Sequence[MentoringSession], feedback: Sequence[Feedback]
) -> list[Choice]:
    """Return the answers of topics that led to a request, oldest first; those for a typed need are left out.

    They were ranked by the need alone, so that they say nothing about the weights.
    """
    by_set = _outcomes([answer for answer in shown if not answer.need], sessions, feedback)
    choices = (_choice(answer.asked_at, answer.topics, _by_topic(found)) for answer, found in by_set)
    return [choice for choice in choices if choice]


def mentor_choices(
    shown: Sequence[SuggestionSet], sessions: Sequence[MentoringSession], feedback: Sequence[Feedback]
) -> list[Choice]:
    """Return the lists of mentors, one per topic shown, of which one was asked for, oldest first."""
    choices = (
        _choice(answer.asked_at, topic.mentors, {o.mentor_id: o.value for o in found if o.topic_id == topic.topic_id})
        for answer, found in _outcomes(shown, sessions, feedback)
        for topic in answer.topics
    )
    return [choice for choice in choices if choice]


def _outcomes(
    shown: Sequence[SuggestionSet], sessions: Sequence[MentoringSession], feedback: Sequence[Feedback]
) -> Iterator[tuple[SuggestionSet, list[_Outcome]]]:
    """Yield each answer with what it led to: a request counts for the latest answer before it that showed its topic."""
    answers: defaultdict[str, list[SuggestionSet]] = defaultdict(list)
    for answer in sorted(shown, key=lambda one: (one.asked_at, one.id)):
        answers[answer.person_id or ""].append(answer)
    rated = {(word.session_id, word.author_id): word.rating for word in feedback}
    found: defaultdict[str, list[_Outcome]] = defaultdict(list)
    for session in sessions:
        for person_id in session.mentee_ids:
            if led := _led_to(answers[person_id], session):
                value = _value(session, rated.get((session.id, person_id)))
                found[led.id].append(_Outcome(session.topic_id, session.mentor_id, value))
    ordered = sorted((answer for own in answers.values() for answer in own), key=lambda one: (one.asked_at, one.id))
    return ((answer, found[answer.id]) for answer in ordered if answer.id in found)


def _led_to(answers: Sequence[SuggestionSet], session: MentoringSession) -> SuggestionSet | None:
    near = (a for a in reversed(answers) if a.asked_at <= session.created_at <= a.asked_at + WITHIN)
    return next((a for a in near if any(topic.topic_id == session.topic_id for topic in a.topics)), None)


def _value(session: MentoringSession, rating: int | None) -> float:
    if rating is None or not session.was_held:
        return ASKED
    return BEST * (rating - 1) / 4


def _by_topic(outcomes: Sequence[_Outcome]) -> dict[str, float]:
    best: dict[str, float] = {}
    for outcome in outcomes:
        best[outcome.topic_id] = max(outcome.value, best.get(outcome.topic_id, 0.0))
    return best


def _choice(
    at: datetime, candidates: Sequence[TopicSuggestion] | Sequence[MentorSuggestion], led_to: Mapping[str, float]
) -> Choice | None:
    """Return the list with what it led to; None where nothing was asked for, or there was nothing to choose from."""
    values = np.array([led_to.get(_id_of(candidate), 0.0) for candidate in candidates])
    if len(candidates) < 2 or not values.any():
        return None
    ranks = np.array([candidate.rank for candidate in candidates], dtype=np.float64)
    return Choice(at, tuple(candidate.features for candidate in candidates), ranks, values)


def _id_of(candidate: TopicSuggestion | MentorSuggestion) -> str:
    return candidate.topic_id if isinstance(candidate, TopicSuggestion) else candidate.mentor_id
