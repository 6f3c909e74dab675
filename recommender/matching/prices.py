"""What a place with each mentor costs: prices say which pairs can be part of a good answer, and prove how good one is.

For any prices p >= 0, the sum over mentees of max(0, best of worth - p) plus the sum of capacity x p is at least what
any matching is worth (weak duality of the transportation problem).
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from recommender.matching.arcs import Arcs, blocks
from recommender.matching.levels import Levels

MATCH, NOT_POOR = np.float32(1.0), np.float32(0.5)  # in units of score: enough to steer, small enough to find fast
_NOBODY = 1e-9


def soft_worths(scores: np.ndarray, floor: float) -> np.ndarray:
    """Return worths that put matches and their quality before score softly, float32."""
    worths = scores.astype(np.float32) + MATCH
    worths -= np.where(scores < floor, NOT_POOR, np.float32(0))
    return worths


def soft_prices(
    arcs: Arcs, floor: float, capacity: np.ndarray, start: np.ndarray, temperatures: Sequence[float], rounds: int
) -> np.ndarray:
    """Return prices at which mentors are asked for about as often as they have places, float32, shape (mentors,).

    Every mentee spreads over the mentors by softmax((worth - price) / T); a price moves by T log(asked / capacity) and
    never below 0; T falls. Source: Cuturi, Sinkhorn Distances (2013), with capacities as upper bounds.
    """
    prices, worths = start, soft_worths(arcs.scores, floor)
    places = np.maximum(capacity, _NOBODY)
    for temperature in temperatures:
        for _ in range(rounds):
            asked = _asked(arcs, worths, prices, temperature)
            moved = prices + temperature * np.log(np.maximum(asked, _NOBODY) / places)
            prices = np.maximum(moved, 0).astype(np.float32)
    return prices


def soft_bound(scores: csr_array, floor: float, capacity: np.ndarray, prices: np.ndarray) -> float:
    """Return an upper bound on the soft worth of any matching, by these prices over all pairs."""
    gains = [arcs.best_by_row(soft_worths(arcs.scores, floor) - prices[arcs.columns]) for _, arcs in blocks(scores)]
    total = sum(float(np.maximum(gain, 0).sum(dtype=np.float64)) for gain in gains)
    return total + float(capacity @ prices.astype(np.float64))


def exact_prices(arcs: Arcs, worths: np.ndarray, levels: Levels, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest prices that support the best matching, and what each mentee gains by it, both int64.

    A mentor costs at least what the place is worth more to somebody else than what that mentee has now. Followed to the
    end from prices of 0, as Bellman and Ford follow the longest paths, this ends if `chosen` is best among these arcs.

    Parameters
    ----------
    chosen
        Places of the matched pairs within the arcs.
    """
    prices, mentor_of = np.zeros(levels.mentors, dtype=np.int64), np.full(levels.mentees, -1)
    held = np.zeros(levels.mentees, dtype=np.int64)
    held[arcs.rows[chosen]], mentor_of[arcs.rows[chosen]] = worths[chosen], arcs.columns[chosen]
    order = np.lexsort((arcs.rows, arcs.columns))
    rows, worths = arcs.rows[order], worths[order]
    columns, starts = np.unique(arcs.columns[order], return_index=True)
    for _ in range(2 * levels.mentors + 2):  # a path passes each mentor once
        gains = np.where(mentor_of >= 0, held - prices[mentor_of], 0)
        asked = np.maximum.reduceat(worths - gains[rows], starts)
        if (asked <= prices[columns]).all():
            break
        prices[columns] = np.maximum(prices[columns], asked)
    return prices, gains


def gumbel_noise(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return Gumbel noise by pair, float32, always the same for the same pair.

    The k highest of log-weights plus such noise are a draw of k without replacement by these weights.
    Source: Kool et al., Stochastic Beams and Where to Find Them (2019). The hash is Knuth's multiplicative one, mixed.
    """
    mixed = rows.astype(np.uint32) * np.uint32(2654435761) + columns.astype(np.uint32) * np.uint32(2246822519)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(3266489917)
    mixed ^= mixed >> np.uint32(13)
    uniform = (mixed >> np.uint32(9)).astype(np.float32) * np.float32(2**-23) + np.float32(2**-24)
    return np.asarray(-np.log(-np.log(uniform)))


def _asked(arcs: Arcs, worths: np.ndarray, prices: np.ndarray, temperature: float) -> np.ndarray:
    """Return how many mentees ask for each mentor, in parts of them; one may stay out at a worth of 0."""
    shares = worths - prices[arcs.columns]
    best = np.maximum(arcs.best_by_row(shares), 0)
    shares -= arcs.spread(best)
    shares *= np.float32(1 / temperature)
    np.exp(shares, out=shares)
    sums = np.add.reduceat(shares, arcs.starts) + np.exp(-best / np.float32(temperature))
    shares *= arcs.spread(1 / sums)
    return np.bincount(arcs.columns, weights=shares, minlength=len(prices))
