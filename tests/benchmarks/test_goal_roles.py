"""Roles in people's own words: the file is whole, the measure is arithmetic, the floors hold."""

import pytest

from benchmarks.goal_roles import Figures, GoalText, measure, read_goal_texts, starter_space
from domain.language import Language
from embeddings import Encoder, detect_language
from services.catalog_files import read_starter_roles

GOALS = read_goal_texts()
FLOORS = {Language.EN: (0.85, 0.05), Language.RU: (0.80, 0.10)}


def test_every_right_role_is_a_starter_role_and_no_text_stands_twice() -> None:
    known = {role.id for role in read_starter_roles()}
    assert {role for goal in GOALS for role in goal.right} - known == set()
    assert len({goal.text for goal in GOALS}) == len(GOALS)


def test_the_figures_are_shares_over_the_texts_they_speak_of() -> None:
    goals = [
        GoalText("scrum master", frozenset({"scrum-master"})),
        GoalText("scrum master", frozenset({"lawyer"})),
        GoalText("zzz", frozenset({"lawyer"})),
        GoalText("scrum master", frozenset()),
        GoalText("zzz", frozenset()),
    ]
    found = measure(goals, starter_space(None), None)
    assert (found.texts, found.first, found.missed, found.silent) == (
        5,
        pytest.approx(1 / 3),
        pytest.approx(1 / 3),
        0.5,
    )


@pytest.mark.slow
def test_a_right_role_comes_first_and_words_without_a_role_find_none(minilm: Encoder) -> None:
    space = starter_space(minilm)
    for language, (first, missed) in FLOORS.items():
        found: Figures = measure([goal for goal in GOALS if detect_language(goal.text) is language], space, minilm)
        assert (found.first >= first, found.missed <= missed, found.silent >= 0.92) == (True, True, True)
