"""Roles and entries as arrays, and what each entry looks like seen from the role that a person is heading for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from recommender.evaluate.incidence import incidence
from recommender.evaluate.tasks import Encode, Entry, KnownRole, SkillGapTask
from recommender.fusion import weighted_sum
from recommender.lexical import CharNgramIndex, TfidfIndex

POOL_SIZE = 300
TWIN_OVERLAP, MOST_TWINS = 0.25, 3
FARTHEST_START = 800
SEED = 0
DEPTHS = (5, 20, 60)
"""How many of the nearest roles vote; few are sharp, many are steady, so each depth is a feature of its own."""
FIRST_WEIGHTS = {"fused_5": 1.0, "fused_20": 1.0, "fused_60": 1.0, "words": 1.0, "whole_meaning": 1.0}
"""Which entries are worth a closer look, before anything is learnt."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The entries worth a closer look for one goal: their rows, their features (rows, features), the first scores."""

    rows: np.ndarray
    features: np.ndarray
    first_scores: np.ndarray


class GapSpace:
    """Everything that does not depend on the goal, computed once."""

    def __init__(self, task: SkillGapTask, encode: Encode) -> None:
        self._roles = _RoleTexts(task.roles, encode)
        self._entries = _EntryTexts(task.entries, encode)
        row_of = {entry.id: row for row, entry in enumerate(task.entries)}
        self.essential = _named((role.essential for role in task.roles), row_of)
        self._optional = _named((role.optional for role in task.roles), row_of)
        self._named_by = np.asarray(self.essential.sum(axis=0)).ravel()

    def goals_of_roles(self, rows: np.ndarray) -> Goals:
        """Return known roles as if they were goals nobody knows, each headed for from some role more or less near.

        Each and its twins are hidden from itself: twins share a quarter of all their essential entries or more, and
        learning beside them would teach to copy; only the nearest three, lest a large family teach that kin is no help.
        """
        left = self._roles.roles_near(rows)
        held = [np.union1d(self.essential[row].indices, self._optional[row].indices) for row in left]
        return self._roles.as_goals(rows, held, [self._twins(row) for row in rows])

    def candidates(self, goals: Goals) -> Iterator[Candidates]:
        """Give for each goal the entries that may fit, at most `POOL_SIZE`, with their features."""
        near_roles, near_entries = self._roles.similarities(goals), self._entries.similarities(goals)
        for line, (held, hidden) in enumerate(zip(goals.held, goals.hidden, strict=True)):
            by_roles = {name: _without(values[line], hidden) for name, values in near_roles.items()}
            by_entries = {name: values[line] for name, values in near_entries.items()}
            yield self._pool(self._voted(by_roles, hidden) | by_entries, held)

    def _voted(self, similar: dict[str, np.ndarray], hidden: np.ndarray) -> dict[str, np.ndarray]:
        """Return by feature what the roles near the goal say of each entry."""
        fused = similar["meaning"] + similar["words"] + 0.5 * similar["title"]
        features = {
            f"{name}_{depth}": _votes(values, depth, self.essential)
            for name, values in (similar | {"fused": fused}).items()
            for depth in DEPTHS
        }
        features["optional"] = _votes(fused, 20, self._optional)
        features["together"] = self._together(features["fused_60"], hidden)
        return features

    def _together(self, votes: np.ndarray, hidden: np.ndarray) -> np.ndarray:
        """Return for each entry how often roles name it with the ones voted for: summed cosines, weighted by votes."""
        named = self._named_by - np.asarray(self.essential[hidden].sum(axis=0)).ravel()
        lengths = np.sqrt(np.maximum(named, 1.0))
        roles = _without(self.essential @ (votes / lengths), hidden)
        return np.asarray(self.essential.T @ roles / lengths)

    def _pool(self, features: dict[str, np.ndarray], held: np.ndarray) -> Candidates:
        """Keep the entries with the best first score, and add how close each is in meaning to the ones voted for."""
        first = weighted_sum(features, FIRST_WEIGHTS)
        first[held] = -1.0
        rows = np.argpartition(-first, min(POOL_SIZE, len(first)) - 1)[:POOL_SIZE]
        rows = rows[first[rows] >= 0]
        votes = features["fused_60"]
        leaders = rows[np.argsort(-votes[rows], kind="stable")[:15]]
        kinship = self._entries.titles[rows] @ self._entries.titles[leaders].T
        weighted = kinship @ votes[leaders] / max(float(votes[leaders].sum()), 1e-9)
        columns = [features[name][rows] for name in sorted(features)]
        return Candidates(rows, np.stack([*columns, weighted, kinship.max(axis=1)], axis=1), first)

    def _twins(self, row: int) -> np.ndarray:
        sizes = np.asarray(self.essential.sum(axis=1)).ravel()
        shared = (self.essential @ self.essential[row].T).toarray().ravel()
        overlap = shared / np.maximum(sizes + sizes[row] - shared, 1)
        nearest = np.argsort(-overlap, kind="stable")[:MOST_TWINS]
        return np.union1d([row], nearest[overlap[nearest] >= TWIN_OVERLAP])


