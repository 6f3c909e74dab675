"""What HR can do about a refused cohort, pin or exclusion, in the reader's language."""

from fastapi import Request

from domain.errors import InvalidInput
from domain.suggestions import Rule
from recommender.cohort_words import rule_words
from web.language import later
from web.pages import language_of, text

_BY_NAME = {
    "per-mentor": later("Write a whole number from 1 up, or leave it empty."),
    "name": later("Give the cohort a name of up to 80 characters."),
    "minutes": later("Choose one of the lengths."),
    "mentee": later("This person is not in the cohort, or takes part no longer."),
    "mentor": later("This person mentors no topic that may be suggested here. Choose somebody else."),
    "person_id": later("Choose people from the lists."),
    "proposal": later("A newer proposal has taken the place of this one. Look at it first."),
    "pair": later("A pair cannot be both pinned and excluded. Take the earlier wish back first."),
}
_CLOSED = later("This cohort is approved already. Make a new one.")
_NOBODY = later("There is nobody to match here. Choose another department, or import people first.")
_NO_PLACE = later("The mentor has no place left beside the other pins. Take one of them back.")
_AGAINST_A_RULE = later("These two cannot be paired: %(why)s.")


def what_to_change(request: Request, error: InvalidInput) -> str:
    """Return a sentence for the page that refused something."""
    if error.rule == "keep the rules":
        why = rule_words(Rule(str(error.got)), language_of(request, request.state.person))
        return text(request, _AGAINST_A_RULE) % {"why": why}
    if error.name == "cohort":
        message = _CLOSED if error.rule == "still be open" else _NOBODY
        return text(request, message)
    if error.name.startswith("pins on "):
        return text(request, _NO_PLACE)
    return text(request, _BY_NAME.get(error.name, later("Choose people from the lists.")))
