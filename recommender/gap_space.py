"""Roles and entries as arrays, and what each entry looks like seen from the role that a person is heading for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from recommender.gap_texts import Described, EntryTexts, Goals, Likeness, RoleTexts
from recommender.incidence import incidence
from recommender.role_kernel import RoleKernel, called_for, learn_kernel

TWIN_OVERLAP, MOST_TWINS = 0.45, 3
GOALS_AT_ONCE = 64
DEPTHS = (5, 20, 60)
"""How many of the nearest roles vote; few are sharp, many are steady, so each depth is a feature of its own."""
LEADERS = 15
OPTIONAL_WEIGHT = 0.3
HELD_BASE, HELD_BASE_OF_VOTES = 0.5, 0.05
"""What a role counts that shares nothing with what the person holds, beside the share itself."""
RIDGES = {"alike": 0.3, "meaning": 0.5, "characters": 0.2}
KERNELS = {
    "kernel.essential": "alike",
    "kernel.both": "alike",
    "kernel.meaning": "meaning",
    "kernel.characters": "characters",
}
"""Which likeness of roles each of these features is learnt from."""
FIRST = ("votes.fused_20", "votes.alike_5", "kernel.essential", "kernel.both", "text.words", "text.characters")
"""Which entries are worth a closer look, before anything is learnt: the sum of these, each divided by its best."""
FEATURES = ("votes", "kernel", "text", "held", "kin", "usage")
"""Families of features, as the first part of their names says."""

BASES = frozenset({*FIRST, "votes.fused_60", "kernel.both"})
"""Features that are worked out whoever asks: others are made from them."""

Named = dict[str, np.ndarray]
Wants = Callable[[str], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The entries worth a closer look for one goal: their rows, named features (rows, features), the first scores."""

    rows: np.ndarray
    names: tuple[str, ...]
    features: np.ndarray
    first_scores: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Required:
    """Which roles require which entries, and which they merely like: 0 or 1, shape (roles, entries) each."""

    essential: csr_matrix
    optional: csr_matrix


