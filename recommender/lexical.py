"""Scores by words and by characters: what an encoder blurs (names, acronyms, rare terms) these two keep sharp."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from embeddings import lemmas
from recommender.remembered import Remembered

_NEEDS_REMEMBERED = 64
_NO_COLUMNS = np.empty(0, dtype=np.int32)

Tokenize = Callable[[str], Sequence[str]]


class Cells(NamedTuple):
    """A sparse matrix before it is one, which takes longer: columns and values by row, and where each row starts.

    `starts` has one number more than there are rows: where the last one ends.
    """

    columns: np.ndarray
    values: np.ndarray
    starts: np.ndarray


class BM25Index:
    """BM25 over texts, each score divided by the best that the need could reach, so it lies in 0..1.

    A word of the need that stands in no text counts in the divisor: a need of which one word in ten is known scores
    low everywhere, however well that word fits.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the idf
    log(1 + (n - df + 0.5) / (df + 0.5)), which is never negative.

    Parameters
    ----------
    tokenize
        Text to words, the same for texts and needs.
    k1, b
        How soon a repeated word stops adding; how much long texts are held back (0 not at all, 1 fully).
    """

    def __init__(self, texts: Sequence[str], tokenize: Tokenize = lemmas, k1: float = 1.2, b: float = 0.75) -> None:
        self._tokenize = tokenize
        self._k1, self._b = k1, b
        counts = [Counter(tokenize(text)) for text in texts]
        self._columns = {word: column for column, word in enumerate(sorted(set().union(*counts)))}
        self._idf = _inverse_document_frequencies(counts, self._columns)
        self._mean_length = float(np.mean([count.total() for count in counts] or [0])) or 1.0
        self._weights = self._weighed(counts).T.tocsr()

    def scores(self, text: str) -> np.ndarray:
        """Return one score 0..1 per indexed text, in their order: shape (n,)."""
        return np.asarray(self.scores_many([text])[0])

    def scores_many(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of scores 0..1 per need: shape (m, n)."""
        return np.asarray((_matrix(self.asked(texts), self.width) @ self._weights).toarray(), dtype=np.float32)

    def asked(self, texts: Sequence[str]) -> Cells:
        """Return the needs as the index reads them, a row each; times `weighed` texts these are scores."""
        needs = [Counter(self._tokenize(text)) for text in texts]
        known = [{word: count for word, count in need.items() if word in self._columns} for need in needs]
        best = np.array([sum(self._idf[self._columns.get(w, -1)] * c for w, c in need.items()) for need in needs])
        cells = _counted(known, self._columns)
        shares = np.repeat(np.where(best > 0, best, 1.0), np.diff(cells.starts))
        return cells._replace(values=cells.values / shares)

    @property
    def width(self) -> int:
        """How many words it knows."""
        return len(self._columns)

    def weighed(self, texts: Sequence[str]) -> csr_matrix:
        """Return other texts by the weights of the indexed ones, shape (n, words); words not indexed are left out."""
        counts = [Counter(word for word in self._tokenize(text) if word in self._columns) for text in texts]
        return self._weighed(counts)

    def _weighed(self, counts: Sequence[Counter[str]]) -> csr_matrix:
        """Return idf times tf / (tf + k1 (1 - b + b length / mean length)), the BM25 share, per text and word."""
        matrix = _matrix(_counted(counts, self._columns), self.width)
        lengths = np.array([count.total() for count in counts], dtype=np.float64)
        held_back = self._k1 * (1 - self._b + self._b * lengths / self._mean_length)
        matrix.data *= self._idf[matrix.indices] / (matrix.data + np.repeat(held_back, np.diff(matrix.indptr)))
        return matrix


