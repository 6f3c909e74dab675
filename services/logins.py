"""Logins of browsers: a random token for the cookie, its hash in the store, an end when idle and an end in any case."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.access import Login
from domain.errors import NotFound
from domain.people import Person
from services.context import Context
from store import STORE_FAULTS, unit_of_work

SEEN_EVERY = timedelta(minutes=5)
ROTATED_EVERY = timedelta(days=1)
GRACE = timedelta(minutes=1)  # requests that were under way while the token was replaced


@dataclass(frozen=True, slots=True)
class LoginTerms:
    """How long a login lasts: unused, and at most."""

    idle: timedelta = timedelta(days=14)
    longest: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and the token that takes the place of theirs from now on, if any."""

    person: Person
    new_token: str | None = None


def begin_login(context: Context, person_id: str, terms: LoginTerms) -> str:
    """Return the token of a new login of the person; only its hash is stored.

    Raises
    ------
    InvalidInput
        If there is no such person.
    """
    token, now = secrets.token_urlsafe(32), context.clock()
    with unit_of_work(context.engine, write=True) as store:
        store.logins.add(Login(hash_of(token), person_id, now, now, now + terms.longest))
    return token


def find_login(context: Context, token: str, terms: LoginTerms) -> SignedIn | None:
    """Return the active person whose login the token is; None when it is unknown or has ended, or they have left."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        login = store.logins.get(hash_of(token))
        if login is None or login.expires_at <= now or login.seen_at + terms.idle <= now:
            return None
        try:
            person = store.people.get(login.person_id)
        except NotFound:  # erased between the two queries, where a database lets one see that
            return None
    return SignedIn(person, _keep_alive(context, login, now)) if person.is_active else None


def end_login(context: Context, token: str) -> None:
    """End the login of this token; another token is no fault."""
    with unit_of_work(context.engine, write=True) as store:
        store.logins.end(hash_of(token))


def end_all_logins(context: Context, person_id: str) -> int:
    """End the person's logins in every browser; return how many."""
    with unit_of_work(context.engine, write=True) as store:
        return store.logins.end_all(person_id)


def logins_of(context: Context, person_id: str, terms: LoginTerms) -> list[Login]:
    """Return the person's logins that have not ended, seen last first, without tokens that were just replaced."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        found = store.logins.of(person_id)
    return [one for one in found if one.expires_at > now + GRACE and one.seen_at + terms.idle > now]


def hash_of(token: str) -> str:
    """Return what is stored of a random token. A fast hash is enough: nobody guesses 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _keep_alive(context: Context, login: Login, now: datetime) -> str | None:
    """Note now and then that the login is in use; once a day return a new token for it."""
    is_due = now - login.created_at >= ROTATED_EVERY and login.expires_at > now + GRACE
    if not is_due and now - login.seen_at < SEEN_EVERY:
        return None
    token = secrets.token_urlsafe(32)
    with suppress(*STORE_FAULTS), unit_of_work(context.engine, write=True) as store:  # reading goes on with a full disk
        if is_due:
            return token if store.logins.replace(login, hash_of(token), now, now + GRACE) else None
        store.logins.touch(login.token_hash, now)
    return None
