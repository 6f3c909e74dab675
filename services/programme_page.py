"""HR's page of the programme: the settings in force, as steps of 0 to 10, with who changed them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.errors import InvalidInput
from domain.topics import Topic, TopicStatus
from recommender import TopicWeights
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
    save_weights,
    set_priority,
)
from services.weight_learning import Lesson, last_lesson
from store import unit_of_work

STEPS = 10
OWN_WORDS = ("need", "skill_gap", "feedback")
CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A change with the name of who made it; "" for somebody who is no longer stored."""

    change: Change
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """What HR sees: steps by feature, where they come from, priorities, topics to choose from, changes, the lesson."""

    steps: dict[str, int]
    origin: Origin
    is_damaged: bool
    priorities: list[tuple[Topic, float]]
    topics: list[Topic]
    changes: list[Entry]
    lesson: Lesson | None


def programme_page(context: Context) -> ProgrammePage:
    """Return the page as it stands."""
    with unit_of_work(context.engine) as store:
        programme, changes = read_programme(store), history(store)
        topics = {t.id: t for t in store.catalog.current().topics if t.status is TopicStatus.ACTIVE}
        names = {person.id: person.name for person in store.people.list(active_only=False)}
        lesson = last_lesson(store).get(Setting.TOPIC_WEIGHTS)
    ordered = sorted(programme.priorities.items(), key=lambda one: (-one[1], one[0]))
    return ProgrammePage(
        steps=steps_of(programme.topic_weights),
        origin=origin_of(changes, Setting.TOPIC_WEIGHTS),
        is_damaged=bool(programme.damaged),
        priorities=[(topics[topic_id], value) for topic_id, value in ordered if topic_id in topics],
        topics=list(topics.values()),
        changes=[Entry(c, names.get(c.person_id, ""), datetime.fromisoformat(c.at)) for c in changes[:CHANGES_SHOWN]],
        lesson=lesson,
    )


def steps_of(weights: TopicWeights) -> dict[str, int]:
    """Return the weights as steps, the largest being 10; what counts at all is at least 1."""
    values = asdict(weights)
    largest = max(values.values())
    return {name: max(round(STEPS * value / largest), int(value > 0)) for name, value in values.items()}


def weights_of(steps: Mapping[str, int], now: TopicWeights) -> TopicWeights:
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
    return TopicWeights.of(
        {name: values[name] if before.get(name) == step else round(step * unit, 6) for name, step in steps.items()}
    )


def changed_weights(context: Context, steps: Mapping[str, int]) -> TopicWeights:
    """Return the weights that the steps mean against those in force; raise InvalidInput as `weights_of`."""
    with unit_of_work(context.engine) as store:
        return weights_of(steps, read_programme(store).topic_weights)


def save_steps(context: Context, steps: Mapping[str, int], by: str) -> None:
    """Let these steps count from now on; raise InvalidInput as `weights_of`."""
    with unit_of_work(context.engine, write=True) as store:
        save_weights(store, weights_of(steps, read_programme(store).topic_weights), by, context.clock())


def back_to_defaults(context: Context, by: str) -> None:
    """Let the default weights of topics count again."""
    with unit_of_work(context.engine, write=True) as store:
        reset_weights(store, Setting.TOPIC_WEIGHTS, by, context.clock())


def put_priority(context: Context, topic_id: str, priority: float, by: str) -> None:
    """Give a topic a priority; raise InvalidInput as `set_priority`."""
    with unit_of_work(context.engine, write=True) as store:
        set_priority(store, topic_id, priority, by, context.clock())


def drop_priority(context: Context, topic_id: str, by: str) -> bool:
    """Let the catalog's own priority count again; return whether another was set."""
    with unit_of_work(context.engine, write=True) as store:
        return remove_priority(store, topic_id, by, context.clock())
