"""Texts of the pages in both languages, and dates, minutes and names as each language writes them."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from babel.units import format_unit

from domain.agendas import FactKind
from domain.language import Language
from domain.people import Format
from domain.sessions import SessionStatus

NAMES = {Language.EN: "English", Language.RU: "Русский"}
COOKIE = "halfhour_language"
_DAY = {Language.EN: "EEE d MMMM", Language.RU: "EEE, d MMMM"}
Gettext = Callable[[str], str]


@cache
def translations(language: Language) -> NullTranslations:
    """Return the page texts in a language; English is what stands in the templates."""
    if language is Language.EN:
        return NullTranslations()
    source = files("web").joinpath("locales", f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    compiled.seek(0)
    return Translations(compiled)


def later(message: str) -> str:
    """Return the message as it is: it marks a text for the translators where it stands, long before it is shown."""
    return message


def moment(at: datetime, language: Language, zone: str) -> str:
    """Return day and time in the reader's zone: `Thu 5 March, 14:20` or `чт, 5 марта, 14:20`."""
    local = at.astimezone(ZoneInfo(zone))
    locale = "en_GB" if language is Language.EN else "ru"
    return f"{format_date(local, _DAY[language], locale=locale)}, {format_datetime(local, 'HH:mm', locale=locale)}"


def clock(at: datetime, zone: str) -> str:
    """Return the time in the reader's zone: `14:20`."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def short_day(at: date, language: Language) -> str:
    """Return `Thu 5 March` or `чт, 5 марта`."""
    return str(format_date(at, _DAY[language], locale="en_GB" if language is Language.EN else "ru"))


def time_left(until: datetime, now: datetime, language: Language) -> str:
    """Return `in 3 days` or `через 3 дня`; less than a minute counts as one."""
    left = max(until - now, timedelta(minutes=1))
    locale = "en_GB" if language is Language.EN else "ru"
    return str(format_timedelta(left, granularity="minute", add_direction=True, locale=locale))


def day_name(at: date, language: Language) -> str:
    """Return `5 March` or `5 марта`."""
    return str(format_date(at, "d MMMM", locale="en_GB" if language is Language.EN else "ru"))


def status_name(status: SessionStatus, gettext: Gettext) -> str:
    """Return in words where a session stands."""
    names = {
        SessionStatus.REQUESTED: gettext("No answer yet"),
        SessionStatus.ACCEPTED: gettext("Accepted, the time is open"),
        SessionStatus.BOOKED: gettext("Booked"),
        SessionStatus.HELD: gettext("Took place"),
        SessionStatus.FOLLOWED_UP: gettext("Took place"),
        SessionStatus.NO_SHOW: gettext("Did not take place"),
        SessionStatus.DECLINED: gettext("Declined"),
        SessionStatus.EXPIRED: gettext("Not answered"),
        SessionStatus.CANCELLED: gettext("Called off"),
    }
    return names[status]


def day(at: date, language: Language) -> str:
    """Return the day: `2 March 2026` or `2 марта 2026 г.`."""
    return format_date(at, format="long", locale="en_GB" if language is Language.EN else "ru")


def weekday(number: int, language: Language) -> str:
    """Return `Monday` or `Понедельник` for 0, and so on."""
    name = str(get_day_names("wide", "stand-alone", locale=str(language))[number])
    return name[:1].upper() + name[1:]


def month(at: datetime, language: Language, length: Literal["long", "short"] = "long") -> str:
    """Return the month alone: `March` or `Март`; short: `Mar`, `март`."""
    name = format_date(at, "LLLL" if length == "long" else "LLL", locale="en_GB" if language is Language.EN else "ru")
    return name[:1].upper() + name[1:] if length == "long" else name.rstrip(".")


def minutes(count: float, language: Language, length: Literal["long", "short"] = "long") -> str:
    """Return `20 minutes` or `20 минут`; short: `20 min`, `20 мин`."""
    return str(format_unit(count, "duration-minute", length=length, locale=str(language))).rstrip(".")


def minutes_word(count: float, language: Language) -> str:
    """Return the word alone: `minutes`, `минуты`, `минут`."""
    return minutes(count, language).rpartition(" ")[2]


def decimal(number: float, language: Language) -> str:
    """Return `2.5` or `2,5`."""
    return str(format_decimal(number, locale=str(language)))


def initials(name: str) -> str:
    """Return the first letters of first and last name."""
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


def format_name(form: Format, gettext: Gettext) -> str:
    """Return a format of a session in words."""
    names = {Format.ONE_TO_ONE: gettext("One-to-one"), Format.CHAT: gettext("Chat"), Format.GROUP: gettext("Group")}
    return names[form]


def drafter(drafted_by: str, gettext: Gettext) -> str:
    """Return in words what drafted an agenda: the template, or which language model by which prompt."""
    if drafted_by.startswith("template"):
        return gettext("Drafted from a template")
    return gettext("Drafted by a language model: %(model)s") % {"model": drafted_by}


def fact_kind(kind: FactKind, gettext: Gettext) -> str:
    """Return in words where a fact of an agenda comes from."""
    names = {
        FactKind.NEED: gettext("The need"),
        FactKind.GOAL: gettext("Goal"),
        FactKind.SKILL_GAP: gettext("Skill gap"),
        FactKind.LAST_FEEDBACK: gettext("Still open after last time"),
        FactKind.LAST_NEXT_STEP: gettext("Step agreed last time"),
        FactKind.ROLE: gettext("Role"),
        FactKind.TOPIC: gettext("Topic"),
        FactKind.OUT_OF_SCOPE: gettext("Out of scope"),
        FactKind.MENTOR: gettext("Mentor"),
        FactKind.GROUP: gettext("Group"),
    }
    return names[kind]
