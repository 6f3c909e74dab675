"""Boosted trees as plain arrays, which a file can keep without code in it and which answer within a millisecond."""

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

_FEATURE, _THRESHOLD, _LEFT, _RIGHT, _VALUE = range(5)
_COLUMNS = 5


class Trees:
    """What the leaves say that a row falls into, summed over all trees.

    Parameters
    ----------
    nodes
        Shape (trees, nodes, 5): feature, threshold (up to it goes left), left, right, value. A leaf leads to itself.
    """

    def __init__(self, nodes: np.ndarray) -> None:
        count, width, _ = nodes.shape
        flat = nodes.reshape(-1, _COLUMNS)
        self._roots = np.arange(count) * width
        self._features, self._thresholds = flat[:, _FEATURE].astype(np.int64), flat[:, _THRESHOLD]
        starts = np.repeat(self._roots, width)[:, None]
        self._children = (flat[:, [_LEFT, _RIGHT]].astype(np.int64) + starts).ravel()
        self._values = flat[:, _VALUE]

    def sums(self, features: np.ndarray) -> np.ndarray:
        """Return a sum per row of features, shape (rows,)."""
        inputs, rows = np.asarray(features, dtype=np.float64), np.arange(len(features))[:, None]
        places = np.broadcast_to(self._roots, (len(features), len(self._roots)))
        while True:
            is_right = inputs[rows, self._features[places]] > self._thresholds[places]
            following = self._children[2 * places + is_right]
            if np.array_equal(following, places):
                return np.asarray(self._values[places].sum(axis=1))
            places = following


def read_trees(model: HistGradientBoostingClassifier, features: np.ndarray) -> np.ndarray:
    """Return the trees of a fitted model of two classes without missing values; their sums are its log-odds.

    scikit-learn gives no public way to its trees; a test holds their sums against `decision_function`.

    Parameters
    ----------
    features
        One row or more, from which the share of the log-odds is told that no tree holds.
    """
    held = [predictors[0].nodes for predictors in model._predictors]
    trees = _padded([_as_rows(nodes) for nodes in held])
    start = float(model.decision_function(features[:1])[0] - Trees(trees).sums(features[:1])[0])
    trees[0, :, _VALUE] += start
    return trees


def joined(forests: Sequence[np.ndarray]) -> np.ndarray:
    """Return the trees of all forests, such that their sum is the mean of the sums of the forests."""
    if not forests:
        return np.empty((0, 1, _COLUMNS))
    trees = _padded([tree for forest in forests for tree in forest])
    trees[:, :, _VALUE] /= len(forests)
    return trees


def _as_rows(nodes: np.ndarray) -> np.ndarray:
    """Return (nodes, 5) from scikit-learn's records."""
    itself, is_leaf = np.arange(len(nodes)), nodes["is_leaf"].astype(bool)
    columns = [
        np.where(is_leaf, 0, nodes["feature_idx"]),
        np.where(is_leaf, 0.0, nodes["num_threshold"]),
        np.where(is_leaf, itself, nodes["left"]),
        np.where(is_leaf, itself, nodes["right"]),
        nodes["value"],
    ]
    return np.stack(columns, axis=1).astype(np.float64)


def _padded(trees: Sequence[np.ndarray]) -> np.ndarray:
    padded = np.zeros((len(trees), max(len(tree) for tree in trees), _COLUMNS))
    for place, tree in enumerate(trees):
        padded[place, : len(tree)] = tree
    return padded
