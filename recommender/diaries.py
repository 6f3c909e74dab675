"""A mentor's and a mentee's diaries -> the search for a time that suits both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.availability import NO_TIMETABLE, Interval, Timetable
from domain.people import MentorOffer
from recommender.slots import HORIZON, SlotSearch

_WEEK = timedelta(days=7)
NONE_FULL: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Diary:
    """What fills one person's time.

    Parameters
    ----------
    sessions
        In either role, requested or booked.
    mentored
        Those of them that the person gives: after these the buffer counts.
    """

    zone: str
    timetable: Timetable = NO_TIMETABLE
    sessions: Sequence[Interval] = ()
    mentored: Sequence[Interval] = ()

    @property
    def away(self) -> tuple[Interval, ...]:
        """Return when the person cannot, buffers left out."""
        return (*self.sessions, *self.timetable.absences, *self.timetable.busy)


def search_between(
    offer: MentorOffer,
    mentor: Diary,
    mentees: Sequence[Diary],
    now: datetime,
    minutes: int,
    *,
    full_weeks: frozenset[date] = NONE_FULL,
    full_months: frozenset[date] = NONE_FULL,
    horizon: timedelta | None = None,
) -> SlotSearch:
    """Return the search for a time of the mentor that suits every one of the mentees, of whom there is at least one.

    Parameters
    ----------
    horizon
        None for two weeks, or for a week after the notice that the mentor asks for, whichever is longer.
    """
    said = mentor.timetable.availability
    after = [(start, end + said.buffer) for start, end in mentor.mentored] if said.buffer_minutes else []
    busy = [interval for mentee in mentees for interval in mentee.away]
    return SlotSearch(
        hours=offer.weekly_hours,
        mentor_zone=mentor.zone,
        mentee_zone=mentees[0].zone,
        now=now,
        minutes=minutes,
        busy=(*mentor.timetable.absences, *after, *busy),
        full_weeks=full_weeks,
        notice=said.notice,
        horizon=max(HORIZON, said.notice + _WEEK) if horizon is None else horizon,
        date_hours=mentor.timetable.date_hours,
        mentor_busy=(*mentor.sessions, *mentor.timetable.busy),
        buffer=said.buffer,
        full_months=full_months,
        not_before=offer.paused_until,
        lengths=said.session_minutes,
        other_zones=[mentee.zone for mentee in mentees[1:]],
    )
