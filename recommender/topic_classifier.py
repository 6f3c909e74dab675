"""What tells topics apart: a linear classifier over the embeddings of their texts, learnt whenever the catalog changes.

The nearest text says which topic sounds like a need; the classifier says which directions of the embedding space
decide between topics that sound alike. Multinomial logistic regression; what each part of a similarity adds is
measured by `python -m benchmarks.blind_needs` (docs/decisions/0005-topic-matching.md).
"""

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

_STEPS = 40
_STRENGTH = 5.0  # the inverse of the L2 penalty over the whole sum of losses, as scikit-learn's C
_FARTHEST = 12.0  # log-probabilities below -12 say no more than that


def learn_topics(vectors: np.ndarray, owners: np.ndarray, owner_count: int) -> np.ndarray:
    """Return weights of shape (owner_count, dim + 1), the last column being the bias; the same for the same input.

    Parameters
    ----------
    vectors
        Unit rows, shape (n, dim).
    owners
        Which topic each row speaks for, shape (n,).
    """
    rows, ones = np.arange(len(owners)), np.ones((len(owners), 1), dtype=np.float32)
    inputs = np.hstack([vectors.astype(np.float32), ones])
    penalty = np.full(inputs.shape[1], 1 / (_STRENGTH * len(owners)), dtype=np.float32)
    penalty[-1] = 0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(owner_count, -1).astype(np.float32)
        logs = log_softmax(inputs @ weights.T, axis=1)
        value = -logs[rows, owners].mean() + (weights**2 @ penalty).sum() / 2
        errors = np.exp(logs)
        errors[rows, owners] -= 1
        slope = errors.T @ inputs / len(owners) + weights * penalty
        return float(value), slope.ravel().astype(np.float64)

    start = np.zeros(owner_count * inputs.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return np.asarray(found.x.reshape(owner_count, -1), dtype=np.float32)


def topic_likelihoods(weights: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return by topic how likely a text with this vector speaks of it: 1 + log p / 12, from 0 to 1.

    Parameters
    ----------
    vectors
        One, shape (dim,), or a row each, shape (m, dim); what is returned has shape (n,) or (m, n).
    """
    logs = log_softmax(vectors @ weights[:, :-1].T + weights[:, -1], axis=-1)
    return np.asarray(np.clip(1 + logs / _FARTHEST, 0.0, 1.0))