class _RoleTexts:
    def __init__(self, roles: tuple[KnownRole, ...], encode: Encode) -> None:
        self._texts, self._titles = [role.whole for role in roles], [role.title for role in roles]
        self._whole_vectors, self._title_vectors = encode(self._texts), encode(self._titles)
        self._words, self._characters = TfidfIndex(self._texts), CharNgramIndex(self._titles)

    def as_goals(self, rows: np.ndarray, held: list[np.ndarray], hidden: list[np.ndarray]) -> Goals:
        texts, titles = [self._texts[row] for row in rows], [self._titles[row] for row in rows]
        return Goals(texts, titles, self._whole_vectors[rows], self._title_vectors[rows], held, hidden)

    def roles_near(self, rows: np.ndarray) -> list[int]:
        """Return for each role one of the roles nearest to it, drawn so that every order of nearness is as likely."""
        chance = np.random.default_rng(SEED)
        places = np.exp(chance.uniform(0.0, np.log(min(FARTHEST_START, len(self._texts))), len(rows))).astype(int)
        nearness = self._whole_vectors[rows] @ self._whole_vectors.T
        nearness[np.arange(len(rows)), rows] = -np.inf
        order = np.argsort(-nearness, axis=1, kind="stable")
        return [int(line[place - 1]) for line, place in zip(order, places, strict=True)]

    def similarities(self, goals: Goals) -> dict[str, np.ndarray]:
        return {
            "meaning": goals.whole_vectors @ self._whole_vectors.T,
            "words": self._words.scores_many(goals.texts),
            "title": goals.title_vectors @ self._title_vectors.T,
            "title_characters": self._characters.scores_many(goals.titles),
        }


class _EntryTexts:
    def __init__(self, entries: tuple[Entry, ...], encode: Encode) -> None:
        titles, wholes = [entry.title for entry in entries], [entry.whole for entry in entries]
        self.titles, self._wholes = encode(titles), encode(wholes)
        self._words, self._title_words = TfidfIndex(wholes), TfidfIndex(titles)
        self._characters = CharNgramIndex(titles)

    def similarities(self, goals: Goals) -> dict[str, np.ndarray]:
        return {
            "title_meaning": goals.whole_vectors @ self.titles.T,
            "whole_meaning": goals.whole_vectors @ self._wholes.T,
            "titles_alike": goals.title_vectors @ self.titles.T,
            "words": self._words.scores_many(goals.texts),
            "title_words": self._title_words.scores_many(goals.texts),
            "characters": self._characters.scores_many(goals.titles),
        }


def _votes(similar: np.ndarray, depth: int, incidence: csr_matrix) -> np.ndarray:
    """Return for each entry the share of the votes of the nearest roles, each by its similarity squared."""
    voters = np.argpartition(-similar, min(depth, len(similar)) - 1)[:depth]
    weights = np.maximum(similar[voters], 0.0) ** 2
    return np.asarray(incidence[voters].T @ (weights / max(float(weights.sum()), 1e-9)))


def _without(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    kept = np.array(values)
    kept[rows] = 0.0
    return kept


def _named(lists: Iterable[Iterable[str]], row_of: Mapping[str, int]) -> csr_matrix:
    """Return which list names which entry; names of no entry are left out."""
    return incidence(([row_of[name] for name in names if name in row_of] for names in lists), len(row_of))
