"""The sentences of reasons in both languages. Fragments without a full stop: they stand in lists."""

from collections.abc import Iterable
from datetime import datetime

from domain.language import Language, LocalText, LocalTexts
from recommender.date_words import english_form, on_day_at, russian_form

_CLOSE = 0.85  # from here on nine topics of ten are right (`AGREEING_TEXTS`): only then is it called the same
_LEVELS = LocalTexts(
    en=("not started", "first steps", "working independently", "confident", "teaching others"),
    ru=("пока не начато", "первые шаги", "самостоятельно", "уверенно", "учу других"),
)
_SPOKEN = {Language.EN: LocalText("English", "по-английски"), Language.RU: LocalText("Russian", "по-русски")}
_SAME_MATTER = LocalText(
    "You wrote “{quote}”: this topic is about exactly that", "Вы написали: «{quote}» — эта тема как раз об этом"
)
_NEAR_MATTER = LocalText("You wrote “{quote}”: this topic may help", "Вы написали: «{quote}» — эта тема может помочь")
_LEFT_OPEN = LocalText(
    "After an earlier session you wrote “{quote}”: here you can take it further",
    "После прошлой встречи вы написали: «{quote}» — здесь можно продолжить",
)
_GAP = LocalText(
    "Builds the skill “{skill}”: you are at “{held}”, your target role asks for “{wanted}”",
    "Развивает навык «{skill}»: сейчас у вас «{held}», а для желаемой роли нужно «{wanted}»",
)
_NAMED_GAP = LocalText(
    "Close to “{skill}”: you are at “{held}”, your target role asks for “{wanted}”",
    "Тема близка к навыку «{skill}»: сейчас у вас «{held}», а для желаемой роли нужно «{wanted}»",
)
_NAMED_SKILL = LocalText(
    "Close to “{skill}”, a skill that the role you want asks for",
    "Тема близка к навыку «{skill}», который нужен для желаемой роли",
)
_HELPED = LocalText(
    "It helped others who, like you, had talked about “{title}”",
    "Эта тема помогла тем, кто, как и вы, говорил на тему «{title}»",
)
_TO_GAIN = LocalText(
    "After your last session on this you were at “{level}”: there is more to gain",
    "После прошлой встречи на эту тему вы отметили у себя «{level}»: есть куда расти",
)
_BEGUN = LocalText(
    "You have begun this topic, and something is still open", "Вы уже начали эту тему, и кое-что осталось открытым"
)
_SELDOM = LocalText(
    "Seldom suggested so far: perhaps something new for you",
    "Эту тему пока предлагали редко — возможно, она новая и для вас",
)
_LIKELY_GAP = LocalText(
    "Builds the skill “{skill}”, which roles like the one you want usually ask for",
    "Развивает навык «{skill}»: обычно он нужен в ролях, похожих на ту, к которой вы идёте",
)
_PRIORITY = LocalText(
    "A priority of your company’s mentoring programme", "Приоритет программы наставничества в вашей компании"
)
_NEVER_TALKED = LocalText("You have not talked about this yet", "Об этом вы ещё не говорили")
_OWN_WORDS = LocalText("In their own words: “{quote}”", "О себе: «{quote}»")
_PAST_NEED = LocalText("Has helped with something close to what you wrote", "Есть опыт с похожими вопросами")
_SKILLED = LocalText("Strong in what this topic builds", "Хорошо владеет навыками, которые развивает эта тема")
_GROWTH = LocalText(
    "Those who talked with them about this say it took them further",
    "После встреч на эту тему люди отмечают, что продвинулись",
)
_PROMPT = LocalText("Usually answers within a day", "Обычно отвечает в течение дня")
_SPARE = LocalText(
    "Has had fewer sessions lately than most mentors", "В последнее время встреч меньше, чем у большинства наставников"
)
_ANY_FORMAT = LocalText("Open to every format of this topic", "Подойдёт любой формат встречи")
_FREE = LocalText("Free {moment}", "Есть время {moment}")
_SAME_ZONE = LocalText("Keeps the same hours as you", "Те же рабочие часы, что у вас")


