"""The sentences of what a mentor lacks, in both languages. Fragments without a full stop: they stand in lists."""

from collections.abc import Iterable

from domain.language import Language, LocalText
from recommender.date_words import english_form, russian_form
from recommender.reason_words import spoken_names

_NO_TIME = LocalText("No free time in the next two weeks", "В ближайшие две недели свободного времени нет")
_NO_TIME_BUT_CHAT = LocalText(
    "No free time in the next two weeks; answers in chat",
    "В ближайшие две недели встретиться не получится, но ответит в переписке",
)
_NO_HOURS = LocalText("Your working days do not overlap", "Ваше рабочее время не пересекается")
_NO_SESSION = LocalText("Has not held a session on this topic yet", "Встреч на эту тему ещё не проводилось")
_FEW_RATINGS = LocalText("Fewer than five ratings so far", "Оценок пока меньше пяти")


def no_time_words(answers_in_chat: bool, language: Language) -> str:
    """Return that no time is free, and whether a chat is possible all the same."""
    return (_NO_TIME_BUT_CHAT if answers_in_chat else _NO_TIME).get(language)


def only_languages_words(languages: Iterable[Language], language: Language) -> str:
    """Return the only languages that the mentor speaks, where the reader's is not among them."""
    names = spoken_names(languages, language)
    return f"Говорит только {names}" if language is Language.RU else f"Speaks {names} only"


def few_hours_words(hours: int, language: Language) -> str:
    """Return how little the working days of both lie together."""
    if not hours:
        return _NO_HOURS.get(language)
    if language is Language.RU:
        return f"Рабочее время совпадает всего на {hours} {russian_form(hours, 'час', 'часа', 'часов')} в день"
    return f"Your working days share only {hours} {english_form(hours, 'hour', 'hours')}"


def no_session_words(language: Language) -> str:
    """Return that the mentor has not talked about the topic before."""
    return _NO_SESSION.get(language)


def few_ratings_words(language: Language) -> str:
    """Return that too few people have rated the mentor to tell."""
    return _FEW_RATINGS.get(language)
