"""HR's page of the rules of booking: those in force, who changed them, and the way back to earlier ones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.booking import BookingPolicy
from domain.errors import InvalidInput, NotFound
from services.booking.policy import booking_policy, keep_booking_policy
from services.context import Context
from store import Store, unit_of_work
from store.dataclass_json import from_json, to_json

HISTORY = "booking_history"
MAX_HISTORY, SHOWN = 50, 5


@dataclass(frozen=True, slots=True)
class RulesEntry:
    """Rules that somebody set; `name` is "" for somebody who is no longer stored."""

    key: str
    at: datetime
    name: str
    policy: BookingPolicy


@dataclass(frozen=True, slots=True)
class BookingRulesPage:
    """The rules in force, and earlier ones, latest first."""

    policy: BookingPolicy
    changes: list[RulesEntry]


def booking_rules(context: Context) -> BookingRulesPage:
    """Return the page as it stands."""
    with unit_of_work(context.engine) as store:
        names = {person.id: person.name for person in store.people.list(active_only=False)}
        entries = (_entry(kept, names) for kept in reversed(_history(store)))
        return BookingRulesPage(booking_policy(store), [entry for entry in entries if entry][:SHOWN])


def save_booking_rules(context: Context, policy: BookingPolicy, by: str) -> None:
    """Let these rules count from now on, and note who set them."""
    with unit_of_work(context.engine, write=True) as store:
        _save(context, store, policy, by)


def back_to_rules(context: Context, key: str, by: str) -> None:
    """Let the rules that were set then count again; raise NotFound where the history holds none."""
    with unit_of_work(context.engine, write=True) as store:
        found = (_entry(kept, {}) for kept in _history(store) if kept.get("at") == key)
        entry = next((one for one in found if one), None)
        if entry is None:
            raise NotFound("change", key, "Choose one of those listed.")
        _save(context, store, entry.policy, by)


def _save(context: Context, store: Store, policy: BookingPolicy, by: str) -> None:
    keep_booking_policy(store, policy)
    entry = {"at": context.clock().isoformat(), "person_id": by, "values": to_json(policy)}
    store.put_setting(HISTORY, [*_history(store), entry][-MAX_HISTORY:])


def _history(store: Store) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = store.get_setting(HISTORY, [])
    return kept


def _entry(kept: dict[str, Any], names: dict[str, str]) -> RulesEntry | None:
    """Return the entry; None for one of another version that cannot be read."""
    try:
        policy = from_json(BookingPolicy, kept["values"])
        return RulesEntry(kept["at"], datetime.fromisoformat(kept["at"]), names.get(kept["person_id"], ""), policy)
    except (KeyError, TypeError, ValueError, InvalidInput):
        return None
