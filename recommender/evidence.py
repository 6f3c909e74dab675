"""Texts that speak for mentors, and how close needs come to those of the candidates."""

from collections.abc import Sequence
from copy import copy

import numpy as np
from scipy.sparse import csr_matrix, hstack

from domain.language import Language
from embeddings import VectorIndex, text_hash
from recommender.lexical import BM25Index, CharNgramIndex, Wording
from recommender.passages import BEST_TEXT, Passage, above_floor, calibrated, is_written_in
from recommender.remembered import Remembered
from recommender.requests import NeedVectors
from recommender.scoring import highest_with_ties
from recommender.sentences import sentences
from recommender.topic_space import TopicSpace
from recommender.weights import DEFAULT_SIMILARITY_WEIGHTS

NEAREST_SHARE, FEWEST_NEAREST = 0.1, 5  # a sentence speaks for a topic among the nearest tenth, or five
AGREEING_COSINE = 0.25  # to the mean of a topic's texts: what nine of ten honest sentences reach for a topic offered
_DECIMALS = 6
_DENSE_SHARE = DEFAULT_SIMILARITY_WEIGHTS.shares({"dense", "words", "characters"})["dense"]
READ_IN_PARTS = 64  # texts of a topic; of fewer all are
_NEEDS_REMEMBERED = 32  # people who may ask at once; the topics of one share it
_BLOCKS_REMEMBERED = 2_000  # one for each topic; they hold no values of their own
_CHUNK = 4_000

Wordings = dict[Language, Wording]


def wordings_of(texts: Sequence[Passage]) -> Wordings:
    """Return the wordings that these texts themselves give, where there is no catalog to weigh by."""
    by_language = {language: [p.text for p in texts if p.language is language] for language in Language}
    return {language: Wording(BM25Index(some), CharNgramIndex(some)) for language, some in by_language.items() if some}


