"""Dates and lengths as the reader's language writes them, on the reader's clock."""

from datetime import datetime

from babel.dates import format_datetime, get_timezone_location
from babel.units import format_unit

from domain.language import Language
from recommender.weeks import zone_of

_LOCALES = {Language.EN: "en_GB", Language.RU: "ru"}
_WHOLE = {Language.EN: "EEEE d MMMM, HH:mm", Language.RU: "EEEE, d MMMM, HH:mm"}
_SHORT = {Language.EN: "EEE d MMMM, HH:mm", Language.RU: "EEE, d MMMM, HH:mm"}
_DEADLINE = "d MMMM, HH:mm"  # a day that «до» or "by" may stand before
_CLOCK = {Language.EN: "{city} time", Language.RU: "часовой пояс: {city}"}


def whole_date(at: datetime, language: Language, zone: str) -> str:
    """Return `Thursday 5 March, 14:20 (Berlin time)`."""
    city = get_timezone_location(zone_of(zone), locale=_LOCALES[language], return_city=True)
    return f"{_written(at, language, zone, _WHOLE[language])} ({_CLOCK[language].format(city=city)})"


def short_date(at: datetime, language: Language, zone: str) -> str:
    """Return `Thu 5 March, 14:20`, for a subject."""
    return _written(at, language, zone, _SHORT[language])


def deadline(at: datetime, language: Language, zone: str) -> str:
    """Return `5 March, 14:20`."""
    return _written(at, language, zone, _DEADLINE)


def length(minutes: int, language: Language) -> str:
    """Return `20 minutes` or `20 минут`."""
    return str(format_unit(minutes, "duration-minute", locale=_LOCALES[language]))


def _written(at: datetime, language: Language, zone: str, pattern: str) -> str:
    return str(format_datetime(at.astimezone(zone_of(zone)), pattern, locale=_LOCALES[language]))
