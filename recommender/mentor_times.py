"""What mentors said about their time beyond weekly hours, one array per fact that a rule or a bound reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from domain.availability import NO_TIMETABLE, Availability, Timetable
from domain.people import MentorOffer


@dataclass(frozen=True, slots=True, eq=False)
class MentorTimes:
    """Timetables of people, and of mentors in the rows of their pool.

    Parameters
    ----------
    timetables
        By person id, mentors and mentees; who said nothing is absent.
    notices, notice_codes
        The different notices, and which of them each mentor wants.
    has_own_days
        Whether days have hours of their own, which may lie before all weekly ones.
    minutes_per_month
        Infinite where there is no limit.
    """

    timetables: Mapping[str, Timetable]
    notices: tuple[timedelta, ...]
    notice_codes: np.ndarray
    has_own_days: np.ndarray
    minutes_per_month: np.ndarray

    def of(self, person_id: str) -> Timetable:
        """Return the person's timetable, the defaults for one who said nothing."""
        return self.timetables.get(person_id, NO_TIMETABLE)


def build_mentor_times(offers: Sequence[MentorOffer], timetables: Mapping[str, Timetable]) -> MentorTimes:
    """Return the times of the mentors in the order of their offers."""
    own = [timetables.get(offer.mentor_id, NO_TIMETABLE) for offer in offers]
    notices = tuple(sorted({timetable.availability.notice for timetable in own}))
    code = {notice: number for number, notice in enumerate(notices)}
    months = [timetable.availability.minutes_per_month for timetable in own]
    return MentorTimes(
        timetables=timetables,
        notices=notices,
        notice_codes=np.array([code[timetable.availability.notice] for timetable in own], dtype=np.int64),
        has_own_days=np.array([bool(timetable.date_hours) for timetable in own], dtype=bool),
        minutes_per_month=np.array([np.inf if most is None else most for most in months], dtype=np.float64),
    )


def fitting_minutes(availability: Availability, wanted: int) -> int:
    """Return the length that a session with this mentor gets: the wanted one, the next shorter, else the shortest."""
    shorter = [minutes for minutes in availability.session_minutes if minutes <= wanted]
    return max(shorter) if shorter else min(availability.session_minutes)
