"""Free time of the demo company: who is busy in which quarter of an hour, and how many minutes a mentor has given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from domain.language import Language
from domain.people import Format, MentorOffer
from recommender import is_in_day

QUARTER = timedelta(minutes=15)
MINUTES_WHEN_NONE_NOW = 60  # a mentor without minutes today had some in the past
_Week = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A session without a time: who asks whom about what; `language` is the one they share."""

    topic_id: str
    mentor_id: str
    mentee_ids: tuple[str, ...]
    format: Format
    minutes: int
    need: str
    language: Language


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when a session may start, in UTC."""

    earliest: datetime
    latest: datetime

    def draw(self, rng: Random) -> datetime:
        """Return a moment of the span by chance."""
        return self.earliest + (self.latest - self.earliest) * rng.random()


class Diary:
    """Books quarters of an hour so that nobody is in two sessions at once and no mentor gives more than offered."""

    def __init__(self, offers: Iterable[MentorOffer], zones: dict[str, str]) -> None:
        self._offers = {offer.mentor_id: offer for offer in offers}
        self._zones = {person_id: ZoneInfo(name) for person_id, name in zones.items()}
        self._busy: dict[str, set[int]] = defaultdict(set)
        self._given: dict[tuple[str, _Week], int] = defaultdict(int)

    def book(self, draft: Draft, span: Span, rng: Random) -> datetime | None:
        """Take a start (UTC) in the mentor's hours within the span; None, and nothing taken, where nothing fits."""
        everyone = [draft.mentor_id, *draft.mentee_ids]
        day = self._local_date(draft.mentor_id, span.draw(rng))
        starts = [s for s in self._starts(draft.mentor_id, draft.minutes, day) if span.earliest <= s <= span.latest]
        rng.shuffle(starts)
        for start in starts:
            suits = self._is_free(everyone, start, draft.minutes) and self._is_by_day(draft, start)
            if suits and self.give(draft, start):
                for person_id in everyone:
                    self._busy[person_id].update(_quarters(start, draft.minutes))
                return start
        return None

    def give(self, draft: Draft, at: datetime) -> bool:
        """Take the draft's minutes from the mentor's week; say whether there were so many left."""
        week = self._local_date(draft.mentor_id, at).isocalendar()[:2]
        capacity = self._offers[draft.mentor_id].capacity_minutes_per_week or MINUTES_WHEN_NONE_NOW
        if self._given[draft.mentor_id, week] + draft.minutes > capacity:
            return False
        self._given[draft.mentor_id, week] += draft.minutes
        return True

    def _local_date(self, person_id: str, at: datetime) -> date:
        return at.astimezone(self._zones[person_id]).date()

    def _starts(self, mentor_id: str, minutes: int, day: date) -> Iterator[datetime]:
        """Yield every quarter of an hour at which a session fits into the hours of the week of `day`, in UTC."""
        monday = day - timedelta(days=day.weekday())
        for hours in self._offers[mentor_id].weekly_hours:
            on = monday + timedelta(days=hours.weekday)
            start, end = (datetime.combine(on, at, self._zones[mentor_id]) for at in (hours.start, hours.end))
            while start + timedelta(minutes=minutes) <= end:
                yield start.astimezone(UTC)
                start += QUARTER

    def _is_free(self, person_ids: list[str], start: datetime, minutes: int) -> bool:
        wanted = _quarters(start, minutes)
        return all(self._busy[person_id].isdisjoint(wanted) for person_id in person_ids)

    def _is_by_day(self, draft: Draft, start: datetime) -> bool:
        end = start + timedelta(minutes=draft.minutes)
        return all(is_in_day(start, end, self._zones[mentee_id]) for mentee_id in draft.mentee_ids)


def _quarters(start: datetime, minutes: int) -> range:
    first = int(start.timestamp() // QUARTER.total_seconds())
    return range(first, first + -(-minutes // 15))