class EvidenceTexts:
    """Texts with embeddings and with words weighed by texts that no mentor writes: the catalog's.

    Parameters
    ----------
    index
        Embeddings by text hash; None, or a text that is not in it: matched by words and characters only.
    languages
        Those that the encoder of the index speaks.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        wordings: Wordings,
        index: VectorIndex | None,
        languages: frozenset[Language],
    ) -> None:
        self.texts = tuple(passage.text for passage in passages)
        self.owners = np.array([passage.owner for passage in passages], dtype=np.int64)
        self.vectors, self.is_embedded = _vectors(passages, index, languages)
        self._wordings = wordings
        self._terms = _terms_of(passages, wordings)
        self._asked: Remembered[np.ndarray] = Remembered(_NEEDS_REMEMBERED)
        self._blocks: Remembered[csr_matrix] = Remembered(_BLOCKS_REMEMBERED)

    def laid_out(self, order: np.ndarray) -> "EvidenceTexts":
        """Return the texts at these places in this order, each as often as it is named: what is read lies together."""
        other = copy(self)
        other.texts = tuple(self.texts[place] for place in order.tolist())
        other.owners, other.is_embedded = self.owners[order], self.is_embedded[order]
        other.vectors, other._terms = self.vectors[order], self._terms[order]
        other._blocks = Remembered(_BLOCKS_REMEMBERED)
        return other

    def similarities(self, needs: Sequence[NeedVectors], places: slice) -> np.ndarray:
        """Return how close each need comes to the texts at these places, calibrated to 0..1: (needs, places).

        The fused score is that of SimilarityWeights, where words and characters weigh the same: half of it is that of
        the whole need, half that of the part that comes closest, a sentence for words and characters, a window for
        embeddings.
        """
        if not needs or places.stop <= places.start:
            return np.zeros((len(needs), places.stop - places.start))
        lexical, has_vectors = self._lexical(needs, places), np.array([len(need.vectors) > 0 for need in needs])
        by_words = calibrated(np.round(lexical, _DECIMALS), BEST_TEXT.half_by_words, BEST_TEXT.steepness)
        if not has_vectors.any() or not self.is_embedded[places].any():
            return by_words
        by_meaning = self._by_meaning([need.vectors for need in needs], lexical, places)
        return np.where(has_vectors[:, None] & self.is_embedded[places], by_meaning, by_words)

    def _by_meaning(self, read: Sequence[np.ndarray], lexical: np.ndarray, places: slice) -> np.ndarray:
        """Return the similarities of texts with embeddings; of many only the nearest are compared with each window."""
        cosines = self._cosines([vectors[:1] for vectors in read], places)
        near = highest_with_ties(_fused(cosines, lexical).max(axis=0), READ_IN_PARTS)
        cosines[:, near] = self._cosines(read, places.start + near)
        return calibrated(_fused(cosines, lexical), BEST_TEXT.half_by_embeddings, BEST_TEXT.steepness)

    def _cosines(self, read: Sequence[np.ndarray], places: slice | np.ndarray) -> np.ndarray:
        """Return the mean of two cosines: of the whole need, and of the window that comes closest; zeros without."""
        columns = np.ascontiguousarray(np.vstack([vectors for vectors in read if len(vectors)]).T)
        cosines = self.vectors[places] @ columns
        return np.round(_whole_and_part(cosines, [len(vectors) for vectors in read], BEST_TEXT.whole), _DECIMALS)

    def _lexical(self, needs: Sequence[NeedVectors], places: slice) -> np.ndarray:
        """Return the mean of the scores by words and by characters, shape (needs, places)."""
        parts = tuple(_with_sentences(need.read_text) for need in needs)
        asked = self._asked.get(parts, lambda: self._asked_terms(parts))
        scores = np.asarray(self._terms_at(places) @ asked)
        return np.asarray(np.clip(_whole_and_part(scores, [len(some) for some in parts], 0.5), 0.0, 1.0))

    def _terms_at(self, places: slice) -> csr_matrix:
        """Return the terms of texts that follow each other, looked at where they lie; that view is remembered."""
        return self._blocks.get((places.start, places.stop), lambda: _rows_of(self._terms, places))

    def _asked_terms(self, read: Sequence[Sequence[str]]) -> np.ndarray:
        """Return the parts of all needs by the terms of the texts, half for words and half for characters."""
        every = [part for parts in read for part in parts]
        asked, start = np.zeros((self._terms.shape[1], len(every)), dtype=np.float32), 0
        for language, index in _indexes(self._wordings):
            found = index.asked([part if is_written_in(language, part) else "" for part in every])
            asked[start + found.columns, np.repeat(range(len(every)), np.diff(found.starts))] = found.values / 2
            start += index.width
        return asked


def _fused(cosines: np.ndarray, lexical: np.ndarray) -> np.ndarray:
    return np.asarray(np.round(_DENSE_SHARE * above_floor(cosines) + (1 - _DENSE_SHARE) * lexical, _DECIMALS))


def _with_sentences(text: str) -> tuple[str, ...]:
    """Return the text and, where it has several, its sentences."""
    found = sentences(text)
    return (text, *(found if len(found) > 1 else ()))


def _whole_and_part(scores: np.ndarray, counts: Sequence[int], whole: float) -> np.ndarray:
    """Return by need the weighted mean of the whole's score and that of its best part: shape (needs, texts).

    Parameters
    ----------
    scores
        A column for each whole and each part, need after need.
    counts
        How many columns each need has; none gives zeros, one alone counts as its own part.
    """
    found, start = np.zeros((len(counts), len(scores))), 0
    for row, count in enumerate(counts):
        if count:
            own = scores[:, start : start + count]
            found[row] = whole * own[:, 0] + (1 - whole) * own[:, 1 if count > 1 else 0 :].max(axis=1)
            start += count
    return found


def _rows_of(matrix: csr_matrix, run: slice) -> csr_matrix:
    """Return rows that follow each other without copying their values, as slicing would."""
    starts = matrix.indptr[run.start : run.stop + 1]
    cells = slice(starts[0], starts[-1])
    shape = (len(starts) - 1, matrix.shape[1])
    return csr_matrix((matrix.data[cells], matrix.indices[cells], starts - starts[0]), shape=shape, copy=False)


def agreements(evidence: EvidenceTexts, space: TopicSpace) -> np.ndarray:
    """Return which topic each text may speak for, bool, shape (texts, topics).

    A topic is among the nearest tenth of all topics, by the mean embedding of its texts and at `AGREEING_COSINE` or
    more; for a text without an embedding by the characters of its texts.
    """
    count, has_vectors = len(evidence.texts), evidence.is_embedded.any() and space.vectors.size
    near = np.zeros((count, len(space.topics)), dtype=bool)
    for start in range(0, count, _CHUNK):
        some = slice(start, min(start + _CHUNK, count))
        cosines = evidence.vectors[some] @ space.vectors.T if has_vectors else near[some].astype(np.float32)
        scores = np.where(cosines >= AGREEING_COSINE, cosines, 0.0)
        alone = np.flatnonzero(~evidence.is_embedded[some])
        scores[alone] = space.phrases.by_characters([evidence.texts[start + row] for row in alone])
        near[some] = _is_among_nearest(scores)
    return near


def _is_among_nearest(scores: np.ndarray) -> np.ndarray:
    """Say for each row which columns hold its highest scores above 0: a tenth of all, or five."""
    count = scores.shape[1]
    most = min(count, max(FEWEST_NEAREST, round(NEAREST_SHARE * count)))
    if not most:
        return np.zeros_like(scores, dtype=bool)
    last = np.partition(scores, count - most, axis=1)[:, count - most]
    return np.asarray((scores >= last[:, None]) & (scores > 0))


def _vectors(
    passages: Sequence[Passage], index: VectorIndex | None, languages: frozenset[Language]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the embeddings, zeros where there is none, and where there is one."""
    if index is None:
        return np.zeros((len(passages), 0), dtype=np.float32), np.zeros(len(passages), dtype=bool)
    keys = [text_hash(passage.text) if passage.language in languages else "" for passage in passages]
    held = np.array([key in index for key in keys], dtype=bool)
    vectors = np.zeros((len(passages), index.dim), dtype=np.float32)
    vectors[held] = index.vectors_of([key for key, is_held in zip(keys, held, strict=True) if is_held])
    return vectors, held


def _indexes(wordings: Wordings) -> list[tuple[Language, BM25Index | CharNgramIndex]]:
    both = ((language, (wording.words, wording.characters)) for language, wording in wordings.items())
    return [(language, index) for language, indexes in both for index in indexes]


def _terms_of(passages: Sequence[Passage], wordings: Wordings) -> csr_matrix:
    """Return words and characters of all languages side by side; a text has terms of its own language only."""
    blocks = [
        index.weighed([passage.text if passage.language is language else "" for passage in passages])
        for language, index in _indexes(wordings)
    ]
    return hstack(blocks, format="csr", dtype=np.float32) if blocks else csr_matrix((len(passages), 0))
