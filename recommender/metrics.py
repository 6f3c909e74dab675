"""How good a ranking is: small value objects, each worked out by hand in its own example."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Protocol

import numpy as np
from scipy.stats import rankdata

from domain.errors import InvalidInput

Grades = Mapping[str, int]


class Metric(Protocol):
    """The worth of one ranking, 0 (worst) to 1; the worth of a system is the mean over needs."""

    @property
    def name(self) -> str:
        """As written in `task.json`."""

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float: ...


@dataclass(frozen=True, slots=True)
class MRR:
    """One divided by the rank of the first relevant id, 0 where there is none.

    >>> MRR()(["a", "b", "c"], {"b": 1, "c": 1})  # first hit at rank 2: 1 / 2
    0.5
    """

    @property
    def name(self) -> str:
        return "mrr"

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float:
        return next((1 / rank for rank, key in enumerate(ranked_ids, 1) if relevant.get(key, 0) > 0), 0.0)


@dataclass(frozen=True, slots=True)
class RPrecision:
    """Hits among the first k, divided by the most that there could be: min(k, relevant ids).

    >>> RPrecision(5)(["a", "b", "c"], {"b": 1, "x": 1, "y": 1})  # one hit of three possible: 1 / 3
    0.3333333333333333
    """

    k: int

    @property
    def name(self) -> str:
        return f"rp@{self.k}"

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float:
        most = min(self.k, _number_relevant(relevant))
        return _hits(ranked_ids, relevant, self.k) / most if most else 0.0


@dataclass(frozen=True, slots=True)
class NDCG:
    """Gains 2^grade - 1 discounted by log2(rank + 1), divided by those of the best order possible.

    Source: Burges et al., Learning to Rank using Gradient Descent (2005); Jarvelin and Kekalainen (2002).

    >>> NDCG(10)(["a", "b"], {"b": 1})  # one id, at rank 2 instead of 1: 1 / log2(3)
    0.6309297535714575
    >>> NDCG(10)(["a", "b"], {"a": 1, "b": 2})  # (1 + 3 / log2(3)) / (3 + 1 / log2(3))
    0.7967075809905066
    """

    k: int

    @property
    def name(self) -> str:
        return f"ndcg@{self.k}"

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float:
        best = self._discounted(sorted(relevant.values(), reverse=True))
        return self._discounted(relevant.get(key, 0) for key in ranked_ids[: self.k]) / best if best else 0.0

    def _discounted(self, grades: Iterable[int]) -> float:
        return sum((2.0**grade - 1.0) / log2(rank + 1) for rank, grade in enumerate(grades, 1) if rank <= self.k)


@dataclass(frozen=True, slots=True)
class Recall:
    """The part of the relevant ids that stands among the first k.

    >>> Recall(2)(["a", "b", "c"], {"a": 1, "c": 1, "x": 1, "y": 1})  # one of four: 1 / 4
    0.25
    """

    k: int

    @property
    def name(self) -> str:
        return f"recall@{self.k}"

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float:
        count = _number_relevant(relevant)
        return _hits(ranked_ids, relevant, self.k) / count if count else 0.0


@dataclass(frozen=True, slots=True)
class HitRate:
    """1 where at least one relevant id stands among the first k, else 0.

    >>> HitRate(2)(["a", "b", "c"], {"b": 1}), HitRate(1)(["a", "b", "c"], {"b": 1})
    (1.0, 0.0)
    """

    k: int

    @property
    def name(self) -> str:
        return f"hr@{self.k}"

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float:
        return float(_hits(ranked_ids, relevant, self.k) > 0)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """1 where the first id is relevant, else 0.

    >>> Accuracy()(["a", "b"], {"a": 1}), Accuracy()(["b", "a"], {"a": 1})
    (1.0, 0.0)
    """

    @property
    def name(self) -> str:
        return "accuracy"

    def __call__(self, ranked_ids: Sequence[str], relevant: Grades) -> float:
        return HitRate(1)(ranked_ids, relevant)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The part of all entries that stands among the first k of at least one ranking: a figure of all rankings at once.

    >>> Coverage(2, entries=4).over([["a", "b", "c"], ["b", "a"]])  # a and b, of four: 2 / 4
    0.5
    """

    k: int
    entries: int

    @property
    def name(self) -> str:
        return f"coverage@{self.k}"

    def over(self, rankings: Iterable[Sequence[str]]) -> float:
        """Return the part of the entries that any of the rankings shows."""
        shown = {key for ranked_ids in rankings for key in ranked_ids[: self.k]}
        return len(shown) / self.entries if self.entries else 0.0

    def shares(self, rankings: Sequence[Sequence[str]]) -> np.ndarray:
        """Return a value for each ranking; their mean is the coverage, their spread says how sure it is.

        Drawn with replacement, rankings can only lose entries, so the bootstrap of coverage itself would lie too low.
        A ranking counts by what the coverage loses without it: the entries that it alone shows.
        Source: Efron and Stein, The Jackknife Estimate of Variance (1981); Heltshe and Forrester (1983) for richness.

        >>> Coverage(2, entries=4).shares([["a", "b"], ["b", "c"], ["b", "a"]])  # c is shown by the second alone
        array([0.58333333, 1.08333333, 0.58333333])
        """
        counts = Counter(key for ranked_ids in rankings for key in ranked_ids[: self.k])
        alone = [sum(counts[key] == 1 for key in ranked_ids[: self.k]) for ranked_ids in rankings]
        lost = np.array(alone, dtype=np.float64) / max(self.entries, 1)
        return np.asarray(self.over(rankings) + (len(rankings) - 1) * (lost - lost.mean()))


