"""What a mentor lacks, in both languages."""

import pytest

from domain.language import Language
from recommender import missing_words as words

EN, RU = Language.EN, Language.RU


@pytest.mark.parametrize(
    ("hours", "english", "russian"),
    [
        (0, "Your working days do not overlap", "Ваше рабочее время не пересекается"),
        (1, "Your working days share only 1 hour", "Рабочее время совпадает всего на 1 час в день"),
        (3, "Your working days share only 3 hours", "Рабочее время совпадает всего на 3 часа в день"),
    ],
)
def test_few_hours(hours: int, english: str, russian: str) -> None:
    assert (words.few_hours_words(hours, EN), words.few_hours_words(hours, RU)) == (english, russian)


def test_only_another_language() -> None:
    assert words.only_languages_words([RU], EN) == "Speaks Russian only"
    assert words.only_languages_words([EN], RU) == "Говорит только по-английски"


def test_no_time_with_and_without_a_chat() -> None:
    assert words.no_time_words(True, EN) == "No free time in the next two weeks; answers in chat"
    assert words.no_time_words(False, EN) == "No free time in the next two weeks"
    assert words.no_time_words(True, RU) == "В ближайшие две недели встретиться не получится, но ответит в переписке"
    assert words.no_time_words(False, RU) == "В ближайшие две недели свободного времени нет"


def test_no_session_and_few_ratings() -> None:
    assert words.no_session_words(EN) == "Has not held a session on this topic yet"
    assert words.no_session_words(RU) == "Встреч на эту тему ещё не проводилось"
    assert words.few_ratings_words(EN) == "Fewer than five ratings so far"
    assert words.few_ratings_words(RU) == "Оценок пока меньше пяти"
