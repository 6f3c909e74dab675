"""A mentor's own page of times: weekly hours, limits, days of other hours, out of office, pause."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice

from domain.availability import MAX_ABSENCE, Absence, Availability, DateHours
from domain.errors import InvalidInput, NotFound
from domain.people import MentorOffer, Person, WeeklyHours
from domain.wall_time import first_moment
from domain.zones import zone_of
from recommender import free_slots
from recommender.mentor_times import fitting_minutes
from services.availability import search_for
from services.context import Context
from store import Store, unit_of_work

TIMES_SHOWN = 3
USUAL_MINUTES = 20


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """What a mentor said about their time; `next_times` in UTC are what somebody on the same clock is offered first."""

    offer: MentorOffer
    said: Availability
    days: list[DateHours]
    absences: list[Absence]
    today: date
    minutes: int
    next_times: list[datetime]

    @property
    def paused_until(self) -> datetime | None:
        return self.offer.paused_until


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a mentor may set at once; `back_on` is the first day after a pause, None for no pause."""

    weekly_hours: tuple[WeeklyHours, ...]
    minutes_per_week: int
    said: Availability
    back_on: date | None


def own_times(context: Context, person: Person) -> OwnTimes | None:
    """Return what the person said about their time as a mentor; None for one who does not mentor."""
    now = context.clock()
    today = now.astimezone(zone_of(person.zone)).date()
    with unit_of_work(context.engine) as store:
        offer = store.offers.get(person.id)
        if offer is None:
            return None
        said = store.availability.get(person.id)
        minutes = fitting_minutes(said, USUAL_MINUTES)
        return OwnTimes(
            offer=offer,
            said=said,
            days=store.availability.date_hours(person.id, today),
            absences=store.availability.absences(person.id, now),
            today=today,
            minutes=minutes,
            next_times=list(islice(free_slots(search_for(store, person.id, [], minutes, now)), TIMES_SHOWN)),
        )


def save_wishes(context: Context, person: Person, wishes: Wishes) -> None:
    """Keep hours, limits and pause; sessions that are arranged already stay as they are.

    Raises
    ------
    NotFound
        If the person does not mentor.
    """
    until = first_moment(datetime.combine(wishes.back_on, time()), person.zone) if wishes.back_on else None
    with unit_of_work(context.engine, write=True) as store:
        offer = replace(
            _offer(store, person),
            weekly_hours=wishes.weekly_hours,
            capacity_minutes_per_week=wishes.minutes_per_week,
            paused_until=until,
        )
        store.offers.save([offer])
        store.availability.save(person.id, wishes.said)


def save_day(context: Context, person: Person, hours: DateHours) -> None:
    """Give one day hours of its own, none for a day off; raise NotFound for a person who does not mentor."""
    with unit_of_work(context.engine, write=True) as store:
        _offer(store, person)
        store.availability.save_date_hours(person.id, hours)


def remove_day(context: Context, person: Person, day: date) -> DateHours | None:
    """Let the weekly hours count on that day again; return what it had."""
    with unit_of_work(context.engine, write=True) as store:
        return store.availability.remove_date_hours(person.id, day)


def add_absence(context: Context, person: Person, begins: datetime, ends: datetime) -> Absence:
    """Keep that the person is away between two times on their own clock.

    Raises
    ------
    InvalidInput
        If it ends before it begins or before now, lasts too long, or is more than two years from now.
    NotFound
        If the person does not mentor.
    """
    now = context.clock()
    wall_now = now.astimezone(zone_of(person.zone)).replace(tzinfo=None)
    if not wall_now - MAX_ABSENCE <= begins <= wall_now + 2 * MAX_ABSENCE or ends > wall_now + 3 * MAX_ABSENCE:
        raise InvalidInput("absence", "lie within two years", f"{begins:%Y-%m-%d}", "Choose nearer days.")
    starts_at, ends_at = (first_moment(wall, person.zone) for wall in (begins, ends))
    absence = Absence(secrets.token_hex(8), person.id, starts_at, ends_at)
    if absence.ends_at <= now:
        raise InvalidInput("absence", "end in the future", absence.ends_at.isoformat(), "Choose days to come.")
    with unit_of_work(context.engine, write=True) as store:
        _offer(store, person)
        store.availability.add_absence(absence)
    return absence


def remove_absence(context: Context, person: Person, absence_id: str) -> Absence | None:
    """Let the person be there again; return the absence, None when there is none of theirs."""
    with unit_of_work(context.engine, write=True) as store:
        return store.availability.remove_absence(person.id, absence_id)


def _offer(store: Store, person: Person) -> MentorOffer:
    offer = store.offers.get(person.id)
    if offer is None:
        raise NotFound("mentor", person.id)
    return offer
