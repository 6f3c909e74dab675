"""The page of jobs that were given up: what kind, when, why in one word, and a way to try again. Never whose."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import NotFound
from services.jobs import dead_jobs, retry_job
from services.notices.unsent import oldest_unsent
from store import unit_of_work
from web.access import HrOrAdmin, Running
from web.language import later
from web.pages import render
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/jobs"
KINDS = {
    "draft_agenda": later("Draft of an agenda"),
    "deliver_agenda": later("Sending an agenda"),
    "prepare_upcoming": later("Preparing booked sessions"),
    "refresh_index": later("Reading new texts after an import"),
    "purge": later("Deleting what is kept for 30 days only"),
    "look_for_topics": later("Looking for what the catalog lacks"),
    "outline_topic": later("Outline of a topic"),
    "sign_in_link": later("Sending a link to sign in"),
    "read_calendars": later("Asking for people’s calendars"),
    "read_busy": later("Reading a calendar"),
    "write_event": later("Writing a session into a calendar"),
    "expire_request": later("Handing a request on"),
    "end_session": later("Ending a session"),
    "follow_up_by": later("Closing a session after its follow-up"),
    "prepare_session": later("Preparing a booked session"),
    "session_notice": later("A message about a session"),
    "arrange_room": later("Opening a room for a call"),
    "plan_digests": later("Planning the digests of the week"),
    "mentor_digest": later("A mentor’s digest of the week"),
}


@router.get(ADDRESS)
def jobs(request: Request, person: HrOrAdmin, context: Running) -> HTMLResponse:
    with unit_of_work(context.engine) as store:
        waits_since = oldest_unsent(store, context.clock())
    return render(request, "jobs.html", jobs=dead_jobs(context.engine), kinds=KINDS, waits_since=waits_since)


@router.post(f"{ADDRESS}/retry")
def retry(person: HrOrAdmin, context: Running, job: Annotated[PlainText, Form()] = "") -> RedirectResponse:
    with suppress(NotFound):  # somebody else was quicker: the page shows what is left
        retry_job(context, job)
    return RedirectResponse(ADDRESS, status_code=303)
