"""What roles require, learnt from how alike they are, in a way that can forget some roles exactly."""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import inv
from scipy.sparse import csr_matrix


class RoleKernel:
    """Kernel ridge regression from the likeness of roles to the entries that they require.

    Roles that say the same share their vote instead of adding it up, as the nearest neighbours of a goal do.
    Source: Rifkin and Lippert, Notes on Regularized Least Squares (2007), for leaving examples out in closed form.

    Parameters
    ----------
    likeness
        Shape (roles, roles), symmetric and positive semi-definite.
    required
        What is to be predicted, shape (roles, entries).
    ridge
        How much is smoothed, above 0.
    """

    def __init__(self, likeness: np.ndarray, required: csr_matrix, ridge: float) -> None:
        ridged = np.asarray(likeness, dtype=np.float32) + np.eye(len(likeness), dtype=np.float32) * ridge
        self._inverse = np.asarray(inv(ridged, overwrite_a=True), dtype=np.float32)
        self._duals = np.asarray((required.T.astype(np.float32) @ self._inverse.T).T, dtype=np.float32)

    def predict(self, likeness: np.ndarray, hidden: Sequence[np.ndarray]) -> np.ndarray:
        """Return for each goal how strongly each entry is called for, shape (goals, entries).

        Parameters
        ----------
        likeness
            Of the goals to the roles, shape (goals, roles).
        hidden
            For each goal the rows of roles that it must not learn from: the answer is as if they had never been there.
        """
        seen = np.array(likeness, dtype=np.float32)
        for line, rows in enumerate(hidden):
            seen[line, rows] = 0.0
        predicted = seen @ self._duals
        for line, rows in enumerate(hidden):
            if len(rows):
                block = inv(self._inverse[np.ix_(rows, rows)])
                predicted[line] -= (seen[line] @ self._inverse[:, rows]) @ block @ self._duals[rows]
        return np.asarray(predicted)
