"""Goals of one's own: embedded at once, changed, closed and opened again, nobody else's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from services.context import Context
from services.index import refresh_index
from services.needs import own_needs
from services.own_goals import add_goal, change_goal, close_goal, own_goals, reopen_goal
from store import unit_of_work
from tests.builders import NOW

WORDS = "people skim what they receive from me"


def texts(context: Context, person_id: str = "m1") -> tuple[list[str], list[str]]:
    return tuple([goal.text for goal in goals] for goals in own_goals(context, person_id))  # type: ignore[return-value]


def embedded(context: Context, person_id: str = "m1") -> list[bool]:
    with unit_of_work(context.engine) as store:
        return [len(need.vectors) > 0 for need in own_needs(context, store, person_id, NOW)]


def test_a_goal_is_trimmed_told_its_language_and_embedded_at_once(running: Context) -> None:
    goal = add_goal(running, "m1", f"  {WORDS}\n")
    assert (goal.text, goal.language, goal.created_at) == (WORDS, Language.EN, NOW)
    assert embedded(running) == [True]
    assert refresh_index(running).embedded == 0


def test_a_changed_goal_speaks_in_its_new_words(running: Context) -> None:
    goal = add_goal(running, "m1", WORDS)
    change_goal(running, "m1", goal.id, "на встречах мой голос пропадает")
    (changed,), _ = own_goals(running, "m1")
    assert (changed.id, changed.language, changed.created_at) == (goal.id, Language.RU, NOW)
    assert embedded(running) == [True]


def test_a_closed_goal_counts_again_once_it_is_opened_even_when_its_vectors_went(running: Context) -> None:
    first, second = add_goal(running, "m1", WORDS), add_goal(running, "m1", "louder colleagues interrupt me")
    close_goal(running, "m1", first.id)
    close_goal(replace(running, clock=lambda: NOW + timedelta(hours=1)), "m1", second.id)
    assert texts(running) == ([], [second.text, first.text])
    refresh_index(running)
    reopen_goal(running, "m1", first.id)
    assert texts(running) == ([WORDS], [second.text])
    assert embedded(running) == [True]


@pytest.mark.parametrize("text", ["", " ?! ", "a\x00b", "x" * 4_001])
def test_what_cannot_be_a_goal_is_refused_and_nothing_is_kept(text: str, running: Context) -> None:
    kept = add_goal(running, "m1", "x" * 4_000)
    with pytest.raises(InvalidInput, match="goal must"):
        add_goal(running, "m1", text)
    with pytest.raises(InvalidInput, match="goal must"):
        change_goal(running, "m1", kept.id, text)
    assert texts(running) == (["x" * 4_000], [])


def test_a_foreign_goal_reads_like_a_missing_one(running: Context) -> None:
    for act in (close_goal, reopen_goal, lambda *who: change_goal(*who, WORDS)):
        for goal_id in ("g1", "g404"):
            with pytest.raises(NotFound, match="goal"):
                act(running, "m1", goal_id)
    assert texts(running, "p1")[0] == ["I do everything myself, nobody else can do it"]
