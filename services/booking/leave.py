"""Somebody leaves the company: their sessions to come are called off, and the others told."""

from domain.people import Format
from domain.sessions import OPEN, MentoringSession
from domain.transitions import Action, Side
from services.booking.desk import Desk
from services.booking.groups import give_free_seats
from services.booking.policy import booking_policy
from services.context import Context
from store import Store, unit_of_work


def leave(context: Context, person_id: str) -> int:
    """Call off everything that the person asked for, was asked for or booked; return how many sessions that were."""
    with unit_of_work(context.engine, write=True) as store:
        return leave_all(Desk(store, context.clock(), booking_policy(store)), person_id)


def leave_all(desk: Desk, person_id: str) -> int:
    """Do so within an open transaction."""
    live = desk.store.sessions.live_of(person_id)
    for session in live:
        _leave(desk, desk.store.sessions.lock(session.id), person_id)
    _stop_waiting(desk.store, person_id)
    return len(live)


def _leave(desk: Desk, session: MentoringSession, person_id: str) -> None:
    is_mentor = session.mentor_id == person_id
    if session.status in OPEN:
        # a mentee who waits for an answer is told in the same words as when a mentor says no
        action, side = (Action.DECLINE, Side.MENTOR) if is_mentor else (Action.WITHDRAW, Side.MENTEE)
        desk.step(session, action, side, person_id)
    elif session.format is Format.GROUP and not is_mentor:
        rest = tuple(mentee for mentee in session.mentee_ids if mentee != person_id)
        give_free_seats(desk, desk.step(session, Action.LEAVE, Side.MENTEE, person_id, mentee_ids=rest))
    else:
        desk.store.waiting_list.clear(session.id)
        desk.step(session, Action.CANCEL, Side.HALFHOUR, None)


def _stop_waiting(store: Store, person_id: str) -> None:
    for session_id in store.waiting_list.of_person(person_id):
        store.waiting_list.remove(session_id, person_id)
