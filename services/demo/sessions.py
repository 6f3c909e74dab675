"""Sessions of the demo company: half a year of past ones, the booked ones ahead, a few asked for or called off."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from domain.people import Format, MentorOffer
from domain.sessions import MentoringSession, SessionStatus
from services.demo.diary import Diary, Draft, Span
from services.demo.goals import WrittenGoal
from services.demo.pairing import Pairing
from services.demo.replies import answered_at
from services.demo.staff import Member
from services.demo.texts import DemoTexts, Request

PER_PERSON = {
    SessionStatus.HELD: 420 / 320,
    SessionStatus.BOOKED: 25 / 320,
    SessionStatus.REQUESTED: 7 / 320,
    SessionStatus.DECLINED: 8 / 320,
    SessionStatus.CANCELLED: 6 / 320,
}
PAST_DAYS, AHEAD_DAYS = 182, 10
GROUP_SHARE = 0.07
PAST_FROM_GOAL_SHARE, AHEAD_FROM_GOAL_SHARE = 0.2, 0.85
NEXT_STEP_SHARE = 0.85
TRIES_PER_SESSION = 25
_PAST = {SessionStatus.HELD, SessionStatus.DECLINED, SessionStatus.CANCELLED}


class SessionPlanner:
    """Draws drafts, finds time for them, and writes down what came of it."""

    def __init__(
        self,
        members: list[Member],
        offers: list[MentorOffer],
        goals: list[WrittenGoal],
        texts: DemoTexts,
        now: datetime,
        rng: Random,
    ) -> None:
        open_now = [offer for offer in offers if offer.paused_until is None and offer.capacity_minutes_per_week]
        self._past_pairing = Pairing(members, offers, texts, rng)
        self._ahead_pairing = Pairing(members, open_now, texts, rng)
        self._diary = Diary(offers, {member.person.id: member.person.zone for member in members})
        self._past = Span(now - timedelta(days=PAST_DAYS), now - timedelta(hours=3))
        self._ahead = Span(now + timedelta(hours=2), now + timedelta(days=AHEAD_DAYS, hours=-1))
        self._goals = goals
        self._topic_ids = {topic_id for offer in offers for topic_id in offer.topic_ids}
        self._now, self._rng = now, rng
        self._requests = texts.requests
        self._talked: set[tuple[str, str]] = set()

    def plan(self, people: int) -> list[MentoringSession]:
        """Return the sessions of a company of so many people, ordered by id, which follows their time."""
        planned: list[MentoringSession] = []
        for status, rate in PER_PERSON.items():
            place = self._place_past if status in _PAST else self._place_ahead
            planned += self._fill(round(people * rate), status, place)
        planned.sort(key=lambda session: (session.starts_at or session.created_at, session.mentor_id))
        digits = max(4, len(str(len(planned))))
        return [replace(session, id=f"s{i:0{digits}d}") for i, session in enumerate(planned, start=1)]

    def _fill(
        self, count: int, status: SessionStatus, place: Callable[[SessionStatus], MentoringSession | None]
    ) -> Iterable[MentoringSession]:
        found = 0
        for _ in range(count * TRIES_PER_SESSION):
            if found < count and (session := place(status)):
                found += 1
                yield session

    def _place_past(self, status: SessionStatus) -> MentoringSession | None:
        earliest, draft = self._past.earliest, None
        kind = self._rng.random()
        if kind < GROUP_SHARE and status is SessionStatus.HELD:
            draft = self._past_pairing.for_group()
        elif kind < GROUP_SHARE + PAST_FROM_GOAL_SHARE:
            written = self._rng.choice(self._goals)
            earliest, draft = written.goal.created_at + timedelta(days=1), self._past_pairing.from_goal(written)
        else:
            draft = self._past_pairing.from_request()
        if draft is None or earliest >= self._past.latest or not self._is_new(draft):
            return None
        return self._place(draft, status, Span(earliest, self._past.latest))

    def _place_ahead(self, status: SessionStatus) -> MentoringSession | None:
        kind = self._rng.random()
        if kind < AHEAD_FROM_GOAL_SHARE:
            draft = self._ahead_pairing.from_goal(self._rng.choice(self._goals))
        elif kind < AHEAD_FROM_GOAL_SHARE + GROUP_SHARE and status is SessionStatus.BOOKED:
            draft = self._ahead_pairing.for_group()
        else:
            draft = self._ahead_pairing.from_request()
        is_chat = draft is not None and draft.format is Format.CHAT
        if draft is None or is_chat or not self._is_new(draft):
            return None
        return self._place(draft, status, self._ahead)

    def _place(self, draft: Draft, status: SessionStatus, span: Span) -> MentoringSession | None:
        if draft.format is Format.CHAT:
            asked_at = span.draw(self._rng)
            start, has_time = None, self._diary.give(draft, asked_at)
        else:
            start = self._diary.book(draft, span, self._rng)
            has_time = start is not None
            asked_at = self._asked_at(start, span) if start else span.earliest
        if not has_time:
            return None
        self._talked.update((mentee_id, draft.topic_id) for mentee_id in draft.mentee_ids)
        return self._write(draft, status, start, asked_at)

    def _asked_at(self, start: datetime, span: Span) -> datetime:
        """Return when it was asked for: some days before, never before the span nor after now."""
        lead_time = timedelta(days=self._rng.randint(1, 8), minutes=self._rng.randint(0, 600))
        if span is self._ahead:
            return self._now - lead_time
        return max(start - lead_time, span.earliest - timedelta(hours=12))

    def _write(
        self, draft: Draft, status: SessionStatus, start: datetime | None, asked_at: datetime
    ) -> MentoringSession:
        asked_at = asked_at.replace(microsecond=0)
        is_open = status is SessionStatus.REQUESTED
        return MentoringSession(
            id="",
            topic_id=draft.topic_id,
            mentor_id=draft.mentor_id,
            mentee_ids=draft.mentee_ids,
            format=draft.format,
            minutes=draft.minutes,
            status=status,
            need=draft.need,
            created_at=asked_at,
            starts_at=start,
            next_step=self._next_step(draft, self._requests[draft.topic_id]) if status is SessionStatus.HELD else "",
            answered_at=None if is_open else answered_at(draft, asked_at, min(start or self._now, self._now)),
        )

    def _next_step(self, draft: Draft, request: Request) -> str:
        return self._rng.choice(request.steps[draft.language]) if self._rng.random() < NEXT_STEP_SHARE else ""

    def _is_new(self, draft: Draft) -> bool:
        """Say whether the catalog offers the topic and no mentee has talked about it before."""
        is_repeated = any((mentee_id, draft.topic_id) in self._talked for mentee_id in draft.mentee_ids)
        return draft.topic_id in self._topic_ids and not is_repeated
