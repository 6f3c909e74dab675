"""Scores by words and by characters: what an encoder blurs (names, acronyms, rare terms) these two keep sharp."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from embeddings import lemmas

Tokenize = Callable[[str], Sequence[str]]


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
        counts = [Counter(tokenize(text)) for text in texts]
        self._columns = {word: column for column, word in enumerate(sorted(set().union(*counts)))}
        self._idf = _inverse_document_frequencies(counts, self._columns)
        self._weights = _saturated(counts, self._columns, k1, b).multiply(self._idf[:-1]).T.tocsr()

    def scores(self, text: str) -> np.ndarray:
        """Return one score 0..1 per indexed text, in their order: shape (n,)."""
        return np.asarray(self.scores_many([text])[0])

    def scores_many(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of scores 0..1 per need: shape (m, n)."""
        needs = [Counter(self._tokenize(text)) for text in texts]
        known = [{word: count for word, count in need.items() if word in self._columns} for need in needs]
        best = np.array([sum(self._idf[self._columns.get(w, -1)] * c for w, c in need.items()) for need in needs])
        reached = (_count_matrix(known, self._columns) @ self._weights).toarray()
        return np.asarray(reached / np.where(best > 0, best, 1.0)[:, None], dtype=np.float32)


class _TfidfIndex:
    """Cosine of TF-IDF, each further occurrence counting by its logarithm.

    Source: Salton and Buckley, Term-weighting approaches in automatic text retrieval (1988).
    """

    def __init__(self, texts: Sequence[str], vectorizer: TfidfVectorizer) -> None:
        self._size = len(texts)
        self._vectorizer = vectorizer
        analyze = vectorizer.build_analyzer()
        has_terms = any(analyze(text) for text in texts)
        self._rows = vectorizer.fit_transform(texts).T.tocsr() if has_terms else None

    def scores(self, text: str) -> np.ndarray:
        """Return one score 0..1 per indexed text, in their order: shape (n,)."""
        return np.asarray(self.scores_many([text])[0])

    def scores_many(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row of scores 0..1 per need: shape (m, n)."""
        if self._rows is None or not texts:
            return np.zeros((len(texts), self._size), dtype=np.float32)
        cosines = (self._vectorizer.transform(texts) @ self._rows).toarray()
        return np.asarray(np.clip(cosines, 0.0, 1.0))  # rounding may pass 1 by a hair


class CharNgramIndex(_TfidfIndex):
    """Cosine over character n-grams within words: forgives endings, typing errors, joined terms."""

    def __init__(self, texts: Sequence[str], shortest: int = 3, longest: int = 5) -> None:
        ngrams = (shortest, longest)
        super().__init__(
            texts, TfidfVectorizer(analyzer="char_wb", ngram_range=ngrams, sublinear_tf=True, dtype=np.float32)
        )


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


def _saturated(counts: Sequence[Counter[str]], columns: dict[str, int], k1: float, b: float) -> csr_matrix:
    """Return tf / (tf + k1 (1 - b + b length / mean length)) per text and word: the BM25 share, below 1."""
    lengths = np.array([count.total() for count in counts], dtype=np.float64)
    mean = lengths.mean() if lengths.any() else 1.0
    matrix = _count_matrix(counts, columns)
    held_back = k1 * (1 - b + b * lengths / mean)
    matrix.data /= matrix.data + np.repeat(held_back, np.diff(matrix.indptr))
    return matrix


def _count_matrix(counts: Sequence[dict[str, int]], columns: dict[str, int]) -> csr_matrix:
    """Return word counts, shape (len(counts), len(columns)); every word must have a column."""
    cells = [columns[word] for count in counts for word in count]
    values = np.array([value for count in counts for value in count.values()], dtype=np.float64)
    starts = np.cumsum([0] + [len(count) for count in counts])
    return csr_matrix((values, cells, starts), shape=(len(counts), len(columns)))