_PLAIN: dict[str, Metric] = {"mrr": MRR(), "accuracy": Accuracy()}
_AT_K: dict[str, type[RPrecision | NDCG | Recall | HitRate]] = {
    "rp": RPrecision,
    "ndcg": NDCG,
    "recall": Recall,
    "hr": HitRate,
}
KNOWN = "mrr, accuracy, rp@K, ndcg@K, recall@K, hr@K, coverage@K"


def parse_metric(name: str, entries: int = 0) -> Metric | Coverage:
    """Return the metric of a name such as "ndcg@10".

    Parameters
    ----------
    entries
        How many there are to rank; only coverage asks.

    Raises
    ------
    InvalidInput
        If there is no such metric; the text names those that there are.
    """
    if name in _PLAIN:
        return _PLAIN[name]
    parts = re.fullmatch(r"([a-z]+)@([1-9]\d*)", name)
    if parts and parts[1] == "coverage":
        return Coverage(int(parts[2]), entries)
    if parts is None or parts[1] not in _AT_K:
        raise InvalidInput("metric", f"be one of {KNOWN}", name, "Correct `metrics` in task.json.")
    return _AT_K[parts[1]](int(parts[2]))


def spearman(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the correlation of ranks over the last axis, -1 to 1, equal values sharing their mean rank.

    It is 0 where one side never varies.
    Source: Spearman, The Proof and Measurement of Association between Two Things (1904).

    >>> float(spearman(np.array([1, 2, 3]), np.array([10, 30, 20])))  # 1 - 6 (0 + 1 + 1) / (3 (9 - 1))
    0.5
    """
    ranks = [rankdata(values, axis=-1) for values in (first, second)]
    centred = [values - values.mean(axis=-1, keepdims=True) for values in ranks]
    spread = np.sqrt((centred[0] ** 2).sum(axis=-1) * (centred[1] ** 2).sum(axis=-1))
    together = (centred[0] * centred[1]).sum(axis=-1)
    return np.asarray(together / np.where(spread > 0, spread, 1.0))


def gini(amounts: Sequence[float] | np.ndarray) -> float:
    """Return how unequally something is shared: 0 where all have the same, (n - 1) / n where one of n has all.

    Amounts are 0 or more; 0 where there is nothing to share.
    Source: Gini, Variabilità e mutabilità (1912), by ranks: 2 sum(i x_i) / (n sum(x)) - (n + 1) / n, x ascending.

    >>> gini([1, 3])  # 2 (1 + 6) / (2 * 4) - 3 / 2
    0.25
    """
    ordered = np.sort(np.asarray(amounts, dtype=np.float64))
    count, total = len(ordered), ordered.sum()
    if not total:
        return 0.0
    return float(2 * (np.arange(1, count + 1) @ ordered) / (count * total) - (count + 1) / count)


def top_share(amounts: Sequence[float] | np.ndarray, part: float = 0.1) -> float:
    """Return the share of all that the part of owners with the most has, at least one of them; 0 of nothing.

    >>> top_share([6, 1, 1, 1, 1, 0, 0, 0, 0, 0])  # one of ten has 6 of 10
    0.6
    """
    ordered = np.sort(np.asarray(amounts, dtype=np.float64))[::-1]
    total = ordered.sum()
    return float(ordered[: max(1, round(part * len(ordered)))].sum() / total) if total else 0.0


def _number_relevant(relevant: Grades) -> int:
    return sum(grade > 0 for grade in relevant.values())


def _hits(ranked_ids: Sequence[str], relevant: Grades, k: int) -> int:
    return sum(relevant.get(key, 0) > 0 for key in ranked_ids[:k])
