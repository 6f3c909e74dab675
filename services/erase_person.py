"""Forgets a person: rows go or stay without them by the registry, live sessions end, files made of the store follow."""

import logging
import secrets
from datetime import datetime

from domain.former import former_person
from domain.people import Format
from domain.session_events import SessionEvent
from domain.sessions import OPEN, MentoringSession
from domain.transitions import Action, Side, transition
from embeddings import text_hash
from services.context import Context
from services.index import indexed_texts, warm_spaces
from services.privacy_rules import KEYLESS, RULES, OnErase
from store import Store, empty_write_ahead_log, unit_of_work

log = logging.getLogger(__name__)


def erase_person(context: Context, person_id: str) -> None:
    """Erase everything about the person; what others need stays as a former colleague's. It cannot be undone.

    The database itself proves that no key is overlooked: the person's row can go only when nothing points at it.

    Raises
    ------
    NotFound
        If there is no such person.
    """
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        person = store.people.get(person_id)
        for keyless in KEYLESS.values():  # first, while it is known which sessions were theirs
            keyless.forget(store, person.id)
        for session in store.sessions.live_of(person.id):
            _end(store, session, person.id, now)
        _forget(store, person.id)
        wanted = {text_hash(text) for text in indexed_texts(store, context.encoder.languages)}
        store.vectors.drop_unused(context.encoder.id, wanted)
    empty_write_ahead_log(context.engine)
    warm_spaces(context)
    log.info("erased one person")


def _forget(store: Store, person_id: str) -> None:
    stand_in = former_person(secrets.token_hex(8))
    store.people.save([stand_in])
    stayed = [_apply(store, place, person_id, stand_in.id) for place in RULES]
    store.person_rows.delete("people", "id", person_id)
    if not any(stayed):
        store.person_rows.delete("people", "id", stand_in.id)


def _apply(store: Store, place: str, person_id: str, stand_in_id: str) -> int:
    """Apply one rule; return how many rows stay as the stand-in's."""
    rule, (table, column) = RULES[place], place.split(".")
    if rule.on_erase is OnErase.DELETE:
        store.person_rows.delete(table, column, person_id)
        return 0
    is_kept = rule.on_erase is OnErase.ANONYMISE
    values = {**rule.emptied, column: stand_in_id if is_kept else None}
    count = store.person_rows.rewrite(table, column, person_id, values)
    return count if is_kept else 0


def _end(store: Store, session: MentoringSession, person_id: str, now: datetime) -> None:
    """End a session that is asked for or booked; a group goes on without one of its mentees."""
    if session.format is Format.GROUP and person_id != session.mentor_id and session.status not in OPEN:
        left = tuple(mentee for mentee in session.mentee_ids if mentee != person_id)
        action, ended = Action.LEAVE, transition(session, Action.LEAVE, Side.MENTEE, now, mentee_ids=left)
    else:
        action = Action.EXPIRE if session.status in OPEN else Action.CANCEL
        ended = transition(session, action, Side.HALFHOUR, now)
    store.sessions.save([ended])
    store.session_events.add(SessionEvent(session.id, ended.revision, action, None, now))
