"""Who is asking: a random token in a cookie, or a program's in a header; the store says whose it is and still good."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Response

from domain.errors import NoAccess, NotFound
from domain.people import Person, Role
from services.api_tokens import person_of_token
from services.context import Context
from services.logins import LoginTerms, begin_login, end_login, find_login
from web.limits import check_person, check_visitor

COOKIE = "halfhour"
BEARER = "bearer "
API = "/api/v1/"
DEFAULT_TERMS = LoginTerms()


class Logins:
    """Begins, finds and ends the logins of browsers.

    Parameters
    ----------
    is_secure
        Whether the cookie travels by HTTPS only; its name then keeps other hosts from setting it.
    """

    def __init__(self, context: Context, *, is_secure: bool, terms: LoginTerms = DEFAULT_TERMS) -> None:
        self._context, self.is_secure, self.terms = context, is_secure, terms
        self.cookie = f"__Host-{COOKIE}" if is_secure else COOKIE

    def sign_in(self, response: Response, person_id: str) -> None:
        """Begin a login and put it into the response."""
        self.keep(response, begin_login(self._context, person_id, self.terms))

    def sign_out(self, request: Request, response: Response) -> None:
        """End the login of the request, if there is one, and take it out of the browser."""
        if token := self.token(request):
            end_login(self._context, token)
        response.delete_cookie(self.cookie, httponly=True, samesite="lax", secure=self.is_secure)

    def leave(self, request: Request, response: Response) -> None:
        """Sign out of a device that others may use: notes and steps that never left it go too."""
        self.sign_out(request, response)
        response.headers["Clear-Site-Data"] = '"storage"'

    def keep(self, response: Response, token: str) -> None:
        """Put a token into the browser."""
        self._set(response, self.cookie, token, int(self.terms.idle.total_seconds()))

    def keep_attempt(self, response: Response, attempt: str, seconds: int) -> None:
        """Put an attempt to sign in elsewhere into the browser, for as long as it is good."""
        self._set(response, f"{self.cookie}_attempt", attempt, seconds)

    def attempt(self, request: Request) -> str:
        """Return the attempt that the browser kept, "" for none."""
        return request.cookies.get(f"{self.cookie}_attempt", "")

    def token(self, request: Request) -> str:
        """Return the token that the browser sent, \"\" for none."""
        return request.cookies.get(self.cookie, "")

    def person(self, request: Request) -> Person | None:
        """Return who is signed in; a token that was replaced now goes out with the answer, by the guard."""
        token = self.token(request)
        found = find_login(self._context, token, self.terms) if token else None
        if found and found.new_token:
            request.state.new_login = found.new_token
        return found.person if found else None

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=self.is_secure
        )


def context_of(request: Request) -> Context:
    """Return the running parts of the application."""
    context: Context = request.app.state.context
    return context


def api_token_of(request: Request) -> str | None:
    """Return the token that a program sent to the API; None where there is none, or the request is a page's."""
    header = request.headers.get("authorization", "")
    is_bearer = request.scope["path"].startswith(API) and header[: len(BEARER)].casefold() == BEARER
    return header[len(BEARER) :].strip() if is_bearer else None


def person_or_none(request: Request) -> Person | None:
    """Return the active person who is asking, if any; a program that names a token is nobody without it."""
    token = api_token_of(request)
    if token is not None:
        return person_of_token(context_of(request), token)
    person: Person | None = request.app.state.logins.person(request)
    return person


def signed_in(request: Request) -> Person:
    """Return the person who is asking.

    Raises
    ------
    NoAccess
        When nobody is signed in.
    LimitReached
        When they, or strangers from their address, ask too often.
    """
    person = person_or_none(request)
    if person is None:
        check_visitor(request)
        raise NoAccess("You must sign in first.")
    check_person(request, person.id)
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
