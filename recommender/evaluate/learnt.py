"""A ranker learnt from examples: features in, how likely an entry is wanted out."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

REGULARISATION = 0.1
Example = tuple[np.ndarray, np.ndarray]
"""Features (candidates, features) of one need, and which of its candidates are wanted (candidates,)."""


class LearntRanker:
    """Logistic regression over the features and their square roots, which tell few votes from none."""

    def __init__(self, examples: Sequence[Example]) -> None:
        features = np.vstack([_with_roots(features) for features, _ in examples])
        wanted = np.concatenate([wanted for _, wanted in examples])
        self._model = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=500))
        self._model.fit(features, wanted)

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Return for each candidate how likely it is wanted, 0..1, shape (candidates,)."""
        return np.asarray(self._model.predict_proba(_with_roots(features))[:, 1])


def _with_roots(features: np.ndarray) -> np.ndarray:
    return np.hstack([features, np.sqrt(np.maximum(features, 0.0))])
