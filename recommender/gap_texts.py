"""Texts of roles and entries, and how alike a goal is to each of them in several ways."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.lexical import CharNgramIndex, TfidfIndex

NEAREST_START, FARTHEST_START = 3, 1500
SEED = 0
Likeness = dict[str, np.ndarray]
"""By name of the likeness, shape (goals, roles), (goals, entries) or (some entries,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """Things with a title and a whole text, line by line, and a unit vector of each; zeros where there is none."""

    titles: list[str]
    wholes: list[str]
    title_vectors: np.ndarray
    whole_vectors: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Goals:
    """Roles that people head for: texts and unit vectors of the whole text and of the title, line by line.

    By line, `held` are the rows of entries that are not wanted any more, and `hidden` those of known roles that must
    not help: a role to learn from and its twins.
    """

    texts: list[str]
    titles: list[str]
    whole_vectors: np.ndarray
    title_vectors: np.ndarray
    held: list[np.ndarray]
    hidden: list[np.ndarray]

    def part(self, lines: slice) -> "Goals":
        """Return some of the lines."""
        return Goals(
            self.texts[lines],
            self.titles[lines],
            self.whole_vectors[lines],
            self.title_vectors[lines],
            self.held[lines],
            self.hidden[lines],
        )


class RoleTexts:
    """The known roles, compared with goals by meaning, words and characters."""

    def __init__(self, roles: Described) -> None:
        self._texts, self._titles = roles.wholes, roles.titles
        self._whole_vectors, self._title_vectors = roles.whole_vectors, roles.title_vectors
        self._words, self._characters = TfidfIndex(self._texts), CharNgramIndex(self._texts)
        self._title_characters = CharNgramIndex(self._titles)

    def as_goals(self, rows: np.ndarray, held: list[np.ndarray], hidden: list[np.ndarray]) -> Goals:
        """Return the roles of these rows as goals."""
        texts, titles = [self._texts[row] for row in rows], [self._titles[row] for row in rows]
        return Goals(texts, titles, self._whole_vectors[rows], self._title_vectors[rows], held, hidden)

    def roles_near(self, rows: np.ndarray) -> list[int]:
        """Return for each role one of the roles near to it, drawn so that every order of nearness is as likely."""
        chance = np.random.default_rng(SEED)
        farthest = min(FARTHEST_START, len(self._texts))
        nearest = min(NEAREST_START, farthest)
        places = np.exp(chance.uniform(np.log(nearest), np.log(farthest), len(rows))).astype(int)
        nearness = self._whole_vectors[rows] @ self._whole_vectors.T
        nearness[np.arange(len(rows)), rows] = -np.inf
        order = np.argsort(-nearness, axis=1, kind="stable")
        return [int(line[place - 1]) for line, place in zip(order, places, strict=True)]

    def likeness(self, goals: Goals) -> Likeness:
        """Return the likeness of goals to roles, 0..1 each."""
        return {
            "meaning": np.maximum(goals.whole_vectors @ self._whole_vectors.T, 0.0),
            "title": np.maximum(goals.title_vectors @ self._title_vectors.T, 0.0),
            "words": self._words.scores_many(goals.texts),
            "characters": self._characters.scores_many(goals.texts),
            "title_characters": self._title_characters.scores_many(goals.titles),
        }

    def likeness_among(self) -> Likeness:
        """Return the likeness of all roles to one another."""
        every = np.arange(len(self._texts))
        return self.likeness(self.as_goals(every, [], []))


class EntryTexts:
    """The entries, compared with goals and with one another."""

    def __init__(self, entries: Described) -> None:
        self._entries = entries
        self._words, self._characters = TfidfIndex(entries.wholes), CharNgramIndex(entries.wholes)

    @property
    def title_vectors(self) -> np.ndarray:
        return self._entries.title_vectors

    @cached_property
    def _title_characters(self) -> CharNgramIndex:
        return CharNgramIndex(self._entries.titles)

    def likeness(self, goals: Goals, wants: Callable[[str], bool]) -> Likeness:
        """Return how alike goals and all entries are spelled, 0..1 each, in the ways that are wanted."""
        ways: dict[str, Callable[[], np.ndarray]] = {
            "words": lambda: self._words.scores_many(goals.texts),
            "characters": lambda: self._characters.scores_many(goals.texts),
            "title_characters": lambda: self._title_characters.scores_many(goals.titles),
        }
        return {name: compare() for name, compare in ways.items() if wants(name)}

    def meaning(self, goals: Goals, line: int, rows: np.ndarray) -> Likeness:
        """Return how alike one of the goals and some entries are in meaning, 0..1 each, shape (rows,)."""
        titles, wholes = self._entries.title_vectors[rows], self._entries.whole_vectors[rows]
        return {
            "whole_meaning": np.maximum(wholes @ goals.whole_vectors[line], 0.0),
            "title_meaning": np.maximum(titles @ goals.whole_vectors[line], 0.0),
            "titles_alike": np.maximum(titles @ goals.title_vectors[line], 0.0),
        }
