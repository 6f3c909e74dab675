"""The mentee's pages: topics for now, a need typed now, a topic with its mentors."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
from domain.language import Language
from domain.suggestions import Excluded, Rule
from services.blocks import blocked_by
from services.goal_role import goal_role_view
from services.own_sessions import sessions_of
from services.passed_topics import is_passed
from services.session_page import ways_with
from services.suggest import (
    Suggested,
    has_told_us,
    mentors_for_topic,
    suggest_for_need,
    suggest_for_person,
    suggestions_shown,
)
from services.topics import session_outline, topic_page
from web.access import Running, SignedIn
from web.asked import asked_need
from web.booking import new_key
from web.need_errors import what_to_change
from web.pages import language_of, render
from web.plain_text import readable
from web.role import role_values

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
TOPICS_ON_HOME = 3


@router.get("/")
def home(request: Request, person: SignedIn, context: Running, passed: str = "") -> HTMLResponse:
    language = language_of(request, person)
    suggested = suggest_for_person(context, person.id, k=TOPICS_ON_HOME, language=language)
    own = sessions_of(context, person, language)
    values: dict[str, Any] = {"suggested": suggested, "examples": _examples(suggested, language)}
    values |= {"next_session": own.next_booked, "awaited": own.awaited, "step": own.last_step}
    values["passed"] = _just_passed(suggested, passed)
    values["is_first_time"] = not has_told_us(context, person)
    values |= role_values(goal_role_view(context, person), language)
    return render(request, "home.html", **values)


@router.get("/needs")
def needs() -> RedirectResponse:
    """Lead whoever opens the form's address by hand to the form."""
    return RedirectResponse("/", status_code=303)


@router.post("/needs", response_model=None)
def ask(
    request: Request, person: SignedIn, context: Running, words: Annotated[str, Form(alias="text")] = ""
) -> HTMLResponse | RedirectResponse:
    try:
        suggested = suggest_for_need(context, words, person_id=person.id, language=language_of(request, person))
    except InvalidInput:
        kept = readable(words)
        error = what_to_change(request, words)
        return render(request, "need.html", status=422, suggested=None, need=kept, need_error=error)
    return RedirectResponse(f"/needs/{suggested.answer.id}", status_code=303)


@router.get("/needs/{answer_id}")
def need(request: Request, person: SignedIn, context: Running, answer_id: str) -> HTMLResponse:
    suggested = suggestions_shown(context, person.id, answer_id)
    return render(request, "need.html", suggested=suggested, need=suggested.answer.need, need_error="")


@router.get("/topics/{topic_id}")
def topic(request: Request, person: SignedIn, context: Running, topic_id: str, asked: str = "") -> HTMLResponse:
    page = topic_page(context, topic_id)
    words = asked_need(context, person, asked)
    mentors = mentors_for_topic(context, person.id, topic_id, need=words, language=language_of(request, person))
    values: dict[str, Any] = {"blocked": blocked_by(context, person.id), "key": new_key()}
    values["outline"] = session_outline(page.topic, language_of(request, person))
    values["is_passed"] = is_passed(context, person.id, topic_id)
    values["ways"] = ways_with(context, page.topic, [one.mentor_id for one in mentors.suggestions])
    return render(request, "topic.html", page=page, mentors=mentors, asked=asked, need=words, **values)


def _just_passed(suggested: Suggested, topic_id: str) -> Excluded | None:
    """Return the topic that was said not to be for this person a moment ago, with the words of its rule."""
    gone = (one for one in suggested.answer.excluded if one.rule is Rule.PASSED and one.candidate_id == topic_id)
    return next(gone, None)


def _examples(suggested: Suggested, language: Language) -> list[str]:
    """Return how people put it who come with the suggested topics, one sentence each."""
    topics = [suggested.topics[suggestion.topic_id] for suggestion in suggested.answer.topics]
    return [phrase for topic in topics for phrase in topic.phrases.get(language)[:1]]
