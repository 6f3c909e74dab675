"""Texts that speak for their owners (phrases for topics, sentences for mentors), and how close a need comes to each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.language import Language
from embeddings import VectorIndex, text_hash
from recommender.lexical import BM25Index, CharNgramIndex
from recommender.remembered import Remembered
from recommender.requests import NeedVectors
from recommender.sentences import sentences
from recommender.weights import DEFAULT_SIMILARITY_WEIGHTS, SimilarityWeights

COSINE_FLOOR = 0.1  # what two unrelated sentences reach; below it nothing is said
HALF_BY_EMBEDDINGS, HALF_BY_WORDS = 0.45, 0.27  # fused similarity at which every second owner is the right one
_STEEPNESS = 4
_REMEMBERED_NUMBERS = 4_000_000  # 32 MB: some thousand needs over 300 topics, some hundred over 10,000 mentors
_LETTER = {Language.EN: re.compile("[a-zA-Z]"), Language.RU: re.compile("[а-яёА-ЯЁ]")}
_DECIMALS = 6  # float32 sums differ beyond with the shape of the product: equal texts must tie


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and the row of the topic or mentor that it speaks for."""

    owner: int
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Closest:
    """Where a need and an owner meet: the owner's text, and which of `need_texts` (0 is the whole)."""

    text: str
    window: int


