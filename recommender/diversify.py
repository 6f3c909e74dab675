"""Different things to talk about rather than the same one five times."""

import numpy as np

FIT = 0.8  # lambda: how much the score counts against the likeness to what is chosen already


def diversified(scores: np.ndarray, vectors: np.ndarray, k: int, fit: float = FIT) -> list[int]:
    """Return the places of up to `k` candidates in the order to show them; the best one stays first.

    Each next one has the highest `fit` * score - (1 - `fit`) * likeness, where scores are stretched to 0..1 over the
    candidates and likeness is the highest cosine with a chosen one.
    Source: Carbonell and Goldstein, The use of MMR, SIGIR 1998.

    Parameters
    ----------
    scores
        Shape (n,), in the order of ranking (highest first, ties by id), which breaks ties here too.
    vectors
        Unit rows, shape (n, dim); a row of zeros is like nothing.
    """
    if not len(scores):
        return []
    spread = float(scores[0] - scores.min())
    stretched = (scores - scores.min()) / spread if spread > 0 else np.ones(len(scores))
    chosen, likeness = [0], np.zeros(len(scores))
    while len(chosen) < min(k, len(scores)):
        likeness = np.maximum(likeness, vectors @ vectors[chosen[-1]]) if vectors.shape[1] else likeness
        gain = fit * stretched - (1 - fit) * likeness
        gain[chosen] = -np.inf
        chosen.append(int(gain.round(6).argmax()))
    return chosen[:k]
