"""Every reason, word for word, in both languages."""

from datetime import UTC, datetime

import pytest

from domain.language import Language
from recommender import reason_words as words

EN, RU = Language.EN, Language.RU


def test_needs_quote_the_person_and_claim_no_more_than_the_likeness() -> None:
    assert words.need_words("I end up doing everyone’s work", 0.85, EN) == (
        "You wrote “I end up doing everyone’s work”: this topic is about exactly that"
    )
    assert words.need_words("I end up doing everyone’s work", 0.84, EN) == (
        "You wrote “I end up doing everyone’s work”: this topic may help"
    )
    assert words.need_words("всё делаю сама", 0.85, RU) == "Вы написали: «всё делаю сама» — эта тема как раз об этом"
    assert words.need_words("всё делаю сама", 0.84, RU) == "Вы написали: «всё делаю сама» — эта тема может помочь"


def test_a_quote_with_braces_stays_as_it_is() -> None:
    assert "“{quote} {0}”" in words.need_words("{quote} {0}", 0.9, EN)


def test_what_feedback_left_open() -> None:
    assert words.left_open_words("how to check", EN) == (
        "After an earlier session you wrote “how to check”: here you can take it further"
    )
    assert words.left_open_words("как проверять", RU) == (
        "После прошлой встречи вы написали: «как проверять» — здесь можно продолжить"
    )


def test_gaps_name_skill_and_levels() -> None:
    assert words.gap_words("Delegation", 1, 3, EN) == (
        "Builds the skill “Delegation”: you are at “first steps”, your target role asks for “confident”"
    )
    assert words.gap_words("Делегирование", 0, 4, RU) == (
        "Развивает навык «Делегирование»: сейчас у вас «пока не начато», а для желаемой роли нужно «учу других»"
    )


def test_gaps_by_name_say_levels_where_they_are_known() -> None:
    assert words.named_gap_words("Budgets", (0, 2), EN) == (
        "Close to “Budgets”: you are at “not started”, your target role asks for “working independently”"
    )
    assert words.named_gap_words("Budgets", None, EN) == "Close to “Budgets”, a skill that the role you want asks for"
    assert words.named_gap_words("Бюджет", (0, 2), RU) == (
        "Тема близка к навыку «Бюджет»: сейчас у вас «пока не начато», а для желаемой роли нужно «самостоятельно»"
    )
    assert words.named_gap_words("Бюджет", None, RU) == "Тема близка к навыку «Бюджет», который нужен для желаемой роли"


def test_what_helped_others_names_a_topic_and_no_number() -> None:
    assert words.helped_words("Say no", EN) == "It helped others who, like you, had talked about “Say no”"
    assert words.helped_words("Отказать", RU) == "Эта тема помогла тем, кто, как и вы, говорил на тему «Отказать»"


def test_progress_names_the_level_or_that_it_was_begun() -> None:
    assert words.progress_words(1, EN) == (
        "After your last session on this you were at “first steps”: there is more to gain"
    )
    assert words.progress_words(None, EN) == "You have begun this topic, and something is still open"
    assert words.progress_words(2, RU) == (
        "После прошлой встречи на эту тему вы отметили у себя «самостоятельно»: есть куда расти"
    )
    assert words.progress_words(None, RU) == "Вы уже начали эту тему, и кое-что осталось открытым"


def test_seldom_suggested() -> None:
    assert words.seldom_words(EN) == "Seldom suggested so far: perhaps something new for you"
    assert words.seldom_words(RU) == "Эту тему пока предлагали редко — возможно, она новая и для вас"


@pytest.mark.parametrize(
    ("mentors", "english", "russian"),
    [
        (1, "1 mentor has time within seven days", "У 1 наставника есть время в ближайшие семь дней"),
        (3, "3 mentors have time within seven days", "У 3 наставников есть время в ближайшие семь дней"),
        (21, "21 mentors have time within seven days", "У 21 наставника есть время в ближайшие семь дней"),
    ],
)
def test_mentors_with_time_soon(mentors: int, english: str, russian: str) -> None:
    assert words.free_soon_words(mentors, EN) == english
    assert words.free_soon_words(mentors, RU) == russian


def test_a_likely_gap_claims_no_level() -> None:
    assert words.likely_gap_words("Delegation", EN) == (
        "Builds the skill “Delegation”, which roles like the one you want usually ask for"
    )
    assert words.likely_gap_words("Делегирование", RU) == (
        "Развивает навык «Делегирование»: обычно он нужен в ролях, похожих на ту, к которой вы идёте"
    )
    assert [words.level_name(level, EN) for level in (0, 4)] == ["not started", "teaching others"]


def test_priority_and_never_talked() -> None:
    assert words.priority_words(EN) == "A priority of your company’s mentoring programme"
    assert words.priority_words(RU) == "Приоритет программы наставничества в вашей компании"
    assert words.never_talked_words(EN) == "You have not talked about this yet"
    assert words.never_talked_words(RU) == "Об этом вы ещё не говорили"


