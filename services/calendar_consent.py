"""Connecting a calendar by agreeing at its provider: there with a sealed state, back with a code, once and soon."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.calendars import CalendarKind
from domain.errors import InvalidInput, NotFound
from domain.people import Person
from integrations.calendar import CalendarFailed
from integrations.oauth import OAuthClient
from services.cloud_calendars import credentials_of
from services.connect_calendar import keep_connection
from services.context import Context
from store import unit_of_work

CONSENT_MINUTES = 10
MAIN_CALENDAR = "primary"
_PURPOSE = "calendar consent"
_ACTION = "Begin again from the page of your calendar."


@dataclass(frozen=True, slots=True)
class Consent:
    """What the browser brings back from the provider."""

    code: str
    state: str


def begin_consent(context: Context, person: Person, kind: CalendarKind, redirect_uri: str) -> str:
    """Return where to send the person's browser, to agree within ten minutes.

    The state holds all that is needed later, sealed with a key of this person's: nobody else can bring it back, and
    nothing is stored for those who never return.

    Raises
    ------
    NotFound
        If calendars of this kind are not set up here.
    NotReady
        Without a secret to seal with.
    """
    oauth, verifier = _oauth(context, kind), secrets.token_urlsafe(48)
    until = context.clock() + timedelta(minutes=CONSENT_MINUTES)
    held = {"kind": kind, "verifier": verifier, "redirect_uri": redirect_uri, "until": until.isoformat()}
    state = context.seal.seal(person.id, {**held, "for": _PURPOSE}).decode()
    return oauth.authorisation_url(redirect_uri=redirect_uri, state=state, verifier=verifier)


def finish_consent(context: Context, person: Person, kind: CalendarKind, consent: Consent) -> None:
    """Exchange the code for tokens and connect the calendar, in place of one connected before.

    Raises
    ------
    InvalidInput
        If the state is not this person's, was used already, or is older than ten minutes.
    CalendarFailed
        If the provider refused the code, or was not reached.
    """
    oauth = _oauth(context, kind)
    held = _spent(context, person, kind, consent.state)
    came_with = {"redirect_uri": held["redirect_uri"], "verifier": held["verifier"]}
    tokens = oauth.exchange(consent.code, **came_with, now=context.clock())
    # named by its account, so that connecting another one is seen as another calendar
    calendar = tokens.account or MAIN_CALENDAR
    keep_connection(context, person, kind, tokens.account, calendar, credentials_of(tokens))


def _oauth(context: Context, kind: CalendarKind) -> OAuthClient:
    oauth = context.calendar_consents.get(kind)
    if oauth is None:
        raise NotFound("calendar", kind)
    return oauth


def _spent(context: Context, person: Person, kind: CalendarKind, state: str) -> dict[str, Any]:
    """Return what the state holds, once."""
    try:
        held = context.seal.unseal(person.id, state.encode())
    except CalendarFailed:
        raise InvalidInput("state", "be your own", "another one", _ACTION) from None
    now = context.clock()
    if held.get("for") != _PURPOSE or held["kind"] != kind or datetime.fromisoformat(held["until"]) < now:
        raise InvalidInput("state", f"be from the last {CONSENT_MINUTES} minutes", "an older one", _ACTION)
    # before the exchange, not after: a state that comes twice at once must not reach the provider twice
    with unit_of_work(context.engine, write=True) as store:
        if not store.used_tokens.spend(hashlib.sha256(state.encode()).hexdigest(), now):
            raise InvalidInput("state", "be used once", "a used one", _ACTION)
    return held
