"""What a benchmark folder holds, once read: the candidates, and what they are ranked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

Encode = Callable[[Sequence[str]], np.ndarray]
"""Texts to unit vectors, shape (n, dim)."""

Relevant = Mapping[str, Mapping[str, int]]
"""Grade by candidate id by need id, as the qrels file says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to rank, with its description (may be empty)."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        """Title and description as one text."""
        return f"{self.title}. {self.text}" if self.title and self.text else self.title or self.text


@dataclass(frozen=True, slots=True)
class AskedNeed:
    """A need as the benchmark asks it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text that speaks for a mentor; `accepted` says that those who asked called it the answer, `at` when it was."""

    id: str
    mentor_id: str
    text: str
    accepted: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role to learn from: which entries it requires, and which it merely likes."""

    id: str
    title: str
    text: str
    essential: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Title and description as one text, as needs are written."""
        return f"{self.title}. {self.text}"


@dataclass(frozen=True, slots=True)
class GapNeed:
    """A person with the skills `held`, on the way to the role that the text describes."""

    id: str
    text: str
    held: frozenset[str]

    @property
    def title(self) -> str:
        """The name of the role: what stands before the first full stop."""
        return self.text.split(". ")[0]


@dataclass(frozen=True, slots=True)
class Visit:
    """A person took up an entry at a time."""

    person_id: str
    entry_id: str
    at: datetime


class RankingTask:
    """Candidates to rank for each need; subclasses say which they are."""

    __slots__ = ()

    @property
    def need_ids(self) -> list[str]:
        """The ids that the qrels name on the left, in the order of the rows of scores."""
        raise NotImplementedError(f"{type(self).__name__} must say its need_ids.")

    @property
    def candidate_ids(self) -> list[str]:
        """The ids that the qrels name on the right, in the order of the columns of scores."""
        raise NotImplementedError(f"{type(self).__name__} must say its candidate_ids.")

    @property
    def excluded(self) -> list[frozenset[str]]:
        """What may not be suggested, by need; nothing unless a task says otherwise."""
        return [frozenset()] * len(self.need_ids)


@dataclass(frozen=True, slots=True)
class EntriesTask(RankingTask):
    """Base of the tasks whose candidates are entries."""

    entries: tuple[Entry, ...]

    @property
    def candidate_ids(self) -> list[str]:
        return [entry.id for entry in self.entries]


@dataclass(frozen=True, slots=True)
class TopicsTask(EntriesTask):
    """Rank the entries for each need."""

    needs: tuple[AskedNeed, ...]

    @property
    def need_ids(self) -> list[str]:
        return [need.id for need in self.needs]


@dataclass(frozen=True, slots=True)
class MentorsTask(RankingTask):
    """Rank the mentors for each need, by what speaks for them."""

    evidence: tuple[Evidence, ...]
    needs: tuple[AskedNeed, ...]

    @property
    def need_ids(self) -> list[str]:
        return [need.id for need in self.needs]

    @property
    def candidate_ids(self) -> list[str]:
        return sorted({piece.mentor_id for piece in self.evidence})


@dataclass(frozen=True, slots=True)
class SkillGapTask(EntriesTask):
    """Rank the entries that a person lacks for a role, having other roles to learn from."""

    roles: tuple[KnownRole, ...]
    needs: tuple[GapNeed, ...]

    @property
    def need_ids(self) -> list[str]:
        return [need.id for need in self.needs]

    @property
    def excluded(self) -> list[frozenset[str]]:
        """What the persons hold already."""
        return [need.held for need in self.needs]


@dataclass(frozen=True, slots=True)
class NextTopicTask(EntriesTask):
    """Rank the entries that a person may take up next, by what all took up before; visits in any order."""

    visits: tuple[Visit, ...]
    person_ids: tuple[str, ...]

    @property
    def need_ids(self) -> list[str]:
        return list(self.person_ids)

    @property
    def excluded(self) -> list[frozenset[str]]:
        """What the persons visited already."""
        visited: dict[str, set[str]] = {}
        for visit in self.visits:
            visited.setdefault(visit.person_id, set()).add(visit.entry_id)
        return [frozenset(visited.get(person, ())) for person in self.person_ids]


@dataclass(frozen=True, slots=True)
class TranslationTask(RankingTask):
    """Find each Russian text's English one among all; both lists line up, ids are row numbers."""

    english: tuple[str, ...]
    russian: tuple[str, ...]

    @property
    def need_ids(self) -> list[str]:
        return self.candidate_ids

    @property
    def candidate_ids(self) -> list[str]:
        return [f"{row:06d}" for row in range(len(self.english))]

    @property
    def relevant(self) -> Relevant:
        """The row of the pair and those that hold the same English text, by row."""
        rows: dict[str, dict[str, int]] = {}
        for key, text in zip(self.candidate_ids, self.english, strict=True):
            rows.setdefault(text, {})[key] = 1
        return {key: rows[text] for key, text in zip(self.candidate_ids, self.english, strict=True)}


@dataclass(frozen=True, slots=True)
class SimilarityTask:
    """Pairs of sentences in both languages and how alike people found each pair; all lists line up."""

    english: tuple[tuple[str, str], ...]
    russian: tuple[tuple[str, str], ...]
    judged: tuple[float, ...]
