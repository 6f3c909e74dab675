"""Dates, times and counted nouns as people write them."""

from datetime import date, datetime

from domain.language import Language, LocalTexts

# fmt: off
_MONTHS = LocalTexts(
    en=("January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December"),
    ru=("января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
# fmt: on
_ON_WEEKDAY = LocalTexts(
    en=("on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"),
    ru=("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"),
)
_WEEK_DAYS = 7


def day_month(day: date, language: Language) -> str:
    """Return the day as `3 May`, in Russian `3 мая`."""
    return f"{day.day} {_MONTHS.get(language)[day.month - 1]}"


def on_day_at(moment: datetime, now: datetime, language: Language) -> str:
    """Return `on Thursday at 14:20`, in Russian `в четверг в 14:20`; with the date where the weekday alone misleads.

    Parameters
    ----------
    moment, now
        Both in the zone of the reader.
    """
    weekday, clock = _ON_WEEKDAY.get(language)[moment.weekday()], f"{moment:%H:%M}"
    if (moment.date() - now.date()).days < _WEEK_DAYS:
        return f"{weekday} в {clock}" if language is Language.RU else f"{weekday} at {clock}"
    day = day_month(moment.date(), language)
    return f"{weekday}, {day}, в {clock}" if language is Language.RU else f"{weekday}, {day}, at {clock}"


def english_form(number: int, one: str, other: str) -> str:
    """Return the form that goes with a whole number. Source: CLDR plural rules for `en`."""
    return one if number == 1 else other


def russian_form(number: int, one: str, few: str, many: str) -> str:
    """Return the form for a whole number: 1, 21; 2-4, 22-24; the rest. Source: CLDR plural rules for `ru`."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    return few if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else many
