"""Roles and entries as arrays, and what each entry looks like seen from the role that a person is heading for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from recommender.evaluate.gap_texts import EntryTexts, Goals, Likeness, RoleTexts
from recommender.evaluate.incidence import incidence
from recommender.evaluate.role_kernel import RoleKernel
from recommender.evaluate.tasks import Encode, SkillGapTask

POOL_SIZE = 300
TWIN_OVERLAP, MOST_TWINS = 0.45, 3
GOALS_AT_ONCE = 64
DEPTHS = (5, 20, 60)
"""How many of the nearest roles vote; few are sharp, many are steady, so each depth is a feature of its own."""
LEADERS = 15
OPTIONAL_WEIGHT = 0.3
HELD_BASE, HELD_BASE_OF_VOTES = 0.5, 0.05
"""What a role counts that shares nothing with what the person holds, beside the share itself."""
RIDGES = {"alike": 0.3, "meaning": 0.5, "characters": 0.2}
FIRST = ("votes.fused_20", "votes.alike_5", "kernel.essential", "kernel.both", "text.words", "text.characters")
"""Which entries are worth a closer look, before anything is learnt: the sum of these, each divided by its best."""
FEATURES = ("votes", "kernel", "text", "held", "kin", "usage")
"""Families of features, as the first part of their names says."""

Named = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The entries worth a closer look for one goal: their rows, named features (rows, features), the first scores."""

    rows: np.ndarray
    names: tuple[str, ...]
    features: np.ndarray
    first_scores: np.ndarray


