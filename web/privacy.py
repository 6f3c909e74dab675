"""What is stored about the person who reads, what a model saw, an export made at once, and the way to be forgotten."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from services.erase_person import erase_person
from services.export_person import export_person
from services.privacy import all_calls_seen, stored_about
from store import fold_email
from web.access import Running, SignedIn
from web.pages import render
from web.plain_text import readable
from web.privacy_words import KINDS, STAYS

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/privacy"


@router.get(ADDRESS)
def privacy(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    return render(request, "privacy.html", kinds=KINDS, counted=stored_about(context, person.id))


@router.get(f"{ADDRESS}/model")
def seen(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    return render(request, "privacy_model.html", calls=all_calls_seen(context, person.id))


@router.get(f"{ADDRESS}/export")
def export(person: SignedIn, context: Running) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="halfhour.zip"'}
    return Response(export_person(context, person.id), media_type="application/zip", headers=headers)


@router.get(f"{ADDRESS}/erase")
def before_erasing(request: Request, person: SignedIn) -> HTMLResponse:
    return render(request, "privacy_erase.html", stays=STAYS, typed="", is_other=False)


@router.post(f"{ADDRESS}/erase")
def erase(
    request: Request, person: SignedIn, context: Running, words: Annotated[str, Form(alias="email")] = ""
) -> HTMLResponse:
    if fold_email(words) != fold_email(person.email):
        typed = readable(words)
        return render(request, "privacy_erase.html", status=422, stays=STAYS, typed=typed, is_other=True)
    erase_person(context, person.id)
    request.state.person = None
    response = render(request, "privacy_erased.html")
    request.app.state.logins.sign_out(request, response)
    return response