class GapSpace:
    """Everything that does not depend on the goal, computed once.

    Parameters
    ----------
    wants
        Says by name which features are asked for.
    pool_size
        How many entries are looked at closely for one goal.
    kernels
        By likeness, learnt before from the same roles; None learns them.
    """

    def __init__(
        self,
        roles: Described,
        entries: Described,
        required: Required,
        wants: Wants,
        pool_size: int,
        kernels: Mapping[str, RoleKernel] | None = None,
    ) -> None:
        self._wants, self._pool_size = wants, pool_size
        self._wants_held = wants("held.kernel")
        self._roles, self._entries = RoleTexts(roles), EntryTexts(entries)
        self.essential, self._optional = required.essential, required.optional
        self._either = ((self.essential + self._optional) > 0).astype(np.float64).tocsr()
        self._both = (self.essential + OPTIONAL_WEIGHT * self._optional).tocsr()
        self._either_sizes = np.asarray(self._either.sum(axis=1)).ravel()
        self._essential_counts = np.asarray(self.essential.sum(axis=0)).ravel()
        self._optional_counts = np.asarray(self._optional.sum(axis=0)).ravel()
        self.kernels = kernels if kernels is not None else self._learn_kernels()

    def goals_of_roles(self, rows: np.ndarray) -> Goals:
        """Return known roles as if they were goals nobody knows, each headed for from some role more or less near.

        Each and its twins are hidden from itself: twins share nearly half of all their essential entries or more, and
        learning beside them would teach to copy; only the nearest three, lest a large family teach that kin is no help.
        """
        held = [self._either[row].indices for row in self._roles.roles_near(rows)]
        return self._roles.as_goals(rows, held, [self.twins(row) for row in rows])

    def candidates(self, goals: Goals) -> Iterator[Candidates]:
        """Give for each goal the entries that may fit, at most `pool_size`, with their features."""
        for start in range(0, len(goals.texts), GOALS_AT_ONCE):
            part = goals.part(slice(start, start + GOALS_AT_ONCE))
            features = self._features(part)
            for line in range(len(part.texts)):
                yield self._pool({name: values[line] for name, values in features.items()}, part, line)

    def _needs(self, name: str) -> bool:
        """Say whether the feature is asked for, or another that is made from it."""
        return name in BASES or self._wants(name) or self._wants(f"{name}_by_best")

    def _learn_kernels(self) -> dict[str, RoleKernel]:
        likeness = self._roles.likeness_among()
        ways = sorted({way for name, way in KERNELS.items() if self._needs(name)})
        return {way: learn_kernel(_KERNEL_LIKENESS[way](likeness), RIDGES[way]) for way in ways}

    def _features(self, goals: Goals) -> Named:
        """Return by name what speaks for each entry, shape (goals, entries)."""
        likeness = {name: _hide(values, goals.hidden) for name, values in self._roles.likeness(goals).items()}
        votes = self._votes(likeness)
        texts = self._entries.likeness(goals, lambda name: self._needs(f"text.{name}"))
        return {
            **votes,
            **self._kernel_features(likeness, goals.hidden),
            **(self._held_features(likeness, goals) if self._wants_held else {}),
            **{f"text.{name}": values for name, values in texts.items()},
            **self._usage(goals.hidden, votes["votes.fused_60"], goals.held),
        }

    def _shared(self, goals: Goals) -> np.ndarray:
        """Return what each role has in common with what each person holds: Jaccard, shape (goals, roles)."""
        held = incidence([rows.tolist() for rows in goals.held], self._either.shape[1])
        common = (held @ self._either.T).toarray()
        sizes = np.asarray(held.sum(axis=1)).ravel()
        return np.asarray(common / np.maximum(self._either_sizes + sizes[:, None] - common, 1.0))

    def _votes(self, likeness: Likeness) -> Named:
        """Return what the roles near the goal say of each entry, by each likeness and depth."""
        fused = _fused(likeness)
        ways = {name: values**2 for name, values in (likeness | {"fused": fused}).items()} | {"alike": _alike(likeness)}
        found = {
            f"votes.{name}_{depth}": _votes(values, depth, self.essential)
            for name, values in ways.items()
            for depth in DEPTHS
            if self._needs(f"votes.{name}_{depth}")
        }
        if self._needs("votes.optional"):
            found["votes.optional"] = _votes(fused**2, DEPTHS[1], self._optional)
        return found

    def _kernel_features(self, likeness: Likeness, hidden: list[np.ndarray]) -> Named:
        shares = {way: kernel.shares(_KERNEL_LIKENESS[way](likeness), hidden) for way, kernel in self.kernels.items()}
        return {
            name: called_for(shares[way], self.essential if name == "kernel.essential" else self._both)
            for name, way in KERNELS.items()
            if way in shares
        }

    def _held_features(self, likeness: Likeness, goals: Goals) -> Named:
        """Return what roles say that share something with what the person holds."""
        alike, shared = _alike(likeness), _hide(self._shared(goals), goals.hidden)
        found = {"held.roles": _votes(shared**2, DEPTHS[1], self.essential)}
        for name, values in {"fused": _fused(likeness), "alike": alike}.items():
            found[f"held.{name}"] = _votes(values * (shared + HELD_BASE_OF_VOTES), DEPTHS[1], self.essential)
        shares = self.kernels["alike"].shares(alike * (shared + HELD_BASE), goals.hidden)
        return found | {"held.kernel": called_for(shares, self._both)}

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

    def _pool(self, features: Named, goals: Goals, line: int) -> Candidates:
        """Keep the entries with the best first score, and add how each compares with the others kept."""
        held = goals.held[line]
        first = np.asarray(sum(_by_best(features[name]) for name in FIRST))
        first[held] = -1.0
        rows = np.argpartition(-first, min(self._pool_size, len(first)) - 1)[: self._pool_size]
        rows = np.sort(rows[first[rows] >= 0])
        kept = {name: values[rows] for name, values in features.items()}
        kept |= {f"text.{name}": values for name, values in self._entries.meaning(goals, line, rows).items()}
        kept |= self._kin(rows, kept["kernel.both"], held)
        kept |= {f"{name}_by_best": _by_best(values) for name, values in kept.items() if not name.startswith("usage")}
        kept["kernel.place"] = _by_place(kept["kernel.both"])
        if self._wants_held:
            kept["held.place"] = _by_place(kept["held.kernel"])
        names = tuple(sorted(filter(self._wants, kept)))
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

    def twins(self, row: int) -> np.ndarray:
        """Return the rows of the role and of its twins."""
        sizes = np.asarray(self.essential.sum(axis=1)).ravel()
        shared = (self.essential @ self.essential[row].T).toarray().ravel()
        overlap = shared / np.maximum(sizes + sizes[row] - shared, 1)
        nearest = np.argsort(-overlap, kind="stable")[:MOST_TWINS]
        return np.union1d([row], nearest[overlap[nearest] >= TWIN_OVERLAP])


def _fused(likeness: Likeness) -> np.ndarray:
    fused = likeness["meaning"] + likeness["words"] + likeness["characters"]
    return np.asarray(fused + 0.5 * (likeness["title"] + likeness["title_characters"]))


def _alike(likeness: Likeness) -> np.ndarray:
    """Return the likeness that votes best: what is meant and how it is spelled have to agree."""
    return 3.0 * likeness["meaning"] ** 2 * (likeness["characters"] + 0.15)


def _by_meaning(likeness: Likeness) -> np.ndarray:
    return np.asarray(likeness["meaning"] ** 4)


def _by_characters(likeness: Likeness) -> np.ndarray:
    return np.asarray(likeness["characters"] ** 1.5)


_KERNEL_LIKENESS = {"alike": _alike, "meaning": _by_meaning, "characters": _by_characters}


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
