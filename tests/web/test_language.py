"""Dates, minutes, numbers and names as each language writes them, worked out by hand."""

from datetime import UTC, datetime

import pytest

from domain.agendas import FactKind
from domain.language import Language
from domain.people import Format
from web import language

EN, RU = Language.EN, Language.RU
AT = datetime(2026, 3, 5, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "shown_in", "expected"),
    [
        ("Europe/Berlin", EN, "Thu 5 March, 14:20"),
        ("Europe/Berlin", RU, "чт, 5 марта, 14:20"),
        ("Asia/Kathmandu", EN, "Thu 5 March, 19:05"),
        ("Pacific/Kiritimati", EN, "Fri 6 March, 03:20"),
    ],
)
def test_a_moment_is_shown_in_the_readers_zone(zone: str, shown_in: Language, expected: str) -> None:
    assert language.moment(AT, shown_in, zone) == expected


def test_a_day_is_written_out() -> None:
    assert language.day(AT, EN) == "5 March 2026"
    assert language.day(AT, RU).replace("\u202f", " ").replace("\xa0", " ") == "5 марта 2026 г."


@pytest.mark.parametrize(
    ("count", "english", "russian", "word"),
    [
        (1, "1 minute", "1 минута", "минута"),
        (3, "3 minutes", "3 минуты", "минуты"),
        (20, "20 minutes", "20 минут", "минут"),
        (2.5, "2.5 minutes", "2,5 минуты", "минуты"),
    ],
)
def test_minutes_take_the_right_form(count: float, english: str, russian: str, word: str) -> None:
    assert language.minutes(count, EN) == english
    assert language.minutes(count, RU) == russian
    assert language.minutes_word(count, RU) == word


def test_short_minutes_have_no_full_stop() -> None:
    assert [language.minutes(15, shown_in, "short") for shown_in in Language] == ["15 min", "15 мин"]


def test_a_number_has_the_decimal_mark_of_its_language() -> None:
    assert [language.decimal(2.5, shown_in) for shown_in in Language] == ["2.5", "2,5"]
    assert language.decimal(3.0, EN) == "3"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Nora Quist", "NQ"), ("Анна Мария Ким", "АК"), ("Pip", "P"), ("", ""), ("  nora   quist ", "NQ")],
)
def test_initials_are_of_first_and_last_name(name: str, expected: str) -> None:
    assert language.initials(name) == expected


@pytest.mark.parametrize("shown_in", Language)
def test_every_format_and_every_kind_of_fact_has_a_name(shown_in: Language) -> None:
    gettext = language.translations(shown_in).gettext
    names = [language.format_name(form, gettext) for form in Format]
    names += [language.fact_kind(kind, gettext) for kind in FactKind]
    assert all(name.strip() for name in names)
    assert not {str(kind) for kind in FactKind} & set(names)
