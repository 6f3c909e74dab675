"""Texts that speak for their owners (phrases for topics, sentences for mentors), and how close a need comes to each."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial

import numpy as np

from domain.language import Language
from embeddings import VectorIndex, text_hash
from recommender.lexical import BM25Index, CharNgramIndex, Wording
from recommender.remembered import Remembered
from recommender.requests import NeedVectors
from recommender.scoring import highest_with_ties
from recommender.sentences import sentences
from recommender.topic_classifier import topic_likelihoods
from recommender.weights import DEFAULT_SIMILARITY_WEIGHTS, SimilarityWeights

# Of more owners than that only the nearest are compared text by text. Of 657 needs of the demo and of blind_needs.tsv
# the first five topics are those of the whole comparison for all.
COMPARED = 28
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
        self._remembered = self._nothing_remembered()

    def with_classifier(self, classifier: np.ndarray | None) -> "Passages":
        """Return the same texts with other weights of `learn_topics`; they are not read again."""
        taught = copy(self)
        taught._classifier, taught._remembered = classifier, self._nothing_remembered()
        return taught

    def _nothing_remembered(self) -> Remembered[np.ndarray]:
        return Remembered(_REMEMBERED_NUMBERS // max(self._owner_count, 300))

    def similarity(self, need: NeedVectors) -> np.ndarray:
        """Return how close the need comes to each owner's best text, calibrated to 0..1, shape (owner_count,).

        Cosines above what unrelated sentences reach are fused with what the classifier says, BM25 and character n-grams
        by the weights of weights.py; `calibrated` makes the two ways, with and without embeddings, comparable.
        """
        return self._remembered.get((need.read_text, len(need.vectors)), lambda: self._fused(need))

    def closest(self, need: NeedVectors, owner: int) -> Closest | None:
        """Return where the need and the owner's texts meet by embedding; None where either has none."""
        return self._dense.closest(need.vectors, owner)

    def by_characters(self, texts: Sequence[str]) -> np.ndarray:
        """Return how close texts come to each owner by characters alone, 0..1, shape (len(texts), owner_count)."""
        found = np.zeros((len(texts), self._owner_count))
        for number, text in enumerate(texts):
            scores = [each.by_characters(text, []) for each in self._lexical.values()]
            found[number] = np.max([found[number], *scores], axis=0)
        return found

    def wordings(self) -> dict[Language, Wording]:
        """Return words and characters by language, as the texts here weigh them."""
        return {language: texts.wording for language, texts in self._lexical.items()}

    def mean_vectors(self) -> np.ndarray:
        """Return the mean embedding of each owner's texts at unit length, shape (owner_count, dim); zeros for none."""
        return self._dense.mean_vectors()

    @property
    def classifier(self) -> np.ndarray | None:
        """The weights of `learn_topics` that it was made with."""
        return self._classifier

    def quick_similarity(self, need: NeedVectors, means: np.ndarray) -> np.ndarray:
        """Return nearly what `similarity` says, some ten times faster: the whole need against each owner's mean text.

        Parameters
        ----------
        means
            `mean_vectors()`, shape (owner_count, dim).
        """
        found = self._without_texts(need)
        if len(need.vectors) and self._dense.has_texts:
            found["dense"] = above_floor(means @ need.vectors[0])
        return self._calibrated(found)

    def features(self, need: NeedVectors) -> dict[str, np.ndarray]:
        """Return what is fused, by name of its weight: arrays of 0..1, shape (owner_count,)."""
        found = self._without_texts(need)
        if len(need.vectors) and self._dense.has_texts:
            found["dense"] = above_floor(self._dense.cosines(need.vectors))
        return found

    def _without_texts(self, need: NeedVectors) -> dict[str, np.ndarray]:
        """Return the features that need no comparison with the embedding of every text."""
        words, characters = self._lexical_scores(need.read_text)
        found = {"words": words, "characters": characters}
        if len(need.vectors) and self._dense.has_texts and self._classifier is not None:
            found["learnt"] = topic_likelihoods(self._classifier, need.vectors[0])
        return found

    def _fused(self, need: NeedVectors) -> np.ndarray:
        """Return the similarity; where owners are many, only the nearest are compared text by text.

        The others are far from the need by words, characters, classifier and the mean of their texts, whose cosine then
        stands for that of their best text.
        """
        if self._owner_count <= COMPARED or not (len(need.vectors) and self._dense.has_texts):
            return self._calibrated(self.features(need))
        found = self._without_texts(need)
        found["dense"] = above_floor(self._dense.mean_cosines(need.vectors[0]))
        near = highest_with_ties(self._summed(found), COMPARED)
        found["dense"][near] = above_floor(self._dense.cosines_of(need.vectors, near))
        return self._calibrated(found)

    def _summed(self, found: Mapping[str, np.ndarray]) -> np.ndarray:
        share = self._weights.shares(found)
        return np.asarray(sum((share[name] * found[name] for name in sorted(found)), np.zeros(self._owner_count)))

    def _calibrated(self, found: Mapping[str, np.ndarray]) -> np.ndarray:
        half = self._reading.half_by_embeddings if "dense" in found else self._reading.half_by_words
        return calibrated(np.round(self._summed(found), _DECIMALS), half, self._reading.steepness)

    def _lexical_scores(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the best scores by words and by characters; a Russian need that holds English is read as both."""
        none, parts = np.zeros(self._owner_count), sentences(text)
        read = [texts for language, texts in self._lexical.items() if is_written_in(language, text)]
        words = [each.by_words(text, parts) for each in read]
        characters = [each.by_characters(text, parts) for each in read]
        return np.max([none, *words], axis=0), np.max([none, *characters], axis=0)


def is_written_in(language: Language, text: str) -> bool:
    """Say whether a text holds a letter of the language."""
    return _LETTER[language].search(text) is not None


def above_floor(cosines: np.ndarray) -> np.ndarray:
    """Return cosines so that `COSINE_FLOOR` and less is 0 and 1 stays 1."""
    return np.clip((cosines - COSINE_FLOOR) / (1 - COSINE_FLOOR), 0.0, 1.0)


def calibrated(fused: np.ndarray, half: float, steepness: int) -> np.ndarray:
    """Return s^n / (s^n + half^n): rising everywhere, near 0 for what is like everything, 1/2 at `half`.

    `half` and n follow the share of owners that are right at a similarity (`Reading`).
    """
    raised = fused**steepness
    return np.asarray(raised / (raised + half**steepness))


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
        self._means = self.mean_vectors()
        self.has_texts = bool(self._passages)

    def cosines(self, needs: np.ndarray) -> np.ndarray:
        """Return by owner the weighted mean of two cosines: of the whole need, and of the window that comes closest.

        The embeddings of the need are read as contiguous columns: so the product takes a quarter less time.

        The whole alone misses what stands in a few words of it, windows alone fall for phrases that fit anything:
        on the starter catalog, every other phrase asked against the rest, MRR .324 and .360, both together .377.
        """
        return self._combined(*_whole_and_window(self._vectors @ np.ascontiguousarray(needs.T)), self._best)

    def cosines_of(self, needs: np.ndarray, owners: np.ndarray) -> np.ndarray:
        """Return the same for some owners, in ascending order, as long as all others go unread."""
        columns = np.ascontiguousarray(needs.T)
        read = [self._vectors[slice(*self._best.rows_of(owner))] @ columns for owner in owners.tolist()]
        return self._combined(*_whole_and_window(np.concatenate(read)), self._best.among(owners))

    def mean_cosines(self, need: np.ndarray) -> np.ndarray:
        """Return by owner the cosine of the whole need to the mean of its texts."""
        return np.asarray(self._means @ need)

    def _combined(self, whole: np.ndarray, window: np.ndarray, best: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        return np.asarray(np.round(self._whole * best(whole) + (1 - self._whole) * best(window), _DECIMALS))

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
        self.wording = Wording(BM25Index(texts), CharNgramIndex(texts))
        self._reads_parts = not reading.as_documents  # a sentence of a need says too little to compare with fifty
        self._best = _BestPerOwner(owner_count, passages, 1 if reading.as_documents else reading.agreeing)

    def by_words(self, need: str, parts: Sequence[str]) -> np.ndarray:
        return self._whole_and_part(self.wording.words.scores_many(self._read(need, parts)))

    def by_characters(self, need: str, parts: Sequence[str]) -> np.ndarray:
        return self._whole_and_part(self.wording.characters.scores_many(self._read(need, parts)))

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
        owners = np.array([passage.owner for passage in passages], dtype=np.int64)
        self._bounds = np.searchsorted(owners, np.arange(owner_count + 1))
        self._agreeing = agreeing

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return _best_within(values, self._bounds, self._agreeing)

    def among(self, owners: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        """Return the same for the values of these owners' texts alone."""
        counts = self._bounds[owners + 1] - self._bounds[owners]
        return partial(_best_within, bounds=np.append(0, np.cumsum(counts)), agreeing=self._agreeing)

    def rows_of(self, owner: int) -> tuple[int, int]:
        return int(self._bounds[owner]), int(self._bounds[owner + 1])


def _best_within(values: np.ndarray, bounds: np.ndarray, agreeing: int) -> np.ndarray:
    counts = np.diff(bounds)
    with_texts = np.flatnonzero(counts)
    best = np.zeros(len(counts))
    if not len(with_texts):
        return best
    best[with_texts] = np.maximum.reduceat(values, bounds[with_texts])
    return (best + _mean_of_few(values, bounds, agreeing)) / 2 if agreeing > 1 else best


def _mean_of_few(values: np.ndarray, bounds: np.ndarray, few: int) -> np.ndarray:
    """Return by owner the mean of the best few texts, of all where there are fewer."""
    counts = np.diff(bounds)
    places = np.arange(max(counts.max(), few))
    grid = np.append(values, -np.inf)[np.where(places < counts[:, None], bounds[:-1, None] + places, len(values))]
    highest = -np.sort(-np.partition(grid, -few, axis=1)[:, -few:], axis=1)  # one order of adding, whatever the grid
    sums = np.where(np.isfinite(highest), highest, 0.0).sum(axis=1, dtype=np.float64)
    return np.asarray(sums / np.clip(counts, 1, few))


def _whole_and_window(cosines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cosine of each text to the whole need, the first column, and to the window that comes closest."""
    return cosines[:, 0], cosines[:, 1:].max(axis=1) if cosines.shape[1] > 1 else cosines[:, 0]
