"""Different things to talk about rather than the same one five times.

Measured on the demo company by `python -m benchmarks.nearness`: how often two of the first three topics are near each
other (named as related, or with a cosine above .76 as one pair of a hundred has), what share of the best possible score
and of the fit to own words is kept, and for typed needs how often the topic meant is among five.

| lambda | people: near, score, own words kept | typed needs: near, score kept, among five |
|---|---|---|
| 1 | .53, 1.000, 1.000 | .64, 1.000, .79 |
| .9 | .43, .999, .994 | .53, .987, .78 |
| .8 | .33, .993, .979 | .45, .956, .78 |
| .7 | .20, .984, .939 | .28, .918, .76 |
| .6 | .11, .974, .899 | .15, .865, .74 |

Below .8 people lose topics that answer them for ones that only differ. With the bare cosine as likeness .8 left .48 of
them with a near pair.
"""

from collections.abc import Sequence

import numpy as np

from domain.topics import Topic

FIT = 0.8  # lambda: how much the score counts against the likeness to what is chosen already
FIT_TYPED = 0.9  # who typed one need wants what comes nearest to it, alike or not
_UNLIKE, _ALIKE = 0.5, 0.8  # cosines of any two topics: the median, and what one pair of two hundred passes


def topic_likeness(topics: Sequence[Topic], vectors: np.ndarray) -> np.ndarray:
    """Return how near topics are to each other, 0..1, shape (n, n): 1 where either names the other as related.

    Else it is their cosine, stretched so that two topics of the usual nearness are at 0.

    Parameters
    ----------
    vectors
        Unit rows, shape (n, dim); a row of zeros is like nothing.
    """
    cosines = vectors @ vectors.T if vectors.shape[1] else np.zeros((len(topics), len(topics)))
    related = np.array([[other.id in topic.related_ids for other in topics] for topic in topics], dtype=np.float64)
    related = related.reshape(len(topics), len(topics))
    near = np.clip((cosines - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0, 1.0)
    return np.asarray(np.maximum(near, np.maximum(related, related.T)))


def diversified(scores: np.ndarray, likeness: np.ndarray, k: int, fit: float = FIT) -> list[int]:
    """Return the places of up to `k` candidates in the order to show them; the best one stays first.

    Each next one has the highest `fit` * score - (1 - `fit`) * likeness, where scores are stretched to 0..1 over the
    candidates and likeness is the highest with a chosen one: a near topic comes in where it is far above the rest.
    Source: Carbonell and Goldstein, The use of MMR, SIGIR 1998.

    Parameters
    ----------
    scores
        Shape (n,), in the order of ranking (highest first, ties by id), which breaks ties here too.
    likeness
        0..1, shape (n, n), as from `topic_likeness`.
    """
    if not len(scores):
        return []
    spread = float(scores[0] - scores.min())
    stretched = (scores - scores.min()) / spread if spread > 0 else np.ones(len(scores))
    chosen, nearest = [0], np.zeros(len(scores))
    while len(chosen) < min(k, len(scores)):
        nearest = np.maximum(nearest, likeness[chosen[-1]])
        gain = fit * stretched - (1 - fit) * nearest
        gain[chosen] = -np.inf
        chosen.append(int(gain.round(6).argmax()))
    return chosen[:k]