class GapSpace:
    """Everything that does not depend on the goal, computed once.

    Parameters
    ----------
    without
        Families of `FEATURES` to leave out, to see what each is worth.
    """

    def __init__(self, task: SkillGapTask, encode: Encode, without: frozenset[str] = frozenset()) -> None:
        self._without = without
        self._roles, self._entries = RoleTexts(task.roles, encode), EntryTexts(task.entries, encode)
        row_of = {entry.id: row for row, entry in enumerate(task.entries)}
        self.essential = _named((role.essential for role in task.roles), row_of)
        self._optional = _named((role.optional for role in task.roles), row_of)
        self._either = ((self.essential + self._optional) > 0).astype(np.float64).tocsr()
        self._either_sizes = np.asarray(self._either.sum(axis=1)).ravel()
        self._essential_counts = np.asarray(self.essential.sum(axis=0)).ravel()
        self._optional_counts = np.asarray(self._optional.sum(axis=0)).ravel()
        self._kernels = self._learn_kernels()

    def goals_of_roles(self, rows: np.ndarray) -> Goals:
        """Return known roles as if they were goals nobody knows, each headed for from some role more or less near.

        Each and its twins are hidden from itself: twins share nearly half of all their essential entries or more, and
        learning beside them would teach to copy; only the nearest three, lest a large family teach that kin is no help.
        """
        held = [self._either[row].indices for row in self._roles.roles_near(rows)]
        return self._roles.as_goals(rows, held, [self._twins(row) for row in rows])

    def candidates(self, goals: Goals) -> Iterator[Candidates]:
        """Give for each goal the entries that may fit, at most `POOL_SIZE`, with their features."""
        for start in range(0, len(goals.texts), GOALS_AT_ONCE):
            part = goals.part(slice(start, start + GOALS_AT_ONCE))
            features = self._features(part)
            for line, held in enumerate(part.held):
                yield self._pool({name: values[line] for name, values in features.items()}, held)

    def _learn_kernels(self) -> dict[str, RoleKernel]:
        likeness = self._roles.likeness_among()
        both = (self.essential + OPTIONAL_WEIGHT * self._optional).tocsr()
        alike = _alike(likeness)
        return {
            "essential": RoleKernel(alike, self.essential, RIDGES["alike"]),
            "both": RoleKernel(alike, both, RIDGES["alike"]),
            "meaning": RoleKernel(_by_meaning(likeness), both, RIDGES["meaning"]),
            "characters": RoleKernel(_by_characters(likeness), both, RIDGES["characters"]),
        }

    def _features(self, goals: Goals) -> Named:
        """Return by name what speaks for each entry, shape (goals, entries)."""
        likeness = {name: _hide(values, goals.hidden) for name, values in self._roles.likeness(goals).items()}
        shared = _hide(self._shared(goals), goals.hidden)
        votes = self._votes(likeness, shared)
        return {
            **votes,
            **self._kernel_features(likeness, shared, goals.hidden),
            **{f"text.{name}": values for name, values in self._entries.likeness(goals).items()},
            **self._usage(goals.hidden, votes["votes.fused_60"], goals.held),
        }

    def _shared(self, goals: Goals) -> np.ndarray:
        """Return what each role has in common with what each person holds: Jaccard, shape (goals, roles)."""
        held = incidence([rows.tolist() for rows in goals.held], self._either.shape[1])
        common = (held @ self._either.T).toarray()
        sizes = np.asarray(held.sum(axis=1)).ravel()
        return np.asarray(common / np.maximum(self._either_sizes + sizes[:, None] - common, 1.0))

    def _votes(self, likeness: Likeness, shared: np.ndarray) -> Named:
        """Return what the roles near the goal say of each entry, by each likeness and depth."""
        alike = _alike(likeness)
        fused = likeness["meaning"] + likeness["words"] + likeness["characters"]
        fused = fused + 0.5 * (likeness["title"] + likeness["title_characters"])
        ways = {name: values**2 for name, values in (likeness | {"fused": fused}).items()} | {"alike": alike}
        found = {
            f"votes.{name}_{depth}": _votes(values, depth, self.essential)
            for name, values in ways.items()
            for depth in DEPTHS
        }
        found["votes.optional"] = _votes(fused**2, DEPTHS[1], self._optional)
        found["held.roles"] = _votes(shared**2, DEPTHS[1], self.essential)
        for name, values in {"fused": fused, "alike": alike}.items():
            found[f"held.{name}"] = _votes(values * (shared + HELD_BASE_OF_VOTES), DEPTHS[1], self.essential)
        return found

    def _kernel_features(self, likeness: Likeness, shared: np.ndarray, hidden: list[np.ndarray]) -> Named:
        alike = _alike(likeness)
        return {
            "kernel.essential": self._kernels["essential"].predict(alike, hidden),
            "kernel.both": self._kernels["both"].predict(alike, hidden),
            "held.kernel": self._kernels["both"].predict(alike * (shared + HELD_BASE), hidden),
            "kernel.meaning": self._kernels["meaning"].predict(_by_meaning(likeness), hidden),
            "kernel.characters": self._kernels["characters"].predict(_by_characters(likeness), hidden),
        }

    def _usage(self, hidden: list[np.ndarray], votes: np.ndarray, held: list[np.ndarray]) -> Named:
        """Return how often roles name each entry at all, as essential, with those voted for, with those held."""
        lines = [self._usage_line(*line) for line in zip(hidden, votes, held, strict=True)]
        return {name: np.stack([line[name] for line in lines]) for name in lines[0]}

    def _usage_line(self, hidden: np.ndarray, votes: np.ndarray, held: np.ndarray) -> Named:
        essential = self._essential_counts - np.asarray(self.essential[hidden].sum(axis=0)).ravel()
        optional = self._optional_counts - np.asarray(self._optional[hidden].sum(axis=0)).ravel()
        lengths = np.sqrt(np.maximum(essential, 1.0))
        holds = np.zeros(len(votes))
        holds[held] = 1.0
        return {
            "usage.popular": np.log1p(essential),
            "usage.essential": (essential + 1.0) / (essential + optional + 2.0),
            "kin.together": self._together(votes, lengths, hidden),
            "held.together": self._together(holds, lengths, hidden),
        }

    def _together(self, weights: np.ndarray, lengths: np.ndarray, hidden: np.ndarray) -> np.ndarray:
        """Return for each entry how often roles name it with the weighted ones: summed cosines times weights."""
        roles = self.essential @ (weights / lengths)
        roles[hidden] = 0.0
        return np.asarray(self.essential.T @ roles / lengths)

    def _pool(self, features: Named, held: np.ndarray) -> Candidates:
        """Keep the entries with the best first score, and add how each compares with the others kept."""
        first = np.asarray(sum(_by_best(features[name]) for name in FIRST))
        first[held] = -1.0
        rows = np.argpartition(-first, min(POOL_SIZE, len(first)) - 1)[:POOL_SIZE]
        rows = np.sort(rows[first[rows] >= 0])
        kept = {name: values[rows] for name, values in features.items()}
        kept |= self._kin(rows, kept["kernel.both"], held)
        kept |= {f"{name}_by_best": _by_best(values) for name, values in kept.items() if not name.startswith("usage")}
        kept["kernel.place"] = _by_place(kept["kernel.both"])
        kept["held.place"] = _by_place(kept["held.kernel"])
        names = tuple(sorted(name for name in kept if name.split(".")[0] not in self._without))
        return Candidates(rows, names, np.stack([kept[name] for name in names], axis=1).astype(np.float32), first)

    def _kin(self, rows: np.ndarray, votes: np.ndarray, held: np.ndarray) -> Named:
        """Return how close in meaning each kept entry is to the most wanted ones, and to those held."""
        titles = self._entries.title_vectors
        leaders = np.argsort(-votes, kind="stable")[:LEADERS]
        to_leaders = titles[rows] @ titles[rows[leaders]].T
        weights = np.maximum(votes[leaders], 0.0)
        to_held = titles[rows] @ titles[held].T
        return {
            "kin.leaders": to_leaders @ weights / max(float(weights.sum()), 1e-9),
            "kin.leader": to_leaders.max(axis=1, initial=0.0),
            "held.nearest": to_held.max(axis=1, initial=0.0),
        }

    def _twins(self, row: int) -> np.ndarray:
        sizes = np.asarray(self.essential.sum(axis=1)).ravel()
        shared = (self.essential @ self.essential[row].T).toarray().ravel()
        overlap = shared / np.maximum(sizes + sizes[row] - shared, 1)
        nearest = np.argsort(-overlap, kind="stable")[:MOST_TWINS]
        return np.union1d([row], nearest[overlap[nearest] >= TWIN_OVERLAP])


