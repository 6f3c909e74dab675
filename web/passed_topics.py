"""Two quiet forms beside a suggested topic: not for me; suggest it again."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from services.passed_topics import pass_topic, take_topic_back
from web.access import Running, SignedIn

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
FromTopic = Annotated[bool, Form()]


@router.post("/topics/{topic_id}/pass")
def pass_on(person: SignedIn, context: Running, topic_id: str, from_topic: FromTopic = False) -> RedirectResponse:
    pass_topic(context, person.id, topic_id)
    address = _back(topic_id, from_topic)
    return RedirectResponse(address if from_topic else f"{address}?passed={quote(topic_id, safe='')}", status_code=303)


@router.post("/topics/{topic_id}/pass/undo")
def undo(person: SignedIn, context: Running, topic_id: str, from_topic: FromTopic = False) -> RedirectResponse:
    take_topic_back(context, person.id, topic_id)
    return RedirectResponse(_back(topic_id, from_topic), status_code=303)


def _back(topic_id: str, from_topic: bool) -> str:
    return f"/topics/{quote(topic_id, safe='')}" if from_topic else "/"
