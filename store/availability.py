"""Availability: how mentors want sessions to lie, days of their own hours, absences, and when calendars say busy."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Table, and_, delete, insert, select
from sqlalchemy.engine import RowMapping

from domain.availability import Absence, Availability, DateHours, Interval, Stretch, Timetable, merged
from store.booking_tables import absences, availability, busy_times, date_hours
from store.dataclass_json import all_from_json, to_json
from store.rows import chunks, must_exist, rows_of, upsert
from store.tables import people
from store.work import Work

Value = TypeVar("Value")


class AvailabilityQueries:
    """Queries for people's times besides sessions and weekly hours."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, person_id: str) -> Availability:
        """Return what the person said; the defaults for one who said nothing."""
        row = next(rows_of(self._work.connection, availability.c.person_id, [person_id]), None)
        return _availability(row) if row else Availability()

    def said_by(self, person_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the people who have saved their availability themselves."""
        query = select(availability.c.person_id)
        found = (self._rows(query.where(availability.c.person_id.in_(some))) for some in chunks(person_ids))
        return frozenset(row["person_id"] for rows in found for row in rows)

    def save(self, person_id: str, said: Availability) -> None:
        """Keep what the person said in place of what they said before; raise InvalidInput for nobody known."""
        row = {"person_id": person_id, **{name: getattr(said, name) for name in Availability.__slots__}}
        self._must_exist(person_id)
        upsert(self._work.writing, availability, [row | {"session_minutes": sorted(said.session_minutes)}])
        self._work.has_time_change = True

    def date_hours(self, person_id: str, since: date) -> list[DateHours]:
        """Return the days from `since` on with hours of their own, in order."""
        query = select(date_hours).where(date_hours.c.person_id == person_id, date_hours.c.day >= since)
        return [_date_hours(row) for row in self._rows(query.order_by(date_hours.c.day))]

    def save_date_hours(self, person_id: str, changed: DateHours) -> None:
        """Keep the hours of one day in place of those that it had; raise InvalidInput for nobody known."""
        self._must_exist(person_id)
        row = {"person_id": person_id, "day": changed.day, "hours": to_json(changed.hours)}
        upsert(self._work.writing, date_hours, [row])
        self._work.has_time_change = True

    def remove_date_hours(self, person_id: str, day: date) -> DateHours | None:
        """Let the weekly hours count again on that day; return what it had, None for a day without its own hours."""
        is_this = and_(date_hours.c.person_id == person_id, date_hours.c.day == day)
        found = self._removed(delete(date_hours).where(is_this).returning(date_hours))
        return _date_hours(found[0]) if found else None

    def absences(self, person_id: str, since: datetime) -> list[Absence]:
        """Return the absences that end after `since`, soonest first."""
        query = select(absences).where(absences.c.person_id == person_id, absences.c.ends_at > since)
        return [Absence(**row) for row in self._rows(query.order_by(absences.c.starts_at, absences.c.id))]

    def add_absence(self, absence: Absence) -> None:
        """Keep the absence; one of the same id is replaced. Raise InvalidInput for nobody known."""
        self._must_exist(absence.person_id)
        row = {field.name: getattr(absence, field.name) for field in fields(absence)}
        upsert(self._work.writing, absences, [row])
        self._work.has_time_change = True

    def remove_absence(self, person_id: str, absence_id: str) -> Absence | None:
        """Forget an absence of the person and return it; None when there is none of theirs."""
        is_this = and_(absences.c.person_id == person_id, absences.c.id == absence_id)
        found = self._removed(delete(absences).where(is_this).returning(absences))
        return Absence(**found[0]) if found else None

    def busy_times(self, person_id: str, since: datetime) -> tuple[Interval, ...]:
        """Return when the person's calendar says busy, as far as it ends after `since`, earliest first."""
        query = select(busy_times).where(busy_times.c.person_id == person_id, busy_times.c.ends_at > since)
        return tuple(_interval(row) for row in self._rows(query.order_by(busy_times.c.starts_at)))

    def replace_busy(self, person_id: str, start: datetime, end: datetime, intervals: Iterable[Interval]) -> bool:
        """Keep what a calendar says from `start` to `end`, and return whether that changed anything.

        What was kept from `end` on stays; what lies before `start` is forgotten, nobody needs the past. Intervals may
        overlap and come in any order; what of them lies outside is cut off.
        """
        connection = self._work.writing
        mine = select(busy_times).where(busy_times.c.person_id == person_id)
        before = [_interval(row) for row in self._rows(mine.order_by(busy_times.c.starts_at))]
        later = [(max(first, end), last) for first, last in before if last > end]
        after = merged([*_cut(intervals, start, end), *later])
        if after == before:
            return False
        self._must_exist(person_id)
        connection.execute(delete(busy_times).where(busy_times.c.person_id == person_id))
        rows = [{"person_id": person_id, "starts_at": first, "ends_at": last} for first, last in after]
        if rows:
            connection.execute(insert(busy_times), rows)
        self._work.has_time_change = True
        return True

    def timetables(self, person_ids: Iterable[str] | None = None) -> dict[str, Timetable]:
        """Return what is known of these people's times, of everybody's for None; who said nothing is absent."""
        ids = None if person_ids is None else sorted({*person_ids})
        said = self._by_person(availability, ids, _availability)
        days = self._by_person(date_hours, ids, _date_hours)
        away = self._by_person(absences, ids, _interval)
        busy = self._by_person(busy_times, ids, _interval)
        return {
            person_id: Timetable(
                availability=said.get(person_id, [Availability()])[0],
                date_hours={one.day: one.hours for one in days.get(person_id, ())},
                absences=tuple(sorted(away.get(person_id, ()))),
                busy=tuple(sorted(busy.get(person_id, ()))),
            )
            for person_id in sorted(said.keys() | days.keys() | away.keys() | busy.keys())
        }

    def _by_person(
        self, table: Table, ids: Sequence[str] | None, read: Callable[[RowMapping], Value]
    ) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        connection = self._work.connection
        for row in self._rows(select(table)) if ids is None else rows_of(connection, table.c.person_id, ids):
            found.setdefault(row["person_id"], []).append(read(row))
        return found

    def _removed(self, statement: Any) -> Sequence[RowMapping]:
        found = self._work.writing.execute(statement).mappings().all()
        self._work.has_time_change |= bool(found)
        return found

    def _rows(self, statement: Any) -> Sequence[RowMapping]:
        return self._work.connection.execute(statement).mappings().all()

    def _must_exist(self, person_id: str) -> None:
        must_exist(self._work.writing, people.c.id, [person_id], "person_id", "Import the person first.")


def _cut(intervals: Iterable[Interval], start: datetime, end: datetime) -> Iterable[Interval]:
    cut = ((max(first, start), min(last, end)) for first, last in intervals)
    return [(first, last) for first, last in cut if first < last]


def _availability(row: RowMapping) -> Availability:
    values = {name: row[name] for name in Availability.__slots__}
    return Availability(**values | {"session_minutes": frozenset(row["session_minutes"])})


def _date_hours(row: RowMapping) -> DateHours:
    return DateHours(row["day"], all_from_json(Stretch, row["hours"]))


def _interval(row: RowMapping) -> Interval:
    return row["starts_at"], row["ends_at"]
