"""Dates and plural forms as people write them."""

from datetime import UTC, date, datetime

import pytest

from domain.language import Language
from recommender.date_words import day_month, english_form, on_day_at, russian_form

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, "встреч"), (1, "встреча"), (2, "встречи"), (4, "встречи"), (5, "встреч"), (11, "встреч"), (12, "встреч"),
     (14, "встреч"), (21, "встреча"), (22, "встречи"), (25, "встреч"), (111, "встреч"), (121, "встреча")],
)  # fmt: skip
def test_russian_forms(number: int, form: str) -> None:
    assert russian_form(number, "встреча", "встречи", "встреч") == form


@pytest.mark.parametrize(("number", "form"), [(0, "sessions"), (1, "session"), (2, "sessions"), (21, "sessions")])
def test_english_forms(number: int, form: str) -> None:
    assert english_form(number, "session", "sessions") == form


def test_days_of_the_month() -> None:
    assert day_month(date(2026, 5, 3), Language.EN) == "3 May"
    assert day_month(date(2026, 5, 3), Language.RU) == "3 мая"


@pytest.mark.parametrize(
    ("day", "english", "russian"),
    [
        (3, "on Tuesday at 14:20", "во вторник в 14:20"),
        (4, "on Wednesday at 14:20", "в среду в 14:20"),
        (8, "on Sunday at 14:20", "в воскресенье в 14:20"),
        (9, "on Monday, 9 March, at 14:20", "в понедельник, 9 марта, в 14:20"),
    ],
)
def test_a_time_within_a_week_needs_no_date(day: int, english: str, russian: str) -> None:
    moment = datetime(2026, 3, day, 14, 20, tzinfo=UTC)
    assert on_day_at(moment, MONDAY, Language.EN) == english
    assert on_day_at(moment, MONDAY, Language.RU) == russian
