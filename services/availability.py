"""Free times that suit a mentor and mentees, whether a wanted one may be, and the minutes that a mentor has left."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from zoneinfo import ZoneInfo

from domain.availability import NO_TIMETABLE, Interval, Timetable
from domain.errors import InvalidInput, InvalidTime, NotFound
from domain.people import MentorOffer, Person
from domain.sessions import MentoringSession, check_minutes
from domain.wall_time import check_start
from domain.zones import zone_of
from recommender import Diary, Obstacle, SlotSearch, free_slots, next_free_slot, obstacle_to, search_between
from recommender.mentor_sessions import TAKES_CAPACITY
from recommender.weeks import monday_of, month_of
from services.context import Context
from store import Store, unit_of_work

MOST_DAYS = 60
_TWO_WEEKS = timedelta(days=14)
_ANY_MONTH = timedelta(days=32)  # from any moment of a month to beyond both its ends, in any zone
_RULES = {
    Obstacle.NOTICE: "leave the mentor the notice they ask for",
    Obstacle.PAUSE: "lie after the mentor's pause",
    Obstacle.HOURS: "lie within the mentor's hours",
    Obstacle.BUSY: "be free on both sides",
}


@dataclass(frozen=True, slots=True)
class MinutesLeft:
    """The minutes that a mentor can still give in the week and in the month of a time; `month` None for no limit."""

    week: int
    month: int | None

    @property
    def least(self) -> int:
        return self.week if self.month is None else min(self.week, self.month)


def free_times(
    context: Context,
    mentor_id: str,
    mentee_ids: Sequence[str],
    minutes: int,
    *,
    days: int | None = None,
    limit: int | None = None,
) -> list[datetime]:
    """Return the starts in UTC that suit the mentor and every mentee, earliest first.

    Parameters
    ----------
    days
        How far ahead; None for two weeks, or a week after the mentor's notice.

    Raises
    ------
    NotFound
        If there is no such mentor at work, or no such mentee.
    InvalidInput
        If a session may not last so long, or the days are not 1 to 60.
    """
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise InvalidInput("days", f"be 1 to {MOST_DAYS}", days)
    check_minutes(minutes)
    with unit_of_work(context.engine) as store:
        search = search_for(store, mentor_id, mentee_ids, minutes, context.clock(), days)
        return list(islice(free_slots(search), limit))


def check_time(
    store: Store,
    mentor_id: str,
    mentee_ids: Sequence[str],
    starts_at: datetime,
    minutes: int,
    now: datetime,
    *,
    moved_id: str | None = None,
) -> None:
    """Do nothing when the session may start then, as far as hours, notice, length, pause, absences and calendars say.

    Sessions that overlap and minutes used up are for the database and for `minutes_left` to refuse.

    Parameters
    ----------
    moved_id
        The session that would move to this time: what it takes today counts for nothing.

    Raises
    ------
    InvalidTime
        With the next time that is free for everybody, where there is one within two weeks of the wanted one.
    InvalidInput
        If this mentor's sessions do not last so long.
    NotFound
        If there is no such mentor at work, or no such mentee.
    """
    check_minutes(minutes)
    start = check_start(starts_at, now)
    sought = _Sought(store, mentor_id, mentee_ids, minutes, now, start - now + _TWO_WEEKS, moved_id)
    obstacle = obstacle_to(sought.search_without_sessions(), start)
    if obstacle is Obstacle.LENGTH:
        offered = ", ".join(str(length) for length in sorted(sought.search().lengths))
        raise InvalidInput("minutes", "be a length that the mentor offers", minutes, f"Choose one of {offered}.")
    if obstacle:
        following = next_free_slot(replace(sought.search(), not_before=max(start, sought.paused_until or start)))
        action = f"The next valid time is {following.isoformat()}." if following else "Choose one of the free times."
        raise InvalidTime(_RULES[obstacle], start.isoformat(), action, following)


def minutes_left(store: Store, mentor_id: str, starts_at: datetime, *, moved_id: str | None = None) -> MinutesLeft:
    """Return what the mentor has left in the week and the month of the time, on the mentor's own calendar.

    Sessions asked for, booked and held count; one without a time in the week in which it was asked for.

    Raises
    ------
    NotFound
        If there is no such mentor at work.
    """
    mentor, offer = _mentor(store, mentor_id)
    zone, most = zone_of(mentor.zone), store.availability.get(mentor_id).minutes_per_month
    near = starts_at - _ANY_MONTH, starts_at + _ANY_MONTH
    taking = store.sessions.minutes_given(mentor_id, TAKES_CAPACITY, *near, without=moved_id)
    taken_week = _taken(taking, zone, monday_of)[monday_of(starts_at, zone)]
    taken_month = _taken(taking, zone, month_of)[month_of(starts_at, zone)]
    return MinutesLeft(
        week=max(0, offer.capacity_minutes_per_week - taken_week),
        month=None if most is None else max(0, most - taken_month),
    )


def times_with_mentor(
    context: Context,
    person: Person,
    mentor_id: str,
    minutes: int,
    *,
    topic_id: str | None = None,
    days: int | None = None,
    limit: int | None = None,
) -> list[datetime]:
    """Return when the person could talk with the mentor, as `free_times`.

    Raises
    ------
    NotFound
        Also if a block stands between the two, it is the person, or the mentor does not offer the topic.
    InvalidInput
        As `free_times`.
    """
    with unit_of_work(context.engine) as store:
        blocks = store.blocks.around(person.id)
        _, offer = _mentor(store, mentor_id)
    if mentor_id in {person.id, *blocks.own, *blocks.of_others}:
        raise NotFound("mentor", mentor_id)
    if topic_id is not None and topic_id not in offer.topic_ids:
        raise NotFound("topic", topic_id, "Choose one that this mentor offers.")
    return free_times(context, mentor_id, [person.id], minutes, days=days, limit=limit)


def search_for(
    store: Store, mentor_id: str, mentee_ids: Sequence[str], minutes: int, now: datetime, days: int | None = None
) -> SlotSearch:
    """Return the search for free times behind `free_times`; raise NotFound for no such mentor or mentee."""
    horizon = None if days is None else timedelta(days=days)
    return _Sought(store, mentor_id, mentee_ids, minutes, now, horizon).search()


class _Sought:
    """Everything that the search for a time between these people reads, fetched once."""

    def __init__(
        self,
        store: Store,
        mentor_id: str,
        mentee_ids: Sequence[str],
        minutes: int,
        now: datetime,
        horizon: timedelta | None,
        moved_id: str | None = None,
    ) -> None:
        self._mentor, self._offer = _mentor(store, mentor_id)
        self._mentees = [store.people.get(mentee_id) for mentee_id in mentee_ids]
        people = [self._mentor, *self._mentees]
        self._timetables = store.availability.timetables(person.id for person in people)
        self._store, self._people, self._moved_id = store, people, moved_id
        self._minutes, self._now, self._horizon = minutes, now, horizon

    @cached_property
    def _live(self) -> dict[str, list[MentoringSession]]:
        """Live sessions by person: read only for a search, most wanted times are let through without one."""
        return {
            person.id: [one for one in self._store.sessions.live_of(person.id) if one.id != self._moved_id]
            for person in self._people
        }

    @cached_property
    def _taking(self) -> list[MentoringSession]:
        return _taking_capacity(self._store, self._mentor.id, self._moved_id)

    @property
    def paused_until(self) -> datetime | None:
        return self._offer.paused_until

    def search(self) -> SlotSearch:
        """Return the search for times that are free in every respect."""
        search, most = self._between(self._live), self._timetable(self._mentor).availability.minutes_per_month
        full_weeks = self._full(search.latest, monday_of, self._offer.capacity_minutes_per_week)
        full_months = frozenset() if most is None else self._full(search.latest, month_of, most)
        return replace(search, full_weeks=full_weeks, full_months=full_months)

    def search_without_sessions(self) -> SlotSearch:
        """Return the same as if nobody had any session yet."""
        return self._between({})

    def _between(self, live: dict[str, list[MentoringSession]]) -> SlotSearch:
        mentees = [self._diary(mentee, live) for mentee in self._mentees] or [Diary(self._mentor.zone)]
        mentor = self._diary(self._mentor, live)
        return search_between(self._offer, mentor, mentees, self._now, self._minutes, horizon=self._horizon)

    def _diary(self, person: Person, live: dict[str, list[MentoringSession]]) -> Diary:
        sessions = live.get(person.id, [])
        given = [session for session in sessions if session.mentor_id == person.id]
        return Diary(person.zone, self._timetable(person), _times(sessions), _times(given))

    def _timetable(self, person: Person) -> Timetable:
        return self._timetables.get(person.id, NO_TIMETABLE)

    def _full(self, latest: datetime, first_day_of: Callable[[datetime, ZoneInfo], date], most: int) -> frozenset[date]:
        """Return the first days of the weeks or months until then in which these minutes do not fit any more."""
        zone = zone_of(self._mentor.zone)
        taken = _taken(((one.starts_at or one.created_at, one.minutes) for one in self._taking), zone, first_day_of)
        days = range((latest - self._now).days + 2)
        first_days = {first_day_of(self._now + timedelta(days=number), zone) for number in days}
        return frozenset(day for day in first_days if most - taken[day] < self._minutes)


def _mentor(store: Store, mentor_id: str) -> tuple[Person, MentorOffer]:
    """Return a mentor at work and the offer; raise NotFound for anybody else."""
    mentor, offer = store.people.get(mentor_id), store.offers.get(mentor_id)
    if offer is None or not mentor.is_active:
        raise NotFound("mentor", mentor_id)
    return mentor, offer


def _taking_capacity(store: Store, mentor_id: str, moved_id: str | None) -> list[MentoringSession]:
    sessions = store.sessions.of_mentor(mentor_id)
    return [session for session in sessions if session.status in TAKES_CAPACITY and session.id != moved_id]


def _taken(
    taking: Iterable[tuple[datetime, int]], zone: ZoneInfo, first_day_of: Callable[[datetime, ZoneInfo], date]
) -> Counter[date]:
    """Return the minutes given away by the first day of the week or month."""
    taken: Counter[date] = Counter()
    for at, minutes in taking:
        taken[first_day_of(at, zone)] += minutes
    return taken


def _times(sessions: Iterable[MentoringSession]) -> list[Interval]:
    return [(session.starts_at, session.ends_at) for session in sessions if session.starts_at and session.ends_at]
