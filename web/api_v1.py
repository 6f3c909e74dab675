"""The JSON API: suggestions, topics, mentors and agendas of whoever is signed in."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from domain.agendas import Agenda
from domain.language import Language
from domain.people import Format
from domain.suggestions import MAX_NEED_CHARACTERS, MentorSuggestion, SuggestionSet
from domain.topics import Topic
from services.own_sessions import own_agenda
from services.prepare import Pair, agenda_for_pair
from services.suggest import mentors_for_topic, suggest_for_need, suggest_for_person
from services.topics import all_topics, topic_page
from web.access import Running, SignedIn
from web.plain_text import PlainText

MAX_K = 50
Count = Annotated[int, Query(ge=1, le=MAX_K)]


class Problem(BaseModel):
    """What went wrong and what to do, in one or two sentences."""

    error: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description}
    for status, description in {
        401: "Nobody is signed in.",
        403: "Another site sent this.",
        404: "There is none, or it is not yours.",
        413: "The body is larger than 1 MB.",
        422: "A value breaks a rule.",
        503: "Halfhour is not set up yet.",
    }.items()
}
router = APIRouter(prefix="/api/v1", tags=["halfhour"], responses=REFUSALS)


class StrictBody(BaseModel):
    """A body in which an unknown field is an error, so that nothing is ignored in silence."""

    model_config = ConfigDict(extra="forbid")


class NeedBody(StrictBody):
    """A need in own words."""

    need: PlainText = Field(max_length=MAX_NEED_CHARACTERS)
    language: Language | None = None
    k: int = Field(default=5, ge=1, le=MAX_K)


class AgendaBody(StrictBody):
    """A session that may be booked."""

    topic_id: PlainText
    mentor_id: PlainText
    minutes: int = 20
    format: Format = Format.ONE_TO_ONE
    need: PlainText = Field(default="", max_length=MAX_NEED_CHARACTERS)
    language: Language | None = None


class TopicSummary(BaseModel):
    """A topic in one language."""

    id: str
    area: str
    title: str
    summary: str


class Me(BaseModel):
    """Who is signed in."""

    id: str
    name: str
    locale: Language
    zone: str
    now: datetime


@router.get("/me")
def me(person: SignedIn, context: Running) -> Me:
    """Return who is signed in."""
    return Me(id=person.id, name=person.name, locale=person.locale, zone=person.zone, now=context.clock())


@router.get("/suggestions")
def suggestions(person: SignedIn, context: Running, k: Count = 5, language: Language | None = None) -> SuggestionSet:
    """Return the own priority topics, with mentors, reasons and what was left out by which rule."""
    return suggest_for_person(context, person.id, k=k, language=language).answer


@router.post("/suggestions")
def suggestions_for_need(person: SignedIn, context: Running, body: NeedBody) -> SuggestionSet:
    """Return the topics for a need typed now."""
    return suggest_for_need(context, body.need, person_id=person.id, k=body.k, language=body.language).answer


@router.get("/topics")
def topics(person: SignedIn, context: Running, language: Language | None = None) -> list[TopicSummary]:
    """Return the active topics of the current catalog."""
    shown_in = language or person.locale
    return [_summary(topic, shown_in) for topic in all_topics(context)]


@router.get("/topics/{topic_id}")
def topic(person: SignedIn, context: Running, topic_id: str, language: Language | None = None) -> TopicSummary:
    """Return one topic."""
    return _summary(topic_page(context, topic_id).topic, language or person.locale)


@router.get("/topics/{topic_id}/mentors")
def mentors(
    person: SignedIn, context: Running, topic_id: str, k: Count = 5, language: Language | None = None
) -> list[MentorSuggestion]:
    """Return the mentors for a topic, ranked for the person who is signed in."""
    topic_page(context, topic_id)
    return list(mentors_for_topic(context, person.id, topic_id, k=k, language=language).suggestions)


@router.post("/agendas")
def agenda(person: SignedIn, context: Running, body: AgendaBody) -> Agenda:
    """Return the agenda of a session that may be booked; nothing is kept."""
    pair = Pair(person.id, body.topic_id, body.mentor_id, body.minutes, body.format, body.need)
    return agenda_for_pair(context, pair, body.language)


@router.get("/sessions/{session_id}/agenda")
def session_agenda(person: SignedIn, context: Running, session_id: str, language: Language | None = None) -> Agenda:
    """Return the agenda of an own session."""
    return own_agenda(context, person, session_id, language or person.locale)[1].agenda


def _summary(topic: Topic, language: Language) -> TopicSummary:
    return TopicSummary(
        id=topic.id, area=topic.area, title=topic.title.get(language), summary=topic.summary.get(language)
    )
