"""What roles require, learnt from how alike they are, in a way that can forget some roles exactly."""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import inv
from scipy.sparse import csr_matrix


class RoleKernel:
    """Kernel ridge regression from the likeness of roles to what they require, written as a share for each role.

    Roles that say the same share their vote instead of adding it up, as the nearest neighbours of a goal do.
    Source: Rifkin and Lippert, Notes on Regularized Least Squares (2007), for leaving examples out in closed form.

    Parameters
    ----------
    inverse
        That of likeness + ridge, shape (roles, roles), as `learn_kernel` makes it.
    """

    def __init__(self, inverse: np.ndarray) -> None:
        self.inverse = inverse

    def shares(self, likeness: np.ndarray, hidden: Sequence[np.ndarray]) -> np.ndarray:
        """Return for each goal how much each role counts, shape (goals, roles); shares may be negative.

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
        shares = np.asarray(seen @ self.inverse)
        for line, rows in enumerate(hidden):
            if len(rows):
                block = inv(self.inverse[np.ix_(rows, rows)])
                shares[line] -= shares[line, rows] @ block @ self.inverse[rows]
        return shares


def learn_kernel(likeness: np.ndarray, ridge: float) -> RoleKernel:
    """Return the kernel of these roles.

    Parameters
    ----------
    likeness
        Shape (roles, roles), symmetric and positive semi-definite.
    ridge
        How much is smoothed, above 0.
    """
    ridged = np.asarray(likeness, dtype=np.float32) + np.eye(len(likeness), dtype=np.float32) * ridge
    return RoleKernel(np.asarray(inv(ridged, overwrite_a=True), dtype=np.float32))


def called_for(shares: np.ndarray, required: csr_matrix) -> np.ndarray:
    """Return how strongly each entry is called for, shape (goals, entries), by shares and what roles require."""
    return np.asarray((required.T @ shares.T).T)
