"""What the evidence says for each mentor, seen from a need: votes of near texts by meaning and words, and activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from scipy.sparse import csr_matrix

from recommender.evaluate.tasks import Encode, Evidence, MentorsTask
from recommender.fusion import min_max
from recommender.lexical import BM25Index, CharNgramIndex

VOTING_SHARE, FEWEST_VOTERS = 0.2, 50
DEPTHS = (10, 40, 150)
POWER = 2.0
WORDS_WEIGHT = 0.2
ACCEPTED_WEIGHT = 1.5
"""The nearest fifth of all texts votes, by cosine squared, words beside; an accepted answer counts half more.

Source: docs/decisions/0002-ranking-benchmarks.md; the last is an assumption, no set here has accepted answers.
"""
RECENT_SHARE = 0.1
SAME_TEXT = 0.98
FEATURES = ("votes", "words", "nearest", "activity")
"""Families of features, as the first part of their names says."""
Named = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Needs as the space compares them: likeness to every piece of evidence, shape (needs, evidence), by each way.

    `seen` says which evidence may speak, by need; shape (needs, evidence) or (1, evidence).
    """

    meaning: np.ndarray
    words: np.ndarray
    characters: np.ndarray
    seen: np.ndarray


class MentorSpace:
    """The evidence with everything that does not depend on the need."""

    def __init__(self, task: MentorsTask, encode: Encode) -> None:
        self.texts = [piece.text for piece in task.evidence]
        self.owners = owners(task)
        self._encode = encode
        self._vectors = encode(self.texts)
        self._words, self._characters = BM25Index(self.texts), CharNgramIndex(self.texts, longest=4)
        self.dates = _dates(task.evidence)
        self._threads = _threads(self.texts)

    def asked(self, needs: Sequence[str]) -> Asked:
        """Return needs to which all evidence may speak."""
        meaning = self._encode(needs) @ self._vectors.T
        words, characters = self._words.scores_many(needs), self._characters.scores_many(needs)
        return Asked(meaning, words, characters, np.ones((1, len(self.texts)), dtype=bool))

    def asked_again(self, rows: np.ndarray) -> Asked:
        """Return texts of the evidence as needs: what says the same, and where there are dates what came later, is
        hidden from them."""
        asked = self.asked([self.texts[row] for row in rows])
        seen = (self._threads[rows][:, None] != self._threads) & (asked.meaning < SAME_TEXT)
        if self.dates is not None:
            seen &= self.dates < self.dates[rows][:, None]
        return Asked(asked.meaning, asked.words, asked.characters, seen)

    def mentors_of(self, row: int) -> np.ndarray:
        """Return the columns of the mentors whom the text speaks for."""
        return np.unique(self.owners[np.flatnonzero(self._threads == self._threads[row])].indices)

    def first_scores(self, asked: Asked) -> np.ndarray:
        """Return what votes alone say, before anything is learnt; shape (needs, mentors)."""
        meaning, words = np.where(asked.seen, asked.meaning, 0.0), np.where(asked.seen, asked.words, 0.0)
        depth = max(FEWEST_VOTERS, round(VOTING_SHARE * len(self.texts)))
        by_meaning, by_words = (_voted(each, depth, self.owners) for each in (meaning, words))
        return np.asarray(min_max(by_meaning) + WORDS_WEIGHT * min_max(by_words))

    def features(self, asked: Asked) -> Named:
        """Return by name what speaks for each mentor, shape (needs, mentors)."""
        found = {"votes.first": self.first_scores(asked)}
        for name, values in {
            "votes": asked.meaning,
            "words": asked.words,
            "words.characters": asked.characters,
        }.items():
            shown = np.where(asked.seen, values, 0.0)
            found |= {f"{name}.{depth}": min_max(_voted(shown, depth, self.owners)) for depth in DEPTHS}
            found[f"nearest.{name}"] = _best(shown, self.owners)
        return found | self._activity(asked)

    def _activity(self, asked: Asked) -> Named:
        """Return how much each mentor wrote so far, and lately: shares of the most active one's, as logarithms."""
        seen = asked.seen.astype(np.float64)
        found = {"activity.all": _share(seen @ self.owners)}
        if self.dates is not None:
            found["activity.late"] = _share(_latest(asked.seen, self.dates) @ self.owners)
        return {name: np.broadcast_to(values, (len(asked.meaning), values.shape[1])) for name, values in found.items()}


def owners(task: MentorsTask) -> csr_matrix:
    """Return which evidence speaks for which mentor and with what weight, shape (evidence, mentors)."""
    columns = {mentor: column for column, mentor in enumerate(task.candidate_ids)}
    cells = [columns[piece.mentor_id] for piece in task.evidence]
    weights = [ACCEPTED_WEIGHT if piece.accepted else 1.0 for piece in task.evidence]
    return csr_matrix((weights, (range(len(cells)), cells)), shape=(len(cells), len(columns)))


def _latest(seen: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Return the last tenth of what is seen, by date; shape as `seen`."""
    latest = np.zeros(seen.shape)
    order = np.argsort(dates, kind="stable")
    for line, mask in enumerate(seen):
        known = order[mask[order]]
        latest[line, known[len(known) - max(1, round(RECENT_SHARE * len(known))) :]] = 1.0
    return latest


def _voted(similarities: np.ndarray, depth: int, owners_: csr_matrix) -> np.ndarray:
    """Return the votes for each mentor of the nearest texts, each by its similarity to the power of `POWER`."""
    voters = min(similarities.shape[1], depth)
    last = -np.partition(-similarities, voters - 1, axis=1)[:, voters - 1 : voters]
    return np.asarray(np.where(similarities >= last, np.maximum(similarities, 0.0) ** POWER, 0.0) @ owners_)


def _best(similarities: np.ndarray, owners_: csr_matrix) -> np.ndarray:
    """Return the similarity of each mentor's nearest text, shape (needs, mentors)."""
    by_mentor = owners_.tocoo()
    order = np.argsort(by_mentor.col, kind="stable")
    columns, rows = by_mentor.col[order], by_mentor.row[order]
    starts = np.flatnonzero(np.r_[True, columns[1:] != columns[:-1]])
    return np.asarray(np.maximum.reduceat(similarities[:, rows], starts, axis=1))


def _share(counts: np.ndarray) -> np.ndarray:
    logs = np.log1p(counts)
    return np.asarray(logs / np.maximum(logs.max(axis=1, keepdims=True), 1e-9))


def _dates(evidence: Sequence[Evidence]) -> np.ndarray | None:
    """Return the seconds since 1970 of each piece; None unless all have a date."""
    at: list[datetime | None] = [piece.at for piece in evidence]
    return None if any(each is None for each in at) else np.array([each.timestamp() for each in at if each])


def _threads(texts: Sequence[str]) -> np.ndarray:
    """Return one number per different text, shape (evidence,)."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(text, len(number)) for text in texts])
