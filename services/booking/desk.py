"""Where every change to a session happens: one transaction, one row of the table of transitions, effects as jobs."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from domain.booking import BookingPolicy
from domain.errors import InvalidInput, NotFound, NotNow
from domain.session_events import SessionEvent
from domain.sessions import MentoringSession
from domain.transitions import TRANSITIONS, Action, Side, side_of, transition
from services.booking.effects import NOTHING, plan_effects
from services.booking.policy import booking_policy
from services.context import Context
from store import Store, unit_of_work

MAX_KEY_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person gets back for a change: the session as it was right after it."""

    session_id: str
    status: str
    revision: int
    mentor_id: str
    topic_id: str
    minutes: int
    starts_at: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a change, and how the request can be told from another.

    Parameters
    ----------
    key
        The Idempotency-Key: the same request sent again with it acts once; "" for none.
    body
        What is asked for, as JSON: the same key with another body is refused.
    revision
        The revision that the person saw; None where it does not matter. With another one nothing is done.
    """

    person_id: str
    key: str = ""
    body: Any = None
    revision: int | None = None

    @property
    def body_hash(self) -> str:
        return hashlib.sha256(json.dumps(self.body, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Desk:
    """An open transaction in which sessions change."""

    store: Store
    now: datetime
    policy: BookingPolicy

    def take(self, session_id: str, asked: Asked) -> tuple[MentoringSession, Side]:
        """Return the session, held until the transaction ends, and the side on which the person takes part.

        Raises
        ------
        NotFound
            If there is no such session, or the person does not take part.
        NotNow
            If it has changed since the person saw it.
        """
        session = self.store.sessions.lock(session_id)
        side = side_of(session, asked.person_id)
        if side is None:
            raise NotFound("session", session_id)
        if asked.revision is not None and asked.revision != session.revision:
            raise NotNow("a change of an older state", session.status)
        return session, side

    def step(
        self,
        session: MentoringSession,
        action: Action,
        side: Side,
        by_person: str | None,
        *,
        counts_for: str | None = None,
        told: Mapping[str, str] = NOTHING,
        **changes: Any,
    ) -> MentoringSession:
        """Do it, keep it, note it, and plan what it sends; return the session as it is then.

        Parameters
        ----------
        told
            What to tell those who learn of it besides, as in `plan_effects`.

        Raises
        ------
        NotNow
            If the state or the side does not allow it.
        SlotTaken
            If somebody is taken at its time.
        """
        after = transition(session, action, side, self.now, **changes)
        self._keep(session, after, action, by_person, counts_for, told)
        return after

    def begin(self, session: MentoringSession, action: Action, by_person: str | None) -> MentoringSession:
        """Keep a session that begins with this action."""
        begun = replace(session, status=TRANSITIONS[action].target)
        self._keep(None, begun, action, by_person, None)
        return begun

    def _keep(
        self,
        before: MentoringSession | None,
        after: MentoringSession,
        action: Action,
        by_person: str | None,
        counts_for: str | None,
        told: Mapping[str, str] = NOTHING,
    ) -> None:
        if before is None:
            self.store.sessions.add(after)
        else:
            self.store.sessions.save([after])
        event = SessionEvent(after.id, after.revision, action, by_person, self.now, counts_for)
        self.store.session_events.add(event)
        plan_effects(self.store, before, after, event, self.policy, told)


def nothing_to_check(_store: Store) -> None:
    """Let everything be."""


def perform(
    context: Context,
    asked: Asked,
    change: Callable[[Desk], MentoringSession],
    check: Callable[[Store], None] = nothing_to_check,
) -> Receipt:
    """Make a change in one transaction, once per key; return the same receipt for the same request sent again.

    Parameters
    ----------
    check
        What may refuse the change before that, in a transaction for reading: rules that two people who want the same
        cannot break by being quick, so that the one pen of SQLite is not held for them.

    Raises
    ------
    KeyReused
        If the key came with another request before.
    InvalidInput
        If the key is too long, or holds what is not printable.
    """
    if len(asked.key) > MAX_KEY_CHARACTERS or not asked.key.isprintable():
        rule = f"be up to {MAX_KEY_CHARACTERS} printable characters"
        raise InvalidInput("Idempotency-Key", rule, f"{len(asked.key)} characters")
    now = context.clock()
    with unit_of_work(context.engine) as store:
        known = store.idempotency_keys.find(asked.person_id, asked.key, asked.body_hash) if asked.key else None
        if known is not None:
            return Receipt(**known)
        check(store)
    with unit_of_work(context.engine, write=True) as store:
        keys = store.idempotency_keys
        earlier = keys.claim(asked.person_id, asked.key, asked.body_hash, now) if asked.key else None
        if earlier is not None:
            return Receipt(**earlier)
        receipt = receipt_of(change(Desk(store, now, booking_policy(store))))
        if asked.key:
            keys.answer(asked.person_id, asked.key, asdict(receipt))
    return receipt


def receipt_of(session: MentoringSession) -> Receipt:
    """Return what is told of the session right after a change."""
    return Receipt(
        session_id=session.id,
        status=session.status,
        revision=session.revision,
        mentor_id=session.mentor_id,
        topic_id=session.topic_id,
        minutes=session.minutes,
        starts_at=session.starts_at.isoformat() if session.starts_at else None,
    )