class Passages:
    """All texts of all owners with their embeddings and their lexical indexes by language.

    Parameters
    ----------
    owner_count
        Owners are rows 0 to owner_count - 1; one without a text has similarity 0 to everything.
    index
        Embeddings by text hash; None, or a text that is not in it: matched by words and characters only.
    languages
        Those that the encoder of the index speaks; texts of others take no part in it.
    """

    def __init__(
        self,
        owner_count: int,
        passages: Sequence[Passage],
        index: VectorIndex | None = None,
        languages: frozenset[Language] = frozenset(Language),
        weights: SimilarityWeights = DEFAULT_SIMILARITY_WEIGHTS,
    ) -> None:
        ordered = sorted(passages, key=lambda passage: passage.owner)
        self._dense = _DenseTexts(owner_count, [p for p in ordered if p.language in languages], index)
        by_language = {language: [p for p in ordered if p.language is language] for language in Language}
        self._lexical = {
            language: _LexicalTexts(owner_count, texts) for language, texts in by_language.items() if texts
        }
        self._owner_count = owner_count
        self._weights = weights
        self._remembered = Remembered(_REMEMBERED_NUMBERS // max(owner_count, 300))

    def similarity(self, need: NeedVectors) -> np.ndarray:
        """Return how close the need comes to each owner's best text, calibrated to 0..1, shape (owner_count,).

        Cosines above what unrelated sentences reach are fused with BM25 and character n-grams by the weights of
        weights.py; `calibrated` makes the two ways, with and without embeddings, comparable.
        """
        return self._remembered.get((need.need.text, len(need.vectors)), lambda: self._fused(need))

    def closest(self, need: NeedVectors, owner: int) -> Closest | None:
        """Return where the need and the owner's texts meet by embedding; None where either has none."""
        return self._dense.closest(need.vectors, owner)

    def mean_vectors(self) -> np.ndarray:
        """Return the mean embedding of each owner's texts at unit length, shape (owner_count, dim); zeros for none."""
        return self._dense.mean_vectors()

    def _fused(self, need: NeedVectors) -> np.ndarray:
        has_embeddings = len(need.vectors) > 0 and self._dense.has_texts
        words, characters = self._lexical_scores(need.need.text)
        if not has_embeddings:
            share = self._weights.without_embeddings().shares()
            return calibrated(share["words"] * words + share["characters"] * characters, HALF_BY_WORDS)
        share, dense = self._weights.shares(), above_floor(self._dense.cosines(need.vectors))
        fused = share["dense"] * dense + share["words"] * words + share["characters"] * characters
        return calibrated(fused, HALF_BY_EMBEDDINGS)

    def _lexical_scores(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the best scores by words and by characters; a Russian need that holds English is read as both."""
        none, parts = np.zeros(self._owner_count), sentences(text)
        read = [texts for language, texts in self._lexical.items() if _LETTER[language].search(text)]
        words = [each.by_words(text, parts) for each in read]
        characters = [each.by_characters(text, parts) for each in read]
        return np.max([none, *words], axis=0), np.max([none, *characters], axis=0)


def above_floor(cosines: np.ndarray) -> np.ndarray:
    """Return cosines so that `COSINE_FLOOR` and less is 0 and 1 stays 1."""
    return np.clip((cosines - COSINE_FLOOR) / (1 - COSINE_FLOOR), 0.0, 1.0)


def calibrated(fused: np.ndarray, half: float) -> np.ndarray:
    """Return s^4 / (s^4 + half^4): rising everywhere, near 0 for what is like everything, 1/2 at `half`.

    Follows the share of topics that are right at a similarity, on the starter catalog with every other phrase asked
    against the rest: with embeddings .08 at .37, .40 at .47, .66 at .55; by words and characters alone .13 at .17,
    .36 at .27 (Russian).
    """
    return np.asarray(fused**_STEEPNESS / (fused**_STEEPNESS + half**_STEEPNESS))


class _DenseTexts:
    """Embeddings of texts in the order of their owners."""

    def __init__(self, owner_count: int, passages: Sequence[Passage], index: VectorIndex | None) -> None:
        held = set(index.keys) if index else set()
        self._passages = [passage for passage in passages if text_hash(passage.text) in held]
        keys = [text_hash(passage.text) for passage in self._passages]
        self._vectors = index.vectors_of(keys) if index else np.empty((0, 0), dtype=np.float32)
        self._best = _BestPerOwner(owner_count, self._passages)
        self._owner_count = owner_count
        self.has_texts = bool(self._passages)

    def cosines(self, needs: np.ndarray) -> np.ndarray:
        """Return by owner the mean of two best cosines: of the whole need, and of the window that comes closest.

        The whole alone misses what stands in a few words of it, windows alone fall for phrases that fit anything:
        on the starter catalog, every other phrase asked against the rest, MRR .324 and .360, both together .377.
        """
        cosines = needs @ self._vectors.T  # one row per window: the maximum over rows runs along memory
        whole = self._best(cosines[0])
        window = self._best(cosines[1:].max(axis=0)) if len(needs) > 1 else whole
        return np.asarray(np.round((whole + window) / 2, _DECIMALS))

    def closest(self, needs: np.ndarray, owner: int) -> Closest | None:
        start, stop = self._best.rows_of(owner)
        if start == stop or not len(needs):
            return None
        cosines = np.round(self._vectors[start:stop] @ needs.T, _DECIMALS)
        row, window = np.unravel_index(int(cosines.argmax()), cosines.shape)
        return Closest(self._passages[start + int(row)].text, int(window))

    def mean_vectors(self) -> np.ndarray:
        sums = np.zeros((self._owner_count, self._vectors.shape[1]), dtype=np.float32)
        np.add.at(sums, [passage.owner for passage in self._passages], self._vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.where(lengths > 0, lengths, 1.0))


class _LexicalTexts:
    """Texts of one language in the order of their owners."""

    def __init__(self, owner_count: int, passages: Sequence[Passage]) -> None:
        texts = [passage.text for passage in passages]
        self._words, self._characters = BM25Index(texts), CharNgramIndex(texts)
        self._best = _BestPerOwner(owner_count, passages)

    def by_words(self, need: str, parts: Sequence[str]) -> np.ndarray:
        return self._whole_and_part(self._words.scores_many([need, *parts]))

    def by_characters(self, need: str, parts: Sequence[str]) -> np.ndarray:
        return self._whole_and_part(self._characters.scores_many([need, *parts]))

    def _whole_and_part(self, scores: np.ndarray) -> np.ndarray:
        """Return by owner the mean of the best score of the whole need and that of the sentence that comes closest."""
        part = scores[1:].max(axis=0, initial=0.0)
        return np.asarray((self._best(scores[0]) + self._best(part)) / 2)


class _BestPerOwner:
    """Turns one value per text into the highest one per owner; an owner without texts gets 0."""

    def __init__(self, owner_count: int, passages: Sequence[Passage]) -> None:
        owners = np.array([passage.owner for passage in passages], dtype=np.int64)
        self._bounds = np.searchsorted(owners, np.arange(owner_count + 1))
        self._with_texts = np.flatnonzero(np.diff(self._bounds))

    def __call__(self, values: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._bounds) - 1)
        if len(self._with_texts):
            best[self._with_texts] = np.maximum.reduceat(values, self._bounds[self._with_texts])
        return best

    def rows_of(self, owner: int) -> tuple[int, int]:
        return int(self._bounds[owner]), int(self._bounds[owner + 1])