class _TfidfIndex:
    """Cosine of TF-IDF, each further occurrence counting by its logarithm.

    Source: Salton and Buckley, Term-weighting approaches in automatic text retrieval (1988).
    """

    def __init__(self, texts: Sequence[str], vectorizer: TfidfVectorizer) -> None:
        self._size = len(texts)
        self._vectorizer = vectorizer
        self._analyze = vectorizer.build_analyzer()
        self._asked: Remembered[tuple[np.ndarray, np.ndarray]] = Remembered(_NEEDS_REMEMBERED)
        has_terms = any(self._analyze(text) for text in texts)
        self._rows = vectorizer.fit_transform(texts).T.tocsr() if has_terms else None

    def scores(self, text: str) -> np.ndarray:
        """Return one score 0..1 per indexed text, in their order: shape (n,)."""
        return np.asarray(self.scores_many([text])[0])

    def scores_many(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of scores 0..1 per need: shape (m, n)."""
        if self._rows is None or not texts:
            return np.zeros((len(texts), self._size), dtype=np.float32)
        cosines = (_matrix(self.asked(texts), self.width) @ self._rows).toarray()
        return np.asarray(np.clip(cosines, 0.0, 1.0))  # rounding may pass 1 by a hair

    def asked(self, texts: Sequence[str]) -> Cells:
        """Return the needs as the index reads them, a row each; times `weighed` texts these are scores."""
        if self._rows is None or not texts:
            return Cells(_NO_COLUMNS, _NO_COLUMNS.astype(np.float32), np.zeros(len(texts) + 1, dtype=np.int64))
        rows = [self._asked.get(text, partial(self._row, text)) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        cells = np.concatenate([columns for columns, _ in rows])
        values = np.concatenate([weights for _, weights in rows])
        return Cells(cells, values, starts)

    @property
    def width(self) -> int:
        """How many terms it knows."""
        return 0 if self._rows is None else int(self._rows.shape[0])

    def weighed(self, texts: Sequence[str]) -> csr_matrix:
        """Return other texts by the weights of the indexed ones, shape (n, terms); terms not indexed are left out."""
        if self._rows is None or not texts:
            return csr_matrix((len(texts), 0), dtype=np.float32)
        return self._vectorizer.transform(texts)

    def _row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return columns and weights of one text, as `transform` would, without its checks: they cost more."""
        counts = Counter(self._analyze(text))
        vocabulary = self._vectorizer.vocabulary_
        known = sorted((vocabulary[term], count) for term, count in counts.items() if term in vocabulary)
        columns = np.array([column for column, _ in known], dtype=np.int32)
        weights = 1 + np.log(np.array([count for _, count in known], dtype=np.float32))
        weights *= self._vectorizer.idf_[columns]
        return columns, weights / (np.linalg.norm(weights) or 1.0)


class CharNgramIndex(_TfidfIndex):
    """Cosine over character n-grams within words: forgives endings, typing errors, joined terms."""

    def __init__(self, texts: Sequence[str], shortest: int = 3, longest: int = 5) -> None:
        ngrams = (shortest, longest)
        super().__init__(
            texts, TfidfVectorizer(analyzer="char_wb", ngram_range=ngrams, sublinear_tf=True, dtype=np.float32)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Words and characters of one language, as some texts weigh them."""

    words: BM25Index
    characters: CharNgramIndex


class TfidfIndex(_TfidfIndex):
    """Cosine over words: for long texts against long ones, where BM25 makes too much of the need's every word."""

    def __init__(self, texts: Sequence[str], tokenize: Tokenize = lemmas) -> None:
        super().__init__(texts, TfidfVectorizer(analyzer=tokenize, sublinear_tf=True, dtype=np.float32))


def _inverse_document_frequencies(counts: Sequence[Counter[str]], columns: dict[str, int]) -> np.ndarray:
    """Return the idf by column, and last that of a word which stands in no text."""
    holding = np.zeros(len(columns) + 1)
    for count in counts:
        holding[[columns[word] for word in count]] += 1
    return np.asarray(np.log1p((len(counts) - holding + 0.5) / (holding + 0.5)))


def _counted(counts: Sequence[dict[str, int]], columns: dict[str, int]) -> Cells:
    """Return word counts, a row per text; every word must have a column."""
    cells = np.array([columns[word] for count in counts for word in count], dtype=np.int32)
    values = np.array([value for count in counts for value in count.values()], dtype=np.float64)
    return Cells(cells, values, np.cumsum([0] + [len(count) for count in counts]))


def _matrix(cells: Cells, width: int) -> csr_matrix:
    return csr_matrix((cells.values, cells.columns, cells.starts), shape=(len(cells.starts) - 1, width))
