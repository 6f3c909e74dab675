"""The mentor's page: requests to answer, the week, what the sessions came to."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from services.mentor_inbox import mentor_inbox
from web.access import Running, SignedIn
from web.booking import new_key
from web.pages import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
MOST_WEEKS = 26


@router.get("/mentoring")
def mentoring(
    request: Request,
    person: SignedIn,
    context: Running,
    week: Annotated[int, Query(ge=-MOST_WEEKS, le=MOST_WEEKS)] = 0,
) -> HTMLResponse:
    inbox = mentor_inbox(context, person, week)
    weeks = {"earlier": week - 1 if week > -MOST_WEEKS else None, "later": week + 1 if week < MOST_WEEKS else None}
    return render(request, "mentoring.html", inbox=inbox, week=week, weeks=weeks, key=new_key())
