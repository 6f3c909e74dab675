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
from recommender.topic_classifier import topic_likelihoods
from recommender.weights import DEFAULT_SIMILARITY_WEIGHTS, SimilarityWeights

COSINE_FLOOR = 0.1  # what two unrelated sentences reach; below it nothing is said
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


@dataclass(frozen=True, slots=True)
class Reading:
    """How the scores of an owner's texts become one similarity of 0..1.

    Parameters
    ----------
    agreeing
        How many of the best texts are heard beside the very best: the score is the mean of the best and of their mean.
    whole
        Share of the whole need, 0..1; the rest is that of its closest window.
    half_by_embeddings, half_by_words, steepness
        Fused score at which every second owner is the right one, and how fast that changes around it.
    as_documents
        Whether words and characters read all texts of an owner as one; else each text stands for itself.
    """

    agreeing: int
    whole: float
    half_by_embeddings: float
    half_by_words: float
    steepness: int
    as_documents: bool = False


BEST_TEXT = Reading(agreeing=1, whole=0.5, half_by_embeddings=0.45, half_by_words=0.27, steepness=4)
# For topics, whose texts all say one thing. On needs written without sight of the catalog (benchmarks/blind_needs.py)
# the share of right topics is .04 at .22, .13 at .27, .41 at .32, .68 at .37 and .96 above .4.
AGREEING_TEXTS = Reading(
    agreeing=5, whole=2 / 3, half_by_embeddings=0.335, half_by_words=0.25, steepness=8, as_documents=True
)


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
    classifier
        Weights of `learn_topics` where owners are topics; None gives it no say.
    """

    def __init__(
        self,
        owner_count: int,
        passages: Sequence[Passage],
        index: VectorIndex | None = None,
        languages: frozenset[Language] = frozenset(Language),
        weights: SimilarityWeights = DEFAULT_SIMILARITY_WEIGHTS,
        reading: Reading = BEST_TEXT,
        classifier: np.ndarray | None = None,
    ) -> None:
        ordered = sorted(passages, key=lambda passage: passage.owner)
        self._dense = _DenseTexts(owner_count, [p for p in ordered if p.language in languages], index, reading)
        self._classifier = classifier
        by_language = {language: [p for p in ordered if p.language is language] for language in Language}
        if reading.as_documents:
            by_language = {language: _documents(texts) for language, texts in by_language.items()}
        self._lexical = {
            language: _LexicalTexts(owner_count, texts, reading) for language, texts in by_language.items() if texts
        }
        self._owner_count = owner_count
        self._weights = weights
        self._reading = reading
        self._remembered = Remembered(_REMEMBERED_NUMBERS // max(owner_count, 300))

    def similarity(self, need: NeedVectors) -> np.ndarray:
        """Return how close the need comes to each owner's best text, calibrated to 0..1, shape (owner_count,).

        Cosines above what unrelated sentences reach are fused with what the classifier says, BM25 and character n-grams
        by the weights of weights.py; `calibrated` makes the two ways, with and without embeddings, comparable.
        """
        return self._remembered.get((need.read_text, len(need.vectors)), lambda: self._fused(need))

    def closest(self, need: NeedVectors, owner: int) -> Closest | None:
        """Return where the need and the owner's texts meet by embedding; None where either has none."""
        return self._dense.closest(need.vectors, owner)

    def mean_vectors(self) -> np.ndarray:
        """Return the mean embedding of each owner's texts at unit length, shape (owner_count, dim); zeros for none."""
        return self._dense.mean_vectors()

    def features(self, need: NeedVectors) -> dict[str, np.ndarray]:
        """Return what is fused, by name of its weight: arrays of 0..1, shape (owner_count,)."""
        words, characters = self._lexical_scores(need.read_text)
        found = {"words": words, "characters": characters}
        if len(need.vectors) and self._dense.has_texts:
            found["dense"] = above_floor(self._dense.cosines(need.vectors))
            if self._classifier is not None:
                found["learnt"] = topic_likelihoods(self._classifier, need.vectors[0])
        return found

    def _fused(self, need: NeedVectors) -> np.ndarray:
        found, reading = self.features(need), self._reading
        share = self._weights.shares(found)
        fused = sum((share[name] * values for name, values in found.items()), start=np.zeros(self._owner_count))
        half = reading.half_by_embeddings if "dense" in found else reading.half_by_words
        return calibrated(np.round(fused, _DECIMALS), half, reading.steepness)

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


