"""A person's goals in own words: written, changed, closed and opened again, each embedded at once."""

import secrets
from dataclasses import replace

from domain.people import Goal
from domain.suggestions import check_goal
from embeddings import detect_language
from recommender import need_texts
from services.context import Context
from services.index import new_vectors
from store import unit_of_work


def own_goals(context: Context, person_id: str) -> tuple[list[Goal], list[Goal]]:
    """Return the person's open goals, oldest first, and the closed ones, latest closed first."""
    with unit_of_work(context.engine) as store:
        goals = store.goals.of(person_id, open_only=False)
    closed = [(goal.closed_at, goal) for goal in goals if goal.closed_at]
    latest_first = [goal for _, goal in sorted(closed, key=lambda one: one[0], reverse=True)]
    return [goal for goal in goals if goal.closed_at is None], latest_first


def add_goal(context: Context, person_id: str, text: str) -> Goal:
    """Keep a new goal and return it; raise InvalidInput when the text is empty, too long or not text."""
    words = check_goal(text)
    goal = Goal(secrets.token_hex(8), person_id, words, detect_language(words), context.clock())
    _save(context, goal)
    return goal


def change_goal(context: Context, person_id: str, goal_id: str, text: str) -> None:
    """Put other words in the place of a goal's own.

    Raises
    ------
    InvalidInput
        If the text is empty, too long or not text.
    NotFound
        If the goal is not the person's.
    """
    with unit_of_work(context.engine) as store:
        goal = store.goals.get(person_id, goal_id)
    words = check_goal(text)
    _save(context, replace(goal, text=words, language=detect_language(words)))


def close_goal(context: Context, person_id: str, goal_id: str) -> None:
    """Let the goal no longer count; raise NotFound when it is not the person's."""
    with unit_of_work(context.engine, write=True) as store:
        store.goals.close(person_id, goal_id, context.clock())


def reopen_goal(context: Context, person_id: str, goal_id: str) -> None:
    """Let a closed goal count again, embedded anew; raise NotFound when it is not the person's."""
    with unit_of_work(context.engine) as store:
        goal = store.goals.get(person_id, goal_id)
    _save(context, replace(goal, closed_at=None))


def _save(context: Context, goal: Goal) -> None:
    texts = need_texts(goal.text) if goal.language in context.encoder.languages else ()
    with unit_of_work(context.engine) as store:  # no writer waits for the encoder
        vectors = new_vectors(context, store, texts)
    with unit_of_work(context.engine, write=True) as store:
        store.goals.save([goal])
        store.vectors.add_many(context.encoder.id, vectors)