@pytest.mark.parametrize(
    ("mentors", "english", "russian"),
    [
        (1, "1 mentor can talk about this with you", "Об этом с вами может поговорить 1 наставник"),
        (2, "2 mentors can talk about this with you", "Об этом с вами могут поговорить 2 наставника"),
        (5, "5 mentors can talk about this with you", "Об этом с вами могут поговорить 5 наставников"),
        (21, "21 mentors can talk about this with you", "Об этом с вами может поговорить 21 наставник"),
    ],
)
def test_supply(mentors: int, english: str, russian: str) -> None:
    assert (words.supply_words(mentors, EN), words.supply_words(mentors, RU)) == (english, russian)


@pytest.mark.parametrize(
    ("months", "english", "russian"),
    [
        (1, "You last talked about this 1 month ago", "В последний раз вы говорили об этом 1 месяц назад"),
        (2, "You last talked about this 2 months ago", "В последний раз вы говорили об этом 2 месяца назад"),
        (5, "You last talked about this 5 months ago", "В последний раз вы говорили об этом 5 месяцев назад"),
        (21, "You last talked about this 21 months ago", "В последний раз вы говорили об этом 21 месяц назад"),
    ],
)
def test_months_ago(months: int, english: str, russian: str) -> None:
    assert (words.months_ago_words(months, EN), words.months_ago_words(months, RU)) == (english, russian)


@pytest.mark.parametrize(
    ("sessions", "english", "russian"),
    [
        (1, "Has held 1 session on this topic", "По этой теме уже проведена 1 встреча"),
        (2, "Has held 2 sessions on this topic", "По этой теме уже проведены 2 встречи"),
        (5, "Has held 5 sessions on this topic", "По этой теме уже проведено 5 встреч"),
        (21, "Has held 21 sessions on this topic", "По этой теме уже проведена 21 встреча"),
    ],
)
def test_experience(sessions: int, english: str, russian: str) -> None:
    assert (words.experience_words(sessions, EN), words.experience_words(sessions, RU)) == (english, russian)


def test_own_words_and_past_needs() -> None:
    assert words.own_words("I led three teams", EN) == "In their own words: “I led three teams”"
    assert words.own_words("вёл три команды", RU) == "О себе: «вёл три команды»"
    assert words.past_need_words(EN) == "Has helped with something close to what you wrote"
    assert words.past_need_words(RU) == "Есть опыт с похожими вопросами"


@pytest.mark.parametrize(
    ("raters", "english", "russian"),
    [
        (9, "Rated 4.7 by 9 people", "Средняя оценка 4,7 по ответам 9 человек"),
        (21, "Rated 4.7 by 21 people", "Средняя оценка 4,7 по ответам 21 человека"),
        (22, "Rated 4.7 by 22 people", "Средняя оценка 4,7 по ответам 22 человек"),
    ],
)
def test_ratings_have_one_decimal(raters: int, english: str, russian: str) -> None:
    assert (words.rating_words(4.68, raters, EN), words.rating_words(4.68, raters, RU)) == (english, russian)


def test_free_times() -> None:
    now, slot = datetime(2026, 3, 2, 10, 0, tzinfo=UTC), datetime(2026, 3, 5, 14, 20, tzinfo=UTC)
    assert words.free_words(slot, now, EN) == "Free on Thursday at 14:20"
    assert words.free_words(slot, now, RU) == "Есть время в четверг в 14:20"


@pytest.mark.parametrize(
    ("minutes", "free"), [(21, "свободна 21 минута"), (42, "свободны 42 минуты"), (60, "свободно 60 минут")]
)
def test_minutes_left(minutes: int, free: str) -> None:
    assert words.week_words(minutes, EN) == f"Has {minutes} minutes left this week"
    assert words.week_words(minutes, RU) == f"На этой неделе {free}"
    assert words.month_words(minutes, EN) == f"Has {minutes} minutes left in these four weeks"
    assert words.month_words(minutes, RU) == f"На четыре недели вперёд {free}"


def test_languages_begin_with_the_readers() -> None:
    assert words.languages_words({EN, RU}, EN) == "Speaks English and Russian"
    assert words.languages_words({EN, RU}, RU) == "Говорит по-русски и по-английски"
    assert words.languages_words({EN}, RU) == "Говорит по-английски"


@pytest.mark.parametrize(
    ("hours", "english", "russian"),
    [
        (1, "Your working days share 1 hour", "Рабочее время совпадает на 1 час в день"),
        (3, "Your working days share 3 hours", "Рабочее время совпадает на 3 часа в день"),
        (9, "Your working days share 9 hours", "Рабочее время совпадает на 9 часов в день"),
    ],
)
def test_shared_hours(hours: int, english: str, russian: str) -> None:
    assert (words.hours_words(hours, False, EN), words.hours_words(hours, False, RU)) == (english, russian)


def test_the_same_hours() -> None:
    assert words.hours_words(11, True, EN) == "Keeps the same hours as you"
    assert words.hours_words(11, True, RU) == "Те же рабочие часы, что у вас"
