"""Pages of sessions and agendas: one that may be booked, one of an own session, and the list of sessions."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from domain.agendas import Agenda
from domain.people import Format
from domain.sessions import ALLOWED_MINUTES
from domain.topics import Topic
from prep import is_flagged
from prep.gates import cited_numbers
from services.edit_agenda import editor_of
from services.model_view import model_state
from services.own_sessions import own_agenda, sessions_of
from services.prepare import Pair, agenda_for_pair
from services.session_links import open_doors
from services.topics import topic_page
from web.access import Running, SignedIn
from web.asked import asked_need
from web.doors import DOORS
from web.pages import language_of, render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


class Choices:
    """Links to the same draft in another length or format, and back to its topic."""

    minutes = ALLOWED_MINUTES

    def __init__(self, topic: Topic, chosen: dict[str, Any]) -> None:
        self._topic, self._chosen = topic, chosen
        self.formats = [form for form in (Format.ONE_TO_ONE, Format.CHAT) if form in topic.formats]

    @property
    def back(self) -> str:
        """The topic's page, for the same need."""
        asked = self._chosen["asked"]
        return f"/topics/{quote(self._topic.id)}" + (f"?{urlencode({'asked': asked})}" if asked else "")

    @property
    def ask(self) -> str:
        """Where the mentor is asked for such a session."""
        return f"/topics/{quote(self._topic.id)}/ask?{urlencode(self._chosen)}"

    def link(self, **change: object) -> str:
        return f"/topics/{quote(self._topic.id)}/agenda?{urlencode(self._chosen | change)}"


@router.get("/topics/{topic_id}/agenda")
def draft(
    request: Request,
    person: SignedIn,
    context: Running,
    topic_id: str,
    mentor: str,
    minutes: int = 20,
    form: Annotated[Format, "as in the address"] = Format.ONE_TO_ONE,
    asked: str = "",
) -> HTMLResponse:
    page = topic_page(context, topic_id)
    pair = Pair(person.id, topic_id, mentor, minutes, form, asked_need(context, person, asked))
    agenda = agenda_for_pair(context, pair, language_of(request, person))
    choices = Choices(page.topic, {"mentor": mentor, "minutes": minutes, "form": form, "asked": asked})
    other = page.people[mentor]
    return agenda_page(request, agenda, other.name, choices=choices)


@router.get("/sessions")
def sessions(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    own = sessions_of(context, person, language_of(request, person))
    values: dict[str, Any] = {"doors": open_doors(context, person.id), "door_names": DOORS}
    return render(request, "sessions.html", upcoming=own.upcoming, held=own.held, **values)


@router.get("/sessions/{session_id}/agenda")
def session_agenda(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    row, stored = own_agenda(context, person, session_id, language_of(request, person))
    values: dict[str, Any] = {"starts_at": row.starts_at, "session_id": session_id, "version": stored.version}
    values["editor"] = editor_of(context, stored)
    values["model"] = model_state(context, person, stored) if context.model else None
    return agenda_page(request, stored.agenda, row.other, **values)


def agenda_page(request: Request, agenda: Agenda, other: str, **values: Any) -> HTMLResponse:
    """Return the page of an agenda; `session_id` offers to change it, `earlier` says that it is an earlier version."""
    cited = cited_numbers(agenda)
    facts = [(fact, is_flagged(fact), fact.number in cited) for fact in agenda.facts]
    nothing: dict[str, Any] = {"starts_at": None, "choices": None, "model": None}
    nothing |= {"session_id": "", "version": 0, "editor": "", "earlier": None}
    shown = nothing | values
    return render(
        request, "agenda.html", agenda=agenda, other=other, facts=facts, starts=_first_numbers(agenda), **shown
    )


def _first_numbers(agenda: Agenda) -> list[int]:
    """Return the number of each segment's first question, counted through the agenda."""
    counts = [len(segment.questions) for segment in agenda.segments]
    return [1 + sum(counts[:place]) for place in range(len(counts))]
