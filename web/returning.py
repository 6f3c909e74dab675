"""The way back: whoever had to sign in first goes on to the page that they came for."""

import re
from urllib.parse import quote, unquote

from fastapi import Request, Response

COOKIE = "halfhour_next"
KEPT_SECONDS = 3600
# a path of our own, whatever the cookie holds: no host, no scheme, no control characters
_PLACE = re.compile(r"/(?!/)[A-Za-z0-9/_.~%?&=+-]{1,500}")


def keep_place(request: Request, response: Response) -> None:
    """Keep in the browser where somebody wanted to go; a part of a page is no place to come back to."""
    query = request.scope["query_string"].decode("latin-1")
    place = quote(str(request.scope["path"]), safe="/~") + (f"?{query}" if query else "")
    if _PLACE.fullmatch(place) and "hx-request" not in request.headers:
        is_secure = request.app.state.logins.is_secure
        marks = {"httponly": True, "secure": is_secure}
        response.set_cookie(COOKIE, quote(place, safe=""), max_age=KEPT_SECONDS, samesite="lax", **marks)


def place_to_return(request: Request) -> str:
    """Return where to go after signing in: the page that was kept, else the first one."""
    place = unquote(request.cookies.get(COOKIE, ""))
    return place if _PLACE.fullmatch(place) else "/"
