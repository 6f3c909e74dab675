"""Learns the weights of the rankings from what suggestions led to, and keeps what came out until HR takes it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.errors import InvalidInput, NotReady
from domain.sessions import MentoringSession
from domain.suggestions import SuggestionSet
from recommender import Learnt, MentorWeights, TopicWeights, learn_weights, mentor_choices, topic_choices
from recommender.outcomes import WITHIN
from services.context import Context
from services.programme import WEIGHTS, Origin, Setting, read_programme, save_weights
from store import Store, unit_of_work

LESSON = "weight_lesson"
LOOKS_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt for one ranking: outcomes, how many are missing, and of 100 later choices how many are right."""

    outcomes: int
    missing: int
    right: int | None
    right_now: int | None
    is_better: bool
    values: dict[str, float]


def learn_from_outcomes(context: Context) -> dict[Setting, Lesson]:
    """Learn both rankings' weights from the last year, and keep the lesson; nothing that ranks is changed."""
    since = context.clock() - LOOKS_BACK
    with unit_of_work(context.engine) as store:
        programme, sessions, feedback = read_programme(store), store.sessions.list(), store.feedback.list()
        shown = list(_with_requests(store, sessions, since))
    topics, mentors = topic_choices(shown, sessions, feedback), mentor_choices(shown, sessions, feedback)
    lessons = {
        Setting.TOPIC_WEIGHTS: _lesson(learn_weights(topics, programme.topic_weights, TopicWeights())),
        Setting.MENTOR_WEIGHTS: _lesson(learn_weights(mentors, programme.mentor_weights, MentorWeights())),
    }
    with unit_of_work(context.engine, write=True) as store:
        store.put_setting(LESSON, {setting: asdict(lesson) for setting, lesson in lessons.items()})
    return lessons


def last_lesson(store: Store) -> dict[Setting, Lesson]:
    """Return what was learnt last; nothing where nothing was, or it cannot be read."""
    kept: Any = store.get_setting(LESSON, {})
    try:
        lessons = {Setting(name): Lesson(**values) for name, values in kept.items()}
        for setting, lesson in lessons.items():
            WEIGHTS[setting].of(lesson.values)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidInput):
        return {}
    return lessons


def take_lesson(context: Context, setting: Setting, by: str) -> None:
    """Let learnt weights count from now on.

    Raises
    ------
    NotReady
        If nothing better was learnt.
    """
    with unit_of_work(context.engine, write=True) as store:
        lesson = last_lesson(store).get(setting)
        if lesson is None or not lesson.is_better:
            raise NotReady("No better weights were learnt. Learn first, with `halfhour weights --learn`.")
        save_weights(store, WEIGHTS[setting].of(lesson.values), by, context.clock(), Origin.LEARNT)
        store.put_setting(LESSON, {})


def _with_requests(store: Store, sessions: Sequence[MentoringSession], since: datetime) -> Iterator[SuggestionSet]:
    """Yield the answers after which their person asked for a session: the others are read and let go."""
    asked: defaultdict[str, list[datetime]] = defaultdict(list)
    for session in sessions:
        for person_id in session.mentee_ids:
            asked[person_id].append(session.created_at)
    for answer in store.suggestions.asked_since(since):
        if any(answer.asked_at <= at <= answer.asked_at + WITHIN for at in asked[answer.person_id or ""]):
            yield answer


def _lesson(learnt: Learnt[TopicWeights] | Learnt[MentorWeights]) -> Lesson:
    right, right_now = (None if share is None else round(100 * share) for share in (learnt.right, learnt.right_now))
    return Lesson(learnt.outcomes, learnt.missing, right, right_now, learnt.is_better, asdict(learnt.weights))
