"""A ranker learnt from examples: features in, how likely an entry is wanted out."""

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

REGULARISATION = 0.01
FEWEST_EXAMPLES, FEWEST_FOR_TREES = 20, 200
LINE_SHARE = 0.25
TREE_SEEDS = 3  # which features a tree may look at is drawn: several draws are steadier than one
FEWEST_WANTED = 3
"""An example counts as one whatever it wants, but not more than thrice as much per wanted entry as one of three."""
Example = tuple[np.ndarray, np.ndarray]
"""Features (candidates, features) of one need, and which of its candidates are wanted (candidates,)."""


class LearntRanker:
    """A logistic regression over the features and their square roots, which tell few votes from none, and trees.

    Their log-odds are added: the line holds where examples are few, the trees see what only counts together.
    Make it with `learn_ranker`.
    """

    def __init__(self, features: np.ndarray, wanted: np.ndarray, weights: np.ndarray, *, with_trees: bool) -> None:
        self._line = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=500))
        self._line.fit(_with_roots(features), wanted, logisticregression__sample_weight=weights)
        seeds = range(TREE_SEEDS if with_trees else 0)
        self._trees = [_trees(seed).fit(features, wanted, sample_weight=weights) for seed in seeds]

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Return for each candidate how likely it is wanted, 0..1, shape (candidates,)."""
        odds = self._line.decision_function(_with_roots(features))
        if self._trees:
            by_trees = np.mean([trees.decision_function(features) for trees in self._trees], axis=0)
            odds = LINE_SHARE * odds + (1 - LINE_SHARE) * by_trees
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def learn_ranker(examples: Sequence[Example]) -> LearntRanker | None:
    """Return a ranker; None where there is too little to learn from: few examples, or nothing else than wanted."""
    telling = [(features, wanted) for features, wanted in examples if wanted.any() and not wanted.all()]
    if len(telling) < FEWEST_EXAMPLES:
        return None
    features = np.vstack([features for features, _ in examples])
    wanted = np.concatenate([wanted for _, wanted in examples])
    weights = np.concatenate([np.full(len(wanted), 1.0 / max(wanted.sum(), FEWEST_WANTED)) for _, wanted in examples])
    return LearntRanker(features, wanted, weights / weights.mean(), with_trees=len(telling) >= FEWEST_FOR_TREES)


def _trees(seed: int) -> HistGradientBoostingClassifier:
    """Return small, held-back trees: larger ones fit the known roles better and new ones worse."""
    return HistGradientBoostingClassifier(
        max_iter=100,
        learning_rate=0.07,
        max_leaf_nodes=8,
        min_samples_leaf=150,
        l2_regularization=20.0,
        max_features=0.3,
        early_stopping=False,
        random_state=seed,
    )


def _with_roots(features: np.ndarray) -> np.ndarray:
    return np.hstack([features, np.sqrt(np.maximum(features, 0.0))])
