"""Who has what, as sparse matrices."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags


def incidence(lists: Iterable[Sequence[int]], column_count: int) -> csr_matrix:
    """Return 1 where a list names a column, else 0; shape (lists, columns)."""
    cells = [sorted(set(columns)) for columns in lists]
    starts = np.cumsum([0] + [len(cell) for cell in cells])
    places = [column for cell in cells for column in cell]
    return csr_matrix((np.ones(len(places)), places, starts), shape=(len(cells), column_count))


def unit_columns(matrix: csr_matrix) -> csr_matrix:
    """Return the matrix with every column at unit length, so that products of columns are cosines; zeros stay."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel())
    return (matrix @ diags(1.0 / np.where(lengths > 0, lengths, 1.0))).tocsr()
