"""A request says who takes part and refuses what no session can be."""

from dataclasses import replace

import pytest

from domain.agendas import FactKind
from domain.errors import InvalidInput
from domain.people import Format
from prep import OwnWords
from tests.prep.cases import a_thin_request


@pytest.mark.parametrize(
    ("format", "people"), [(Format.ONE_TO_ONE, 2), (Format.CHAT, 0), (Format.GROUP, 2), (Format.GROUP, 9)]
)
def test_the_number_of_people_must_suit_the_format(format: Format, people: int) -> None:
    with pytest.raises(InvalidInput, match="mentee_roles must hold"):
        replace(a_thin_request(), format=format, mentee_roles=("",) * people)


def test_the_minutes_must_be_those_of_a_session() -> None:
    with pytest.raises(InvalidInput, match="minutes must be 15, 20, 25 or 30, got 14"):
        a_thin_request(minutes=14)


def test_own_words_are_needs_or_goals() -> None:
    with pytest.raises(InvalidInput, match="kind must be need or goal"):
        OwnWords(FactKind.MENTOR, "x")
