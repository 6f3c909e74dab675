"""Sign-in without passwords: a link that works once and for a short time; roles given by whoever runs the server."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from domain.people import Person, Role
from services.logins import hash_of
from store import Engine, unit_of_work

LINK_MINUTES = 15


def create_sign_in_token(engine: Engine, person_id: str, now: datetime) -> str:
    """Return a fresh token that signs this person in once within 15 minutes; only its hash is stored.

    Raises
    ------
    NotFound
        If there is no such person.
    """
    token = secrets.token_urlsafe(32)
    with unit_of_work(engine, write=True) as store:
        person = store.people.get(person_id)
        store.sign_in_links.add(hash_of(token), person.id, now + timedelta(minutes=LINK_MINUTES))
    return token


def redeem_sign_in_token(engine: Engine, token: str, now: datetime) -> Person | None:
    """Return the active person whom the token signs in; None when it is unknown, used, too old or theirs no more."""
    with unit_of_work(engine, write=True) as store:
        person_id = store.sign_in_links.redeem(hash_of(token), now)
        person = store.people.get(person_id) if person_id else None
    return person if person and person.is_active else None


def give_role(engine: Engine, person_id: str, role: Role) -> None:
    """Give a person a role; raises NotFound when there is no such person."""
    with unit_of_work(engine, write=True) as store:
        person = store.people.get(person_id)
        store.people.save([replace(person, roles=person.roles | {role})])


def take_role(engine: Engine, person_id: str, role: Role) -> None:
    """Take a role from a person, whose logins end with it; raises NotFound when there is no such person."""
    with unit_of_work(engine, write=True) as store:
        person = store.people.get(person_id)
        store.people.save([replace(person, roles=person.roles - {role})])
