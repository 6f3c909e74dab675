"""A ranker learnt from examples: features in, how likely an entry is wanted out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from recommender.trees import Trees, joined, read_trees

REGULARISATION = 0.01
FEWEST_EXAMPLES, FEWEST_FOR_TREES = 20, 200
LINE_SHARE = 0.25
TREE_SEEDS = 3  # which features a tree may look at is drawn: several draws are steadier than one
FEWEST_WANTED = 3
"""An example counts as one whatever it wants, but not more than thrice as much per wanted entry as one of three."""
Example = tuple[np.ndarray, np.ndarray]
"""Features (candidates, features) of one need, and which of its candidates are wanted (candidates,)."""


@dataclass(frozen=True, slots=True, eq=False)
class LearntRanker:
    """A logistic regression over the features and their square roots, which tell few votes from none, and trees.

    Their log-odds are added: the line holds where examples are few, the trees see what only counts together.
    Make it with `learn_ranker`.

    Parameters
    ----------
    line
        Mean, scale and weight of each feature and root, and last a column (0, 1, bias): shape (3, 2 features + 1).
    trees
        Shape (trees, nodes, 5) as `Trees` keeps them; none where examples were few.
    """

    line: np.ndarray
    trees: np.ndarray

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Return for each candidate how likely it is wanted, 0..1, shape (candidates,)."""
        means, scales, weights = self.line[:, :-1]
        odds = (_with_roots(features) - means) / scales @ weights + self.line[2, -1]
        if len(self.trees):
            odds = LINE_SHARE * odds + (1 - LINE_SHARE) * Trees(self.trees).sums(features)
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def learn_ranker(examples: Sequence[Example], tree_seeds: int = TREE_SEEDS) -> LearntRanker | None:
    """Return a ranker; None where there is too little to learn from: few examples, or nothing else than wanted."""
    telling = [(features, wanted) for features, wanted in examples if wanted.any() and not wanted.all()]
    if len(telling) < FEWEST_EXAMPLES:
        return None
    features = np.vstack([features for features, _ in examples])
    wanted = np.concatenate([wanted for _, wanted in examples])
    weights = np.concatenate([np.full(len(wanted), 1.0 / max(wanted.sum(), FEWEST_WANTED)) for _, wanted in examples])
    weights = weights / weights.mean()
    seeds = range(tree_seeds if len(telling) >= FEWEST_FOR_TREES else 0)
    trees = [_learn_trees(seed).fit(features, wanted, sample_weight=weights) for seed in seeds]
    return LearntRanker(_learn_line(features, wanted, weights), joined([read_trees(one, features) for one in trees]))


def _learn_line(features: np.ndarray, wanted: np.ndarray, weights: np.ndarray) -> np.ndarray:
    inputs = _with_roots(features)
    scaler = StandardScaler().fit(inputs)
    line = LogisticRegression(C=REGULARISATION, max_iter=500)
    line.fit(scaler.transform(inputs), wanted, sample_weight=weights)
    columns = np.stack([scaler.mean_, scaler.scale_, line.coef_[0]])
    return np.column_stack([columns, (0.0, 1.0, line.intercept_[0])])


def _learn_trees(seed: int) -> HistGradientBoostingClassifier:
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
