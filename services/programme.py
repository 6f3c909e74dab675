"""What HR sets for the whole programme: weights of the rankings, priorities of topics; every change is noted."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from domain.errors import InvalidInput, NotFound
from recommender import MentorWeights, TopicWeights
from store import Store

log = logging.getLogger(__name__)
HISTORY = "programme_history"
MAX_HISTORY = 50
Value = TypeVar("Value")


class Setting(StrEnum):
    """What can be set; the values are keys in the store."""

    TOPIC_WEIGHTS = "topic_weights"
    MENTOR_WEIGHTS = "mentor_weights"
    TOPIC_PRIORITIES = "topic_priorities"


class Origin(StrEnum):
    """Where the values in force come from."""

    DEFAULT = "default"
    HR = "hr"
    LEARNT = "learnt"


WEIGHTS: dict[Setting, type[TopicWeights] | type[MentorWeights]] = {
    Setting.TOPIC_WEIGHTS: TopicWeights,
    Setting.MENTOR_WEIGHTS: MentorWeights,
}


@dataclass(frozen=True, slots=True)
class Change:
    """Who set what when, and from where the values came; `at` is ISO 8601 in UTC."""

    at: str
    person_id: str
    setting: Setting
    origin: Origin
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Programme:
    """The settings in force. `damaged` names those whose stored value cannot be read: defaults stand for them."""

    topic_weights: TopicWeights
    mentor_weights: MentorWeights
    priorities: dict[str, float]
    damaged: dict[Setting, str]

    def weights_of(self, setting: Setting) -> TopicWeights | MentorWeights:
        """Return the weights of topics or of mentors, by their setting."""
        return self.mentor_weights if setting is Setting.MENTOR_WEIGHTS else self.topic_weights


def read_programme(store: Store) -> Programme:
    """Return what is set; a damaged value gives way to the defaults and is logged."""
    damaged: dict[Setting, str] = {}

    def read(setting: Setting, parse: Callable[[object], Value], default: Value) -> Value:
        stored = store.get_setting(setting)
        try:
            return default if stored is None else parse(stored)
        except InvalidInput as error:
            damaged[setting] = str(error)
            log.warning("The setting %s cannot be read, the defaults stand for it: %s", setting, error)
            return default

    return Programme(
        read(Setting.TOPIC_WEIGHTS, TopicWeights.of, TopicWeights()),
        read(Setting.MENTOR_WEIGHTS, MentorWeights.of, MentorWeights()),
        read(Setting.TOPIC_PRIORITIES, checked_priorities, {}),
        damaged,
    )


def save_weights(
    store: Store, weights: TopicWeights | MentorWeights, by: str, at: datetime, origin: Origin = Origin.HR
) -> None:
    """Keep the weights for the whole programme."""
    setting = Setting.TOPIC_WEIGHTS if isinstance(weights, TopicWeights) else Setting.MENTOR_WEIGHTS
    store.put_setting(setting, asdict(weights))
    _note(store, Change(at.isoformat(), by, setting, origin, asdict(weights)))


def reset_weights(store: Store, setting: Setting, by: str, at: datetime) -> None:
    """Let the defaults count again, those of later versions too."""
    store.put_setting(setting, None)
    _note(store, Change(at.isoformat(), by, setting, Origin.DEFAULT, {}))


def restore_weights(store: Store, setting: Setting, at: str, by: str, now: datetime) -> None:
    """Let the weights that were set at this time count again, by the origin they had.

    Raises
    ------
    NotFound
        If the history holds no change of the setting at this time, or its weights cannot be read.
    """
    found = next((one for one in history(store) if one.setting is setting and one.at == at), None)
    if found is None or setting not in WEIGHTS:
        raise NotFound("change", at, "Choose one of those listed.")
    if found.origin is Origin.DEFAULT:
        reset_weights(store, setting, by, now)
        return
    try:
        weights = WEIGHTS[setting].of(found.values)
    except InvalidInput as error:  # written by another version
        raise NotFound("change", at, "Choose one of those listed.") from error
    save_weights(store, weights, by, now, found.origin)


def set_priority(store: Store, topic_id: str, priority: float, by: str, at: datetime) -> None:
    """Give a topic a priority of 0..1 in the programme, whatever the catalog says.

    Raises
    ------
    InvalidInput
        If the priority is no number of 0 to 1, or the current catalog has no such topic.
    """
    if topic_id not in {topic.id for topic in store.catalog.current().topics}:
        raise InvalidInput("topic", "be one of the catalog", topic_id, "Choose it from the list.")
    changed = checked_priorities({topic_id: priority})
    _put_priorities(store, read_programme(store).priorities | changed, by, at)


def remove_priority(store: Store, topic_id: str, by: str, at: datetime) -> bool:
    """Let the catalog's own priority count again; return whether another was set."""
    priorities = read_programme(store).priorities
    if topic_id not in priorities:
        return False
    _put_priorities(store, {id: value for id, value in priorities.items() if id != topic_id}, by, at)
    return True


def checked_priorities(values: object) -> dict[str, float]:
    """Return priorities by topic id; raise InvalidInput where one is no number of 0 to 1."""
    if not isinstance(values, Mapping):
        raise InvalidInput("priorities", "be a map from topic to number", type(values).__name__)
    for topic_id, value in values.items():
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= 1:
            raise InvalidInput(f"priority of {topic_id}", "be a number of 0 to 1", value, "Choose none, some or high.")
    return {str(topic_id): float(value) for topic_id, value in values.items()}


def history(store: Store) -> list[Change]:
    """Return who changed what, latest first; entries that cannot be read are left out."""
    kept = store.get_setting(HISTORY, [])
    read = [_change(entry) for entry in (kept if isinstance(kept, list) else [])]
    return [change for change in reversed(read) if change]


def origin_of(changes: list[Change], setting: Setting) -> Origin:
    """Return where the values in force of a setting come from, by the history, latest first."""
    return next((change.origin for change in changes if change.setting is setting), Origin.DEFAULT)


def _put_priorities(store: Store, priorities: dict[str, float], by: str, at: datetime) -> None:
    store.put_setting(Setting.TOPIC_PRIORITIES, priorities)
    _note(store, Change(at.isoformat(), by, Setting.TOPIC_PRIORITIES, Origin.HR, priorities))


def _note(store: Store, change: Change) -> None:
    kept = store.get_setting(HISTORY, [])
    earlier = kept if isinstance(kept, list) else []
    store.put_setting(HISTORY, [*earlier, asdict(change)][-MAX_HISTORY:])


def _change(entry: Any) -> Change | None:
    try:
        setting, origin = Setting(entry["setting"]), Origin(entry["origin"])
        return Change(entry["at"], entry["person_id"], setting, origin, dict(entry["values"]))
    except (KeyError, TypeError, ValueError):
        return None
