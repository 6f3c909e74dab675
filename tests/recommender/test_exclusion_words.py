"""Every rule has its sentence in both languages, word for word."""

from datetime import date

import pytest

from domain.language import Language
from domain.suggestions import Rule
from recommender.exclusion_words import excluded_mentor, excluded_topic

EN, RU = Language.EN, Language.RU


@pytest.mark.parametrize(
    ("rule", "english", "russian"),
    [
        (Rule.RETIRED, "“Say no” is no longer in the catalog", "Темы «Say no» больше нет в каталоге"),
        (
            Rule.ALREADY_BOOKED,
            "A session on “Say no” is already asked for or arranged",
            "Встреча на тему «Say no» уже в планах",
        ),
        (
            Rule.DONE_LATELY,
            "You talked about “Say no” on 3 May; it may come up again after 2 June",
            "Вы говорили на тему «Say no» 3 мая; она может появиться снова после 2 июня",
        ),
        (
            Rule.PASSED,
            "You said on 3 May that “Say no” is not for you; it may come up again after 2 June",
            "3 мая вы отметили, что тема «Say no» не для вас; она может появиться снова после 2 июня",
        ),
        (
            Rule.NO_MENTOR,
            "Nobody you could choose is free to talk about “Say no” now",
            "Сейчас нет свободного наставника по теме «Say no»",
        ),
    ],
)
def test_topics(rule: Rule, english: str, russian: str) -> None:
    days = (date(2026, 5, 3), date(2026, 6, 2))
    assert excluded_topic("t", rule, "Say no", EN, *days).text == english
    assert excluded_topic("t", rule, "Say no", RU, *days).text == russian


@pytest.mark.parametrize(
    ("rule", "english", "russian"),
    [
        (Rule.SELF, "You cannot be your own mentor", "Вы не можете быть наставником для себя"),
        (
            Rule.OWN_MANAGER,
            "Ann is your manager; a mentor stands outside the reporting line",
            "Ann — ваш руководитель, а наставника выбирают вне подчинения",
        ),
        (
            Rule.OWN_REPORT,
            "Ann reports to you; a mentor stands outside the reporting line",
            "Ann в вашем подчинении, а наставника выбирают вне подчинения",
        ),
        (Rule.INACTIVE, "Ann no longer takes part in the programme", "Ann больше не участвует в программе"),
        (Rule.PAUSED, "Ann is taking a break from mentoring until 3 May", "Ann: перерыв в наставничестве до 3 мая"),
        (Rule.NO_COMMON_LANGUAGE, "You and Ann have no language in common", "Ann: нет общего с вами языка"),
        (
            Rule.NO_CAPACITY,
            "Ann has no time left in the next two weeks",
            "Ann: на ближайшие две недели времени не осталось",
        ),
        (Rule.NOT_OFFERED, "Ann no longer offers this topic", "Ann больше не предлагает эту тему"),
        (Rule.NO_COMMON_FORMAT, "Ann offers no format that fits", "Ann: нет подходящего формата встречи"),
    ],
)
def test_mentors(rule: Rule, english: str, russian: str) -> None:
    assert excluded_mentor("m", rule, "Ann", EN, date(2026, 5, 3)).text == english
    assert excluded_mentor("m", rule, "Ann", RU, date(2026, 5, 3)).text == russian


def test_braces_in_a_name_stay_as_they_are() -> None:
    assert excluded_mentor("m", Rule.INACTIVE, "{name}", EN).text.startswith("{name} no longer")
