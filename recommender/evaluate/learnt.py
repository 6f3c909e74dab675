"""A ranker learnt from examples: features in, how likely an entry is wanted out."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

REGULARISATION = 0.1
FEWEST_EXAMPLES = 20
Example = tuple[np.ndarray, np.ndarray]
"""Features (candidates, features) of one need, and which of its candidates are wanted (candidates,)."""


class LearntRanker:
    """Logistic regression over the features and their square roots, which tell few votes from none.

    Make it with `learn_ranker`.
    """

    def __init__(self, features: np.ndarray, wanted: np.ndarray) -> None:
        self._model = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=500))
        self._model.fit(_with_roots(features), wanted)

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Return for each candidate how likely it is wanted, 0..1, shape (candidates,)."""
        return np.asarray(self._model.predict_proba(_with_roots(features))[:, 1])


def learn_ranker(examples: Sequence[Example]) -> LearntRanker | None:
    """Return a ranker; None where there is too little to learn from: few examples, or nothing else than wanted."""
    telling = [(features, wanted) for features, wanted in examples if wanted.any() and not wanted.all()]
    if len(telling) < FEWEST_EXAMPLES:
        return None
    wanted = np.concatenate([wanted for _, wanted in examples])
    return LearntRanker(np.vstack([features for features, _ in examples]), wanted)


def _with_roots(features: np.ndarray) -> np.ndarray:
    return np.hstack([features, np.sqrt(np.maximum(features, 0.0))])
