"""Forgets a person: rows go or stay without them by the registry, live sessions end, files made of the store follow."""

import logging
import secrets

from domain.former import former_person
from embeddings import text_hash
from services.booking.desk import Desk
from services.booking.leave import leave_all
from services.booking.policy import booking_policy
from services.context import Context
from services.index import indexed_texts, warm_spaces
from services.privacy_rules import KEYLESS, RULES, OnErase
from services.revoke_consent import revoke_consent
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
        person, connection = store.people.get(person_id), store.calendars.of(person_id)
        for keyless in KEYLESS.values():  # first, while it is known which sessions were theirs
            keyless.forget(store, person.id)
        leave_all(Desk(store, now, booking_policy(store)), person.id)
        store.person_traces.delete_jobs(person.id)  # nobody is left to be told that their own sessions were called off
        _forget(store, person.id)
        wanted = {text_hash(text) for text in indexed_texts(store, context.encoder.languages)}
        store.vectors.drop_unused(context.encoder.id, wanted)
    empty_write_ahead_log(context.engine)
    if connection:
        revoke_consent(context, connection)
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
