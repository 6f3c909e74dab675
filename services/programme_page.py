"""HR's pages of the programme: the weights in force, as steps of 0 to 10, with who changed them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.errors import InvalidInput
from domain.topics import Topic, TopicStatus
from recommender import MentorWeights, TopicWeights
from services.context import Context
from services.programme import (
    Change,
    Origin,
    Setting,
    history,
    origin_of,
    read_programme,
    remove_priority,
    reset_weights,
    restore_weights,
    save_weights,
    set_priority,
)
from services.weight_learning import Lesson, last_lesson
from store import Store, unit_of_work

STEPS = 10
OWN_WORDS = ("need", "skill_gap", "feedback")
KNOWN_OF_TOPIC = ("topic_fit", "skill", "experience", "rating", "topic_rating", "growth")
CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A change with the name of who made it; "" for somebody who is no longer stored.

    Parameters
    ----------
    can_return
        Whether it set weights that are no longer in force.
    """

    change: Change
    name: str
    at: datetime
    can_return: bool


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """What HR sees of topics or mentors: the weights, where they come from, priorities, topics, changes, the lesson."""

    weights: TopicWeights | MentorWeights
    origin: Origin
    is_damaged: bool
    priorities: list[tuple[Topic, float]]
    topics: list[Topic]
    changes: list[Entry]
    lesson: Lesson | None


def topic_programme(context: Context) -> ProgrammePage:
    """Return the page of topics as it stands."""
    with unit_of_work(context.engine) as store:
        programme = read_programme(store)
        topics = {t.id: t for t in store.catalog.current().topics if t.status is TopicStatus.ACTIVE}
        changes = _entries(store, (Setting.TOPIC_WEIGHTS, Setting.TOPIC_PRIORITIES))
        lesson, origin = _told(store, Setting.TOPIC_WEIGHTS)
    ordered = sorted(programme.priorities.items(), key=lambda one: (-one[1], one[0]))
    return ProgrammePage(
        weights=programme.topic_weights,
        origin=origin,
        is_damaged=not programme.damaged.keys().isdisjoint((Setting.TOPIC_WEIGHTS, Setting.TOPIC_PRIORITIES)),
        priorities=[(topics[topic_id], value) for topic_id, value in ordered if topic_id in topics],
        topics=list(topics.values()),
        changes=changes,
        lesson=lesson,
    )


def mentor_programme(context: Context) -> ProgrammePage:
    """Return the page of mentors as it stands; topics and their priorities are not on it."""
    with unit_of_work(context.engine) as store:
        programme = read_programme(store)
        changes = _entries(store, (Setting.MENTOR_WEIGHTS,))
        lesson, origin = _told(store, Setting.MENTOR_WEIGHTS)
    is_damaged = Setting.MENTOR_WEIGHTS in programme.damaged
    return ProgrammePage(programme.mentor_weights, origin, is_damaged, [], [], changes, lesson)


def steps_of(weights: TopicWeights | MentorWeights) -> dict[str, int]:
    """Return the weights as steps, the largest being 10; what counts at all is at least 1."""
    values = asdict(weights)
    largest = max(values.values())
    return {name: max(round(STEPS * value / largest), int(value > 0)) for name, value in values.items()}


def weights_of(steps: Mapping[str, int], now: TopicWeights | MentorWeights) -> TopicWeights | MentorWeights:
    """Return the weights that HR's steps mean: what HR left alone keeps its weight, however fine it is.

    Raises
    ------
    InvalidInput
        If a step is not 0 to 10, or all are 0.
    """
    for name, step in steps.items():
        if not 0 <= step <= STEPS:
            raise InvalidInput(f"step {name}", f"be 0 to {STEPS}", step, "Choose one of these steps.")
    before, values = steps_of(now), asdict(now)
    unit = max(values.values()) / STEPS
    return type(now).of(
        {name: values[name] if before.get(name) == step else round(step * unit, 6) for name, step in steps.items()}
    )


def leading_share(weights: TopicWeights | MentorWeights) -> int:
    """Return how many of 100 parts of a score hold what should lead: own words, or what is known of the topic."""
    leading = OWN_WORDS if isinstance(weights, TopicWeights) else KNOWN_OF_TOPIC
    shares = weights.shares()
    return round(100 * sum(shares[name] for name in leading))


def save_steps(context: Context, setting: Setting, steps: Mapping[str, int], by: str) -> None:
    """Let these steps count from now on; raise InvalidInput as `weights_of`."""
    with unit_of_work(context.engine, write=True) as store:
        save_weights(store, weights_of(steps, read_programme(store).weights_of(setting)), by, context.clock())


def back_to_defaults(context: Context, setting: Setting, by: str) -> None:
    """Let the default weights count again."""
    with unit_of_work(context.engine, write=True) as store:
        reset_weights(store, setting, by, context.clock())


def back_to(context: Context, setting: Setting, at: str, by: str) -> None:
    """Let the weights set at this time count again; raise NotFound as `restore_weights`."""
    with unit_of_work(context.engine, write=True) as store:
        restore_weights(store, setting, at, by, context.clock())


def put_priority(context: Context, topic_id: str, priority: float, by: str) -> None:
    """Give a topic a priority; raise InvalidInput as `set_priority`."""
    with unit_of_work(context.engine, write=True) as store:
        set_priority(store, topic_id, priority, by, context.clock())


def drop_priority(context: Context, topic_id: str, by: str) -> bool:
    """Let the catalog's own priority count again; return whether another was set."""
    with unit_of_work(context.engine, write=True) as store:
        return remove_priority(store, topic_id, by, context.clock())


def _told(store: Store, setting: Setting) -> tuple[Lesson | None, Origin]:
    return last_lesson(store).get(setting), origin_of(history(store), setting)


def _entries(store: Store, settings: tuple[Setting, ...]) -> list[Entry]:
    """Return the latest changes of these settings, latest first."""
    changes = [change for change in history(store) if change.setting in settings]
    names = {person.id: person.name for person in store.people.list(active_only=False)}
    in_force = {setting: next((c.values for c in changes if c.setting is setting), {}) for setting in settings}
    return [
        Entry(
            change,
            names.get(change.person_id, ""),
            datetime.fromisoformat(change.at),
            change.setting is not Setting.TOPIC_PRIORITIES and change.values != in_force[change.setting],
        )
        for change in changes[:CHANGES_SHOWN]
    ]
