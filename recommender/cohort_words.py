"""What HR reads about a cohort: how well a pair fits, which rule forbids one, why somebody got nobody, what to do.

Nothing here quotes a person.
"""

from domain.cohorts import Fit, Why
from domain.language import Language, LocalText
from domain.suggestions import Rule

FIT = {
    Fit.VERY_GOOD: LocalText("very good", "очень хорошо"),
    Fit.GOOD: LocalText("good", "хорошо"),
    Fit.FAIR: LocalText("fair", "приемлемо"),
    Fit.POOR: LocalText("poor", "слабо"),
}
WHY = {
    Why.NO_CANDIDATE: LocalText(
        "no mentor offers a topic this person needs, or rules and languages leave none",
        "по нужным темам нет наставника или их исключают правила и языки",
    ),
    Why.FORBIDDEN: LocalText("HR has ruled out every fitting mentor", "HR исключил всех подходящих наставников"),
    Why.NO_PLACES: LocalText("no fitting mentor takes anybody", "подходящие наставники сейчас никого не берут"),
    Why.MENTORS_FULL: LocalText("every fitting mentor is full", "у подходящих наставников нет свободных мест"),
}
REMEDY = {
    Why.NO_CANDIDATE: LocalText("Invite a mentor for these topics.", "Пригласите наставника по этим темам."),
    Why.FORBIDDEN: LocalText("Take back one of the exclusions.", "Снимите одно из исключений."),
    Why.NO_PLACES: LocalText("Ask the mentors for more time.", "Попросите наставников выделить больше времени."),
    Why.MENTORS_FULL: LocalText(
        "Raise the limit per mentor, or invite one more mentor.",
        "Увеличьте число подопечных на наставника или пригласите ещё одного.",
    ),
}
_RULE = {
    Rule.SELF: LocalText("nobody can mentor themselves", "нельзя быть наставником для себя"),
    Rule.OWN_MANAGER: LocalText("the mentor is the mentee's manager", "наставник — руководитель подопечного"),
    Rule.OWN_REPORT: LocalText("the mentor reports to the mentee", "наставник в подчинении у подопечного"),
    Rule.INACTIVE: LocalText("the mentor no longer takes part", "наставник больше не участвует"),
    Rule.PAUSED: LocalText("the mentor is taking a break", "у наставника перерыв"),
    Rule.NO_COMMON_LANGUAGE: LocalText("they have no language in common", "нет общего языка"),
    Rule.NO_CAPACITY: LocalText("the mentor has no time left", "у наставника не осталось времени"),
    Rule.CONFLICT_OF_INTEREST: LocalText("their departments are kept apart", "их отделы разведены правилами"),
    Rule.NOT_OFFERED: LocalText("the mentor does not offer the topic", "наставник не предлагает эту тему"),
    Rule.NO_COMMON_FORMAT: LocalText("no format of a session fits both", "нет подходящего формата встречи"),
}
_SOME_RULE = LocalText("a rule of the programme forbids it", "это запрещают правила программы")
_LEFT = LocalText("{mentee} no longer takes part", "{mentee} больше не участвует")
_PLACES = LocalText(
    "{mentor} has places for {left} now, the proposal needs {needed}",
    "{mentor}: мест сейчас {left}, а предложению нужно {needed}",
)


def rule_words(rule: Rule, language: Language) -> str:
    """Return which rule forbids a pair, as part of a sentence; a block is not told apart from other rules."""
    return _RULE.get(rule, _SOME_RULE).get(language)


def pair_breaks(mentee: str, mentor: str, rule: Rule, language: Language) -> str:
    """Return that these two may not be paired any more, by name."""
    return f"{mentee} / {mentor}: {rule_words(rule, language)}"


def mentee_left(mentee: str, language: Language) -> str:
    return _LEFT.get(language).format(mentee=mentee)


def places_lost(mentor: str, left: int, needed: int, language: Language) -> str:
    return _PLACES.get(language).format(mentor=mentor, left=left, needed=needed)
