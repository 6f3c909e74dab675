"""Links of mails: answering a request with one tap, and the way to a page. A GET shows, only a POST acts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import CapacityFull, InvalidInput, NotFound, SlotTaken
from domain.notices import DeclineReason
from domain.transitions import Action
from services.booking.answer import MAX_REASON_CHARACTERS
from services.links import Purpose
from services.notices.write import Page
from services.one_tap import Answered, answer_page, give_answer
from web.access import Running
from web.language import later
from web.limits import check_visitor
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(check_visitor)])
ADDRESS = "/answer/{token}"
REASONS = {
    DeclineReason.NO_TIME: later("My weeks are full just now"),
    DeclineReason.OTHERS_KNOW_BETTER: later("Somebody else can help better with this"),
    DeclineReason.TOO_CLOSE: later("We work too closely together for this talk"),
}
# where each page of a mail's link is; the pages themselves ask who comes
PLACES = {
    Page.SESSION: "/sessions/{session_id}",
    Page.CHAT: "/sessions/{session_id}/chat",
    Page.FEEDBACK: "/sessions/{session_id}/feedback",
    Page.FOLLOW_UP: "/sessions/{session_id}/follow-up",
}
_FAULTS = {
    SlotTaken: (409, later("This time was taken a moment ago. Choose another one.")),
    CapacityFull: (409, later("There are no minutes left in that week. Choose a time in another one.")),
}


@router.get(ADDRESS)
def show_request(request: Request, context: Running, token: str) -> HTMLResponse:
    return _shown(request, context, token)


@router.post(ADDRESS, response_model=None)
def answer_request(
    request: Request,
    context: Running,
    token: str,
    action: Annotated[Action, Form()],
    revision: Annotated[int, Form()],
    starts_at: Annotated[PlainText, Form()] = "",
    reason: Annotated[DeclineReason | None, Form()] = None,
    words: Annotated[PlainText, Form()] = "",
) -> HTMLResponse | RedirectResponse:
    answered = Answered(action, revision, starts_at, reason, words.replace("\r\n", "\n"))
    try:
        give_answer(context, token, answered)
    except (SlotTaken, CapacityFull, InvalidInput) as error:
        return _shown(request, context, token, answered=answered, error=error)
    return RedirectResponse(f"/answer/{token}", status_code=303)


@router.get("/s/{token}")
def follow_link(context: Running, token: str) -> RedirectResponse:
    found = context.links.read(Purpose.PAGE, token)
    if found is None:
        raise NotFound("page", "this address")
    return RedirectResponse(PLACES[Page(found["page"])].format(session_id=found["session_id"]), status_code=303)


def _shown(
    request: Request,
    context: Running,
    token: str,
    *,
    answered: Answered | None = None,
    error: Exception | None = None,
) -> HTMLResponse:
    """Return the page as things stand; after an answer that could not be, with what was typed and why."""
    page = answer_page(context, token)
    request.state.linked = page.reader
    status, message = _fault(request, answered, error)
    return render(
        request,
        "answer.html",
        status=status,
        page=page,
        token=token,
        reasons=REASONS,
        answered=answered,
        fault=message,
        longest=MAX_REASON_CHARACTERS,
    )


def _fault(request: Request, answered: Answered | None, error: Exception | None) -> tuple[int, str]:
    if answered is None or error is None:
        return 200, ""
    if type(error) in _FAULTS:
        status, message = _FAULTS[type(error)]
        return status, text(request, message)
    is_about_words = answered.action is Action.DECLINE
    told = later("That is too long. Say it in 500 characters.") if is_about_words else later("Choose one of the times.")
    return 422, text(request, told)