def need_words(quote: str, similarity: float, language: Language) -> str:
    """Return the need in the person's words; how close the topic is said to be follows the similarity."""
    words = _SAME_MATTER if similarity >= _CLOSE else _NEAR_MATTER
    return words.get(language).format(quote=quote)


def left_open_words(quote: str, language: Language) -> str:
    """Return what past feedback still asks for."""
    return _LEFT_OPEN.get(language).format(quote=quote)


def gap_words(skill: str, held_level: int, wanted_level: int, language: Language) -> str:
    """Return the skill and both levels by name."""
    levels = _LEVELS.get(language)
    return _GAP.get(language).format(skill=skill, held=levels[held_level], wanted=levels[wanted_level])


def named_gap_words(skill: str, levels: tuple[int, int] | None, language: Language) -> str:
    """Return a skill that the topic comes close to by name, with the levels held and wanted where they are known."""
    if levels is None:
        return _NAMED_SKILL.get(language).format(skill=skill)
    held, wanted = (_LEVELS.get(language)[level] for level in levels)
    return _NAMED_GAP.get(language).format(skill=skill, held=held, wanted=wanted)


def helped_words(title: str, language: Language) -> str:
    """Return that the topic helped those who talked about another one, which the person did too; never how many."""
    return _HELPED.get(language).format(title=title)


def progress_words(level: int | None, language: Language) -> str:
    """Return how far the person has come by own feedback; None for a topic begun without naming a level."""
    if level is None:
        return _BEGUN.get(language)
    return _TO_GAIN.get(language).format(level=_LEVELS.get(language)[level])


def seldom_words(language: Language) -> str:
    """Return that few suggestions named the topic so far."""
    return _SELDOM.get(language)


def level_name(level: int, language: Language) -> str:
    """Return the level 0-4 in words."""
    return _LEVELS.get(language)[level]


def likely_gap_words(skill: str, language: Language) -> str:
    """Return the skill, and that roles like the one the person described ask for it: at which level is a guess."""
    return _LIKELY_GAP.get(language).format(skill=skill)


def priority_words(language: Language) -> str:
    """Return that HR put the topic forward."""
    return _PRIORITY.get(language)


def supply_words(mentors: int, language: Language) -> str:
    """Return how many mentors there are to choose from."""
    if language is Language.RU:
        verb = russian_form(mentors, "может", "могут", "могут")
        noun = russian_form(mentors, "наставник", "наставника", "наставников")
        return f"Об этом с вами {verb} поговорить {mentors} {noun}"
    return f"{mentors} {english_form(mentors, 'mentor', 'mentors')} can talk about this with you"


def free_soon_words(mentors: int, language: Language) -> str:
    """Return how many mentors have time within a week."""
    if language is Language.RU:
        noun = russian_form(mentors, "наставника", "наставников", "наставников")
        return f"У {mentors} {noun} есть время в ближайшие семь дней"
    return f"{mentors} {english_form(mentors, 'mentor has', 'mentors have')} time within seven days"


def never_talked_words(language: Language) -> str:
    """Return that the topic is new to the person."""
    return _NEVER_TALKED.get(language)


def months_ago_words(months: int, language: Language) -> str:
    """Return how long ago the topic was talked about, in whole months of 1 or more."""
    if language is Language.RU:
        noun = russian_form(months, "месяц", "месяца", "месяцев")
        return f"В последний раз вы говорили об этом {months} {noun} назад"
    return f"You last talked about this {months} {english_form(months, 'month', 'months')} ago"


def own_words(quote: str, language: Language) -> str:
    """Return what the mentor says in the biography."""
    return _OWN_WORDS.get(language).format(quote=quote)


def past_need_words(language: Language) -> str:
    """Return that the mentor has met such a need; another mentee's words are not shown."""
    return _PAST_NEED.get(language)


