"""Two quiet forms of a topic's page: do not suggest this mentor to me; suggest them again."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from services.blocks import block_person, unblock_person
from services.topics import topic_page
from web.access import Running, SignedIn
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
Typed = Annotated[PlainText, Form()]


@router.post("/topics/{topic_id}/blocks")
def block(person: SignedIn, context: Running, topic_id: str, mentor: Typed, asked: Typed = "") -> RedirectResponse:
    topic_page(context, topic_id)
    block_person(context, person.id, mentor)
    return _back_to(topic_id, asked)


@router.post("/topics/{topic_id}/blocks/remove")
def unblock(person: SignedIn, context: Running, topic_id: str, mentor: Typed, asked: Typed = "") -> RedirectResponse:
    topic_page(context, topic_id)
    unblock_person(context, person.id, mentor)
    return _back_to(topic_id, asked)


def _back_to(topic_id: str, asked: str) -> RedirectResponse:
    query = f"?{urlencode({'asked': asked})}" if asked else ""
    return RedirectResponse(f"/topics/{quote(topic_id, safe='')}{query}#who", status_code=303)
