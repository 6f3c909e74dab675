"""Why a candidate was left out, in a sentence of each language."""

from datetime import date

from domain.language import Language, LocalText
from domain.suggestions import Excluded, Rule
from recommender.date_words import day_month

_TOPIC = {
    Rule.RETIRED: LocalText("“{title}” is no longer in the catalog", "Темы «{title}» больше нет в каталоге"),
    Rule.ALREADY_BOOKED: LocalText(
        "A session on “{title}” is already asked for or arranged", "Встреча на тему «{title}» уже в планах"
    ),
    Rule.DONE_LATELY: LocalText(
        "You talked about “{title}” on {held}; it may come up again after {until}",
        "Вы говорили на тему «{title}» {held}; она может появиться снова после {until}",
    ),
    Rule.PASSED: LocalText(
        "You said on {held} that “{title}” is not for you; it may come up again after {until}",
        "{held} вы отметили, что тема «{title}» не для вас; она может появиться снова после {until}",
    ),
    Rule.NO_MENTOR: LocalText(
        "Nobody you could choose is free to talk about “{title}” now",
        "Сейчас нет свободного наставника по теме «{title}»",
    ),
}
_MENTOR = {
    Rule.SELF: LocalText("You cannot be your own mentor", "Вы не можете быть наставником для себя"),
    Rule.OWN_MANAGER: LocalText(
        "{name} is your manager; a mentor stands outside the reporting line",
        "{name} — ваш руководитель, а наставника выбирают вне подчинения",
    ),
    Rule.OWN_REPORT: LocalText(
        "{name} reports to you; a mentor stands outside the reporting line",
        "{name} в вашем подчинении, а наставника выбирают вне подчинения",
    ),
    Rule.BLOCKED: LocalText("You asked not to be suggested {name}", "{name}: вы просили не предлагать"),
    Rule.CONFLICT_OF_INTEREST: LocalText(
        "{name} works in a department that may not mentor yours, by a rule of your programme",
        "{name}: по правилам программы сотрудники этого отдела не могут быть вашими наставниками",
    ),
    Rule.INACTIVE: LocalText("{name} no longer takes part in the programme", "{name} больше не участвует в программе"),
    Rule.PAUSED: LocalText(
        "{name} is taking a break from mentoring until {until}", "{name}: перерыв в наставничестве до {until}"
    ),
    Rule.NO_COMMON_LANGUAGE: LocalText("You and {name} have no language in common", "{name}: нет общего с вами языка"),
    Rule.NO_CAPACITY: LocalText(
        "{name} has no time left in the next two weeks", "{name}: на ближайшие две недели времени не осталось"
    ),
    Rule.NOT_OFFERED: LocalText("{name} no longer offers this topic", "{name} больше не предлагает эту тему"),
    Rule.NO_COMMON_FORMAT: LocalText("{name} offers no format that fits", "{name}: нет подходящего формата встречи"),
}


def excluded_topic(
    topic_id: str, rule: Rule, title: str, language: Language, held: date | None = None, until: date | None = None
) -> Excluded:
    """Return the topic with the sentence for its rule; `held` and `until` are read for DONE_LATELY and PASSED."""
    days = {"held": day_month(held, language) if held else "", "until": day_month(until, language) if until else ""}
    return Excluded(topic_id, rule, _TOPIC[rule].get(language).format(title=title, **days))


def excluded_mentor(mentor_id: str, rule: Rule, name: str, language: Language, until: date | None = None) -> Excluded:
    """Return the mentor with the sentence for the rule; `until` is read for PAUSED only."""
    day = day_month(until, language) if until else ""
    return Excluded(mentor_id, rule, _MENTOR[rule].get(language).format(name=name, until=day))
