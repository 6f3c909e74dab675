"""Who is asking: a signed cookie names the person, the store says whether they may still come in."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from domain.errors import NoAccess, NotFound
from domain.people import Person, Role
from services.context import Context
from store import unit_of_work

COOKIE = "halfhour"
LOGIN_DAYS = 14
_SECONDS_A_DAY = 24 * 60 * 60


class Logins:
    """Signs and reads the login cookie.

    Parameters
    ----------
    is_secure
        Whether the cookie travels by HTTPS only.
    """

    def __init__(self, secret_key: str, *, is_secure: bool) -> None:
        self._signer = URLSafeTimedSerializer(secret_key, salt="halfhour-login")
        self._is_secure = is_secure

    def sign_in(self, response: Response, person_id: str) -> None:
        """Put a fresh login into the response."""
        response.set_cookie(
            COOKIE,
            self._signer.dumps(person_id),
            max_age=LOGIN_DAYS * _SECONDS_A_DAY,
            httponly=True,
            samesite="lax",
            secure=self._is_secure,
        )

    def sign_out(self, response: Response) -> None:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._is_secure)

    def person_id(self, request: Request) -> str | None:
        """Return who is signed in by the cookie; None when there is none, or it is forged or too old."""
        try:
            loaded = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=LOGIN_DAYS * _SECONDS_A_DAY)
        except BadSignature:
            return None
        return str(loaded)


def context_of(request: Request) -> Context:
    """Return the running parts of the application."""
    context: Context = request.app.state.context
    return context


def person_or_none(request: Request) -> Person | None:
    """Return the active person who is signed in, if any."""
    person_id = request.app.state.logins.person_id(request)
    if person_id is None:
        return None
    try:
        with unit_of_work(context_of(request).engine) as store:
            person = store.people.get(person_id)
    except NotFound:
        return None
    return person if person.is_active else None


def signed_in(request: Request) -> Person:
    """Return the person who is signed in; raise NoAccess when nobody is."""
    person = person_or_none(request)
    if person is None:
        raise NoAccess("You must sign in first.")
    request.state.person = person
    return person


def having(*roles: Role) -> Callable[[Person], Person]:
    """Return a dependency that lets only people of one of the roles in; for others the page does not exist."""

    def check(person: Annotated[Person, Depends(signed_in)]) -> Person:
        if person.roles.isdisjoint(roles):
            raise NotFound("page", "this address")
        return person

    return check


SignedIn = Annotated[Person, Depends(signed_in)]
Hr = Annotated[Person, Depends(having(Role.HR))]
HrOrAdmin = Annotated[Person, Depends(having(Role.HR, Role.ADMIN))]
Running = Annotated[Context, Depends(context_of)]