def calibrated(fused: np.ndarray, half: float, steepness: int) -> np.ndarray:
    """Return s^n / (s^n + half^n): rising everywhere, near 0 for what is like everything, 1/2 at `half`.

    `half` and n follow the share of owners that are right at a similarity (`Reading`).
    """
    return np.asarray(fused**steepness / (fused**steepness + half**steepness))


def _documents(passages: Sequence[Passage]) -> list[Passage]:
    """Return the texts of each owner as one, in the order of owners."""
    texts: dict[int, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.owner, []).append(passage.text)
    language = passages[0].language if passages else Language.EN
    return [Passage(owner, "\n".join(some), language) for owner, some in texts.items()]


class _DenseTexts:
    """Embeddings of texts in the order of their owners."""

    def __init__(
        self, owner_count: int, passages: Sequence[Passage], index: VectorIndex | None, reading: Reading
    ) -> None:
        held = set(index.keys) if index else set()
        self._passages = [passage for passage in passages if text_hash(passage.text) in held]
        keys = [text_hash(passage.text) for passage in self._passages]
        self._vectors = index.vectors_of(keys) if index else np.empty((0, 0), dtype=np.float32)
        self._best = _BestPerOwner(owner_count, self._passages, reading.agreeing)
        self._whole = reading.whole
        self._owner_count = owner_count
        self.has_texts = bool(self._passages)

    def cosines(self, needs: np.ndarray) -> np.ndarray:
        """Return by owner the weighted mean of two cosines: of the whole need, and of the window that comes closest.

        The whole alone misses what stands in a few words of it, windows alone fall for phrases that fit anything:
        on the starter catalog, every other phrase asked against the rest, MRR .324 and .360, both together .377.
        """
        cosines = needs @ self._vectors.T  # one row per window: the maximum over rows runs along memory
        whole = self._best(cosines[0])
        window = self._best(cosines[1:].max(axis=0)) if len(needs) > 1 else whole
        return np.asarray(np.round(self._whole * whole + (1 - self._whole) * window, _DECIMALS))

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

    def __init__(self, owner_count: int, passages: Sequence[Passage], reading: Reading) -> None:
        texts = [passage.text for passage in passages]
        self._words, self._characters = BM25Index(texts), CharNgramIndex(texts)
        self._reads_parts = not reading.as_documents  # a sentence of a need says too little to compare with fifty
        self._best = _BestPerOwner(owner_count, passages, 1 if reading.as_documents else reading.agreeing)

    def by_words(self, need: str, parts: Sequence[str]) -> np.ndarray:
        return self._whole_and_part(self._words.scores_many(self._read(need, parts)))

    def by_characters(self, need: str, parts: Sequence[str]) -> np.ndarray:
        return self._whole_and_part(self._characters.scores_many(self._read(need, parts)))

    def _read(self, need: str, parts: Sequence[str]) -> list[str]:
        return [need, *parts] if self._reads_parts else [need]

    def _whole_and_part(self, scores: np.ndarray) -> np.ndarray:
        """Return by owner the mean of the best score of the whole need and that of the sentence that comes closest."""
        whole = self._best(scores[0])
        if not self._reads_parts:
            return whole
        return np.asarray((whole + self._best(scores[1:].max(axis=0, initial=0.0))) / 2)


class _BestPerOwner:
    """Turns one value per text into one per owner: the best, or the mean of it and of the best few; 0 without texts."""

    def __init__(self, owner_count: int, passages: Sequence[Passage], agreeing: int) -> None:
        self._owners = np.array([passage.owner for passage in passages], dtype=np.int64)
        self._bounds = np.searchsorted(self._owners, np.arange(owner_count + 1))
        self._with_texts = np.flatnonzero(np.diff(self._bounds))
        self._agreeing = agreeing

    def __call__(self, values: np.ndarray) -> np.ndarray:
        best = np.zeros(len(self._bounds) - 1)
        if len(self._with_texts):
            best[self._with_texts] = np.maximum.reduceat(values, self._bounds[self._with_texts])
        return (best + self._mean_of_few(values)) / 2 if self._agreeing > 1 else best

    def _mean_of_few(self, values: np.ndarray) -> np.ndarray:
        """Return by owner the mean of the best few texts, of all where there are fewer."""
        order = np.lexsort((-values, self._owners))
        is_among = np.arange(len(order)) - self._bounds[self._owners] < self._agreeing  # order keeps owners together
        few = order[is_among]
        sums = np.bincount(self._owners[few], weights=values[few], minlength=len(self._bounds) - 1)
        return np.asarray(sums / np.clip(np.diff(self._bounds), 1, self._agreeing))

    def rows_of(self, owner: int) -> tuple[int, int]:
        return int(self._bounds[owner]), int(self._bounds[owner + 1])
