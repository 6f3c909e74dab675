"""Signing in at the company's own provider: there with a signed attempt, back with a code, once and soon."""

import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import InvalidInput, NotFound
from domain.people import Person
from integrations.oidc import Attempt, Identity, SignOn
from services.context import Context
from services.links import Purpose
from services.logins import hash_of
from store import Store, unit_of_work

ATTEMPT_MINUTES = 10
_ACTION = "Begin again from the page to sign in."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and what it keeps meanwhile: nobody else can come back in its place."""

    address: str
    attempt: str


def begin_sign_on(context: Context, redirect_uri: str) -> Begun:
    """Return an attempt to sign in at the provider, good for ten minutes.

    Raises
    ------
    NotFound
        If there is no provider.
    JobFailed
        If the provider does not answer as one.
    """
    sign_on = _sign_on(context)
    attempt = Attempt(redirect_uri, *(secrets.token_urlsafe(32) for _ in range(3)))
    until = context.clock() + timedelta(minutes=ATTEMPT_MINUTES)
    held = {name: getattr(attempt, name) for name in Attempt.__slots__} | {"soon": until.isoformat()}
    return Begun(sign_on.authorisation_url(attempt), context.links.make(Purpose.SIGN_ON, held))


def finish_sign_on(context: Context, kept: str, *, code: str, state: str) -> Person | None:
    """Return the active person who came back from the provider; None when Halfhour does not know them.

    Parameters
    ----------
    kept
        The attempt that the browser kept.

    Raises
    ------
    NotFound
        If there is no provider.
    InvalidInput
        If what came back is not this browser's attempt, was used already, or is older than ten minutes.
    JobFailed
        If the provider refuses the code, its answer proves nothing, or it does not answer.
    """
    sign_on, attempt = _sign_on(context), _spent(context, kept, state)
    identity = sign_on.identify(code, attempt)
    with unit_of_work(context.engine, write=True) as store:
        person = _person(store, identity, context.clock())
    if person is None or not person.is_active:
        log.info("somebody came from the sign-in provider whom no active person stands for")
        return None
    return person


def _sign_on(context: Context) -> SignOn:
    if context.sign_on is None:
        raise NotFound("page", "this address")
    return context.sign_on


def _spent(context: Context, kept: str, state: str) -> Attempt:
    """Return the attempt, once."""
    held = context.links.read(Purpose.SIGN_ON, kept)
    if held is None or not hmac.compare_digest(held["state"].encode(), state.encode()):
        raise InvalidInput("state", "be of this browser", "another one", _ACTION)
    now = context.clock()
    if datetime.fromisoformat(held.pop("soon")) < now:
        raise InvalidInput("state", f"be from the last {ATTEMPT_MINUTES} minutes", "an older one", _ACTION)
    # before the exchange, not after: a state that comes twice at once must not reach the provider twice
    with unit_of_work(context.engine, write=True) as store:
        if not store.used_tokens.spend(hash_of(state), now):
            raise InvalidInput("state", "be used once", "a used one", _ACTION)
    return Attempt(**held)


def _person(store: Store, identity: Identity, now: datetime) -> Person | None:
    """Return whose identity it is; the first time, whoever has the address that the provider has checked.

    Whoever has another identity there already is not found by the address: it may have passed on to a new colleague.
    """
    person_id = store.identities.person_id(identity.issuer, identity.subject)
    if person_id:
        return store.people.get(person_id)
    person = store.people.by_email(identity.email) if identity.email and identity.is_email_verified else None
    if person is None or not person.is_active or store.identities.is_known_at(identity.issuer, person.id):
        return None
    store.identities.link(identity.issuer, identity.subject, person.id, now)
    return person
