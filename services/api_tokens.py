"""Tokens with which a person's own programs use the API as that person, with the roles the person has by then."""

import secrets
from contextlib import suppress
from datetime import timedelta

from domain.access import ApiToken
from domain.errors import InvalidInput, NotFound
from domain.people import Person
from services.context import Context
from services.logins import SEEN_EVERY, hash_of
from store import STORE_FAULTS, unit_of_work

PREFIX = "hh_"
MAX_DAYS = 365
MAX_NAME_CHARACTERS = 60
MAX_TOKENS = 20


def make_api_token(context: Context, person: Person, name: str, days: int) -> str:
    """Return a new token, which nobody can read again: only its hash is stored.

    Raises
    ------
    InvalidInput
        If the name is empty or too long, the days are not 1 to 365, or the person has 20 tokens already.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
        raise InvalidInput("name", f"have 1 to {MAX_NAME_CHARACTERS} characters", f"{len(name)}")
    if not 1 <= days <= MAX_DAYS:
        raise InvalidInput("days", f"be 1 to {MAX_DAYS}", days)
    token, now = PREFIX + secrets.token_urlsafe(32), context.clock()
    made = ApiToken(secrets.token_hex(8), person.id, name, hash_of(token), now, now + timedelta(days=days))
    with unit_of_work(context.engine, write=True) as store:
        if len(store.api_tokens.of(person.id)) >= MAX_TOKENS:
            raise InvalidInput("tokens", f"be {MAX_TOKENS} at most", "one more", "Delete one that is not needed.")
        store.api_tokens.add(made)
    return token


def person_of_token(context: Context, token: str) -> Person | None:
    """Return the active person whose token it is; None when it is unknown or has ended, or they have left."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        found = store.api_tokens.by_hash(hash_of(token))
        if found is None or found.expires_at <= now:
            return None
        try:
            person = store.people.get(found.person_id)
        except NotFound:  # erased between the two queries, where a database lets one see that
            return None
    if not person.is_active:
        return None
    _note_use(context, found)
    return person


def tokens_of(context: Context, person_id: str) -> list[ApiToken]:
    """Return the person's tokens, newest first."""
    with unit_of_work(context.engine) as store:
        return store.api_tokens.of(person_id)


def remove_api_token(context: Context, person_id: str, token_id: str) -> None:
    """End a token of the person's own.

    Raises
    ------
    NotFound
        If there is no such token, or it is somebody else's.
    """
    with unit_of_work(context.engine, write=True) as store:
        if not store.api_tokens.remove(token_id, person_id):
            raise NotFound("token", token_id)


def _note_use(context: Context, token: ApiToken) -> None:
    now = context.clock()
    if token.used_at is None or now - token.used_at >= SEEN_EVERY:
        with suppress(*STORE_FAULTS), unit_of_work(context.engine, write=True) as store:  # reads go on with a full disk
            store.api_tokens.touch(token.id, now)
