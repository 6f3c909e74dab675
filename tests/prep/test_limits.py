"""A deadline is a day, a span or an event to come, not every "by" and "before"; a message is short and asks once."""

import pytest

from domain.language import Language
from domain.people import Format
from prep.limits import DEADLINE, allowed_words, fits_message, names_deliverable


@pytest.mark.parametrize(
    "text",
    [
        "By Friday, list three.",
        "By the end of next week, list three.",
        "Within two weeks, list three.",
        "In the next seven days, list three.",
        "List three before your next review.",
        "Note it for a week.",
        "Do it on Monday.",
        "No later than 12 May.",
        "До пятницы выпишите три.",
        "В течение недели выпишите три.",
        "За ближайшие семь дней выпишите три.",
        "К концу месяца выпишите три.",
        "Записывайте две недели, что мешает.",
        "Через три дня спросите снова.",
        "На этой неделе спросите.",
    ],
)
def test_a_day_a_span_or_an_event_is_a_deadline(text: str) -> None:
    assert DEADLINE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Note the words by the phone.",
        "Learn it by heart.",
        "Count the rows before you fix anything.",
        "Save the plan before and after one change.",
        "Think before speaking.",
        "Settle it within the team.",
        "Составьте план на неделю.",
        "Разберите расписание недели.",
        "Уложите это за два предложения.",
        "Дойдите до причины.",
    ],
)
def test_other_uses_of_the_same_words_are_none(text: str) -> None:
    assert not DEADLINE.search(text)


def test_russian_says_the_same_in_fewer_words() -> None:
    assert (allowed_words(20, Language.EN), allowed_words(20, Language.RU)) == (240, 216)


def test_only_a_chat_limits_a_message() -> None:
    assert fits_message("x" * 200, Format.CHAT)
    assert not fits_message("x" * 201, Format.CHAT)
    assert fits_message("x" * 201, Format.GROUP)
    assert not fits_message("Who? When?", Format.CHAT)
    assert fits_message("You ask: “Who?” What then?", Format.CHAT)


def test_a_deliverable_is_a_thing_in_hand() -> None:
    assert names_deliverable("you have a plan")
    assert names_deliverable("вы успеете выбрать задачу")
    assert not names_deliverable("you feel better")
