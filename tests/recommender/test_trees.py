"""Trees as arrays say what scikit-learn's own say."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from recommender.trees import Trees, joined, read_trees

STUMP = np.array([[[0, 0.5, 1, 2, 0.0], [0, 0, 1, 1, -1.0], [0, 0, 2, 2, 3.0]]])


def test_up_to_the_threshold_goes_left() -> None:
    assert Trees(STUMP).sums(np.array([[0.4], [0.5], [0.6]])).tolist() == [-1.0, -1.0, 3.0]


def test_joined_forests_answer_with_their_mean() -> None:
    leaf = np.array([[[0, 0, 0, 0, 5.0]]])
    assert Trees(joined([STUMP, leaf])).sums(np.array([[0.0], [1.0]])).tolist() == [2.0, 4.0]


def test_no_forest_is_no_tree() -> None:
    assert len(joined([])) == 0


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_are_the_log_odds_of_the_model(seed: int) -> None:
    chance = np.random.default_rng(seed)
    features = chance.random((400, 5)).astype(np.float32)
    wanted = features[:, 0] + features[:, 1] * features[:, 2] > 0.7 + chance.normal(0, 0.1, 400)
    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=6, early_stopping=False, random_state=seed)
    model.fit(features, wanted)
    unseen = chance.random((200, 5)).astype(np.float32)
    found = Trees(read_trees(model, features)).sums(unseen)
    np.testing.assert_allclose(found, model.decision_function(unseen), rtol=1e-9, atol=1e-9)
