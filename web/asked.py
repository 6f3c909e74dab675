"""The need behind a page: carried from page to page by the id of the answer to it, never in its own words."""

from domain.people import Person
from services.context import Context
from services.suggest import suggestions_shown


def asked_need(context: Context, person: Person, answer_id: str) -> str:
    """Return the need that this answer to the person was for, "" without an answer; raise NotFound for no such one."""
    return suggestions_shown(context, person.id, answer_id).answer.need if answer_id else ""