def _alike(likeness: Likeness) -> np.ndarray:
    """Return the likeness that votes best: what is meant and how it is spelled have to agree."""
    return 3.0 * likeness["meaning"] ** 2 * (likeness["characters"] + 0.15)


def _by_meaning(likeness: Likeness) -> np.ndarray:
    return np.asarray(likeness["meaning"] ** 4)


def _by_characters(likeness: Likeness) -> np.ndarray:
    return np.asarray(likeness["characters"] ** 1.5)


def _votes(weights: np.ndarray, depth: int, incidence_: csr_matrix) -> np.ndarray:
    """Return for each goal and entry the share of the votes of the nearest roles, shape (goals, entries)."""
    count = min(depth, weights.shape[1])
    nearest = np.argpartition(-weights, count - 1, axis=1)[:, :count]
    votes = np.take_along_axis(weights, nearest, axis=1)
    votes = votes / np.maximum(votes.sum(axis=1, keepdims=True), 1e-9)
    starts = np.arange(0, votes.size + 1, count)
    return np.asarray(
        (csr_matrix((votes.ravel(), nearest.ravel(), starts), shape=weights.shape) @ incidence_).toarray()
    )


def _hide(values: np.ndarray, hidden: list[np.ndarray]) -> np.ndarray:
    """Return the likeness with that of the hidden roles at 0."""
    seen = np.array(values)
    for line, rows in enumerate(hidden):
        seen[line, rows] = 0.0
    return seen


def _by_best(values: np.ndarray) -> np.ndarray:
    """Return the values divided by the highest."""
    return np.asarray(values / max(float(values.max(initial=0.0)), 1e-9))


def _by_place(values: np.ndarray) -> np.ndarray:
    """Return 1 / log2(1 + place): what nDCG gives for each place."""
    places = np.empty(len(values))
    places[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return np.asarray(1.0 / np.log2(places + 2.0))


def _named(lists: Iterable[Iterable[str]], row_of: Mapping[str, int]) -> csr_matrix:
    """Return which list names which entry; names of no entry are left out."""
    return incidence(([row_of[name] for name in names if name in row_of] for names in lists), len(row_of))
