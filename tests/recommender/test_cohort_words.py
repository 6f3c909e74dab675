"""Words about cohorts: rules are named, but nobody learns of a block."""

from domain.language import Language
from domain.suggestions import Rule
from recommender.cohort_words import rule_words

EN, RU = Language.EN, Language.RU


def test_departments_kept_apart_are_named() -> None:
    assert rule_words(Rule.CONFLICT_OF_INTEREST, EN) == "their departments are kept apart"
    assert rule_words(Rule.CONFLICT_OF_INTEREST, RU) == "их отделы разведены правилами"


def test_a_block_is_not_told_apart_from_other_rules() -> None:
    assert rule_words(Rule.BLOCKED, EN) == "a rule of the programme forbids it"
    assert rule_words(Rule.BLOCKED, RU) == "это запрещают правила программы"