def experience_words(sessions: int, language: Language) -> str:
    """Return how many sessions the mentor has held on the topic."""
    if language is Language.RU:
        verb = russian_form(sessions, "проведена", "проведены", "проведено")
        noun = russian_form(sessions, "встреча", "встречи", "встреч")
        return f"По этой теме уже {verb} {sessions} {noun}"
    return f"Has held {sessions} {english_form(sessions, 'session', 'sessions')} on this topic"


def rating_words(mean: float, raters: int, language: Language) -> str:
    """Return the mean rating with one decimal and who stands behind it."""
    if language is Language.RU:
        people = russian_form(raters, "человека", "человек", "человек")
        return f"Средняя оценка {mean:.1f} по ответам {raters} {people}".replace(".", ",")
    return f"Rated {mean:.1f} by {raters} {english_form(raters, 'person', 'people')}"


def topic_rating_words(mean: float, raters: int, language: Language) -> str:
    """Return the mean rating of sessions on the topic with one decimal and who stands behind it."""
    if language is Language.RU:
        people = russian_form(raters, "человека", "человек", "человек")
        return f"За эту тему — {mean:.1f} по ответам {raters} {people}".replace(".", ",")
    return f"Rated {mean:.1f} on this topic by {raters} {english_form(raters, 'person', 'people')}"


def skilled_words(language: Language) -> str:
    """Return that the mentor holds skills that the topic builds; at which level is theirs to tell."""
    return _SKILLED.get(language)


def growth_words(language: Language) -> str:
    """Return that levels rose after sessions on the topic."""
    return _GROWTH.get(language)


def prompt_words(language: Language) -> str:
    """Return that an answer can be expected within a day."""
    return _PROMPT.get(language)


def spare_words(language: Language) -> str:
    """Return that less is asked of the mentor than of others."""
    return _SPARE.get(language)


def any_format_words(language: Language) -> str:
    """Return that the mentor offers all formats of the topic."""
    return _ANY_FORMAT.get(language)


def free_words(slot: datetime, now: datetime, language: Language) -> str:
    """Return the first free time; both moments are in the zone of the reader."""
    return _FREE.get(language).format(moment=on_day_at(slot, now, language))


def week_words(minutes: int, language: Language) -> str:
    """Return the minutes left in this week."""
    if language is Language.RU:
        return f"На этой неделе {_minutes_free(minutes)}"
    return f"Has {minutes} {english_form(minutes, 'minute', 'minutes')} left this week"


def month_words(minutes: int, language: Language) -> str:
    """Return the minutes left in the four weeks that begin with this one."""
    if language is Language.RU:
        return f"На четыре недели вперёд {_minutes_free(minutes)}"
    return f"Has {minutes} {english_form(minutes, 'minute', 'minutes')} left in these four weeks"


def languages_words(languages: Iterable[Language], language: Language) -> str:
    """Return the languages the mentor speaks, the reader's first."""
    names = spoken_names(languages, language)
    return f"Говорит {names}" if language is Language.RU else f"Speaks {names}"


def spoken_names(languages: Iterable[Language], language: Language) -> str:
    """Return the languages as they follow "speaks", the reader's first."""
    ordered = sorted(languages, key=lambda spoken: (spoken is not language, spoken))
    names = [_SPOKEN[spoken].get(language) for spoken in ordered]
    return (" и " if language is Language.RU else " and ").join(names)


def hours_words(hours: int, is_whole_day: bool, language: Language) -> str:
    """Return how far the working days of both lie together."""
    if is_whole_day:
        return _SAME_ZONE.get(language)
    if language is Language.RU:
        return f"Рабочее время совпадает на {hours} {russian_form(hours, 'час', 'часа', 'часов')} в день"
    return f"Your working days share {hours} {english_form(hours, 'hour', 'hours')}"


def _minutes_free(minutes: int) -> str:
    free = russian_form(minutes, "свободна", "свободны", "свободно")
    return f"{free} {minutes} {russian_form(minutes, 'минута', 'минуты', 'минут')}"
