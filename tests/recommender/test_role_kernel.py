"""Kernel ridge regression against its textbook form, with and without the roles that must not be seen."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.role_kernel import called_for, learn_kernel

LIKENESS = np.array([[1.0, 0.5, 0.2], [0.5, 1.0, 0.1], [0.2, 0.1, 1.0]])
REQUIRED = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
RIDGE = 0.5


def textbook(seen: list[int], likeness: np.ndarray) -> np.ndarray:
    """Return k (K + ridge I)^-1 Y over the roles that are seen."""
    among = LIKENESS[np.ix_(seen, seen)] + RIDGE * np.eye(len(seen))
    return np.asarray(likeness[seen] @ np.linalg.solve(among, REQUIRED[seen]))


def test_one_role_alone_shrinks_what_it_requires_by_the_ridge() -> None:
    shares = learn_kernel(np.ones((1, 1)), ridge=0.5).shares(np.array([[1.0]]), [np.array([], dtype=int)])
    assert called_for(shares, csr_matrix([[3.0]]))[0, 0] == pytest.approx(3.0 / 1.5)


def test_a_goal_is_predicted_from_all_roles() -> None:
    goal = np.array([0.4, 0.3, 0.9])
    shares = learn_kernel(LIKENESS, RIDGE).shares(goal[None], [np.array([], dtype=int)])
    predicted = called_for(shares, csr_matrix(REQUIRED))
    np.testing.assert_allclose(predicted[0], textbook([0, 1, 2], goal), rtol=1e-5)


@pytest.mark.parametrize(("hidden", "seen"), [([0], [1, 2]), ([0, 2], [1])])
def test_hidden_roles_are_as_if_they_had_never_been_there(hidden: list[int], seen: list[int]) -> None:
    goals = np.array([[0.4, 0.3, 0.9], LIKENESS[0]])
    shares = learn_kernel(LIKENESS, RIDGE).shares(goals, [np.array(hidden), np.array(hidden)])
    predicted = called_for(shares, csr_matrix(REQUIRED))
    for line, goal in enumerate(goals):
        np.testing.assert_allclose(predicted[line], textbook(seen, goal), rtol=1e-5)
