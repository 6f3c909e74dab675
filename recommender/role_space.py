"""Role profiles as the recommender reads them, and how near each comes to a role that a person describes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from domain.language import Language
from domain.people import RoleProfile
from embeddings import VectorIndex, text_hash
from recommender.lexical import CharNgramIndex, TfidfIndex
from recommender.remembered import Remembered

# On benchmarks/goal_roles.tsv a right role comes first for .90 of the texts by embeddings and for .62 by words alone.
BY_MEANING = {"whole": 1.0, "title": 1.0, "words": 0.5}
BY_WORDS = {"words": 1.0, "characters": 1.0}
NEAR_BY_MEANING, NEAR_BY_WORDS = 0.42, 0.27
"""Where a text begins to speak of a role: above lie .98 and .81 of those that do, .02 and .04 of those that do not."""

_REMEMBERED_NUMBERS = 2_000_000  # 16 MB: what some hundred people want over 3,000 roles


@dataclass(frozen=True, slots=True, eq=False)
class RoleNearness:
    """How close a text comes to each role, 0..1, shape (number of roles,); whether the closest one is close enough."""

    similarities: np.ndarray
    is_near: bool


class RoleSpace:
    """Roles by id, the levels 1-4 that they require, shape (roles, skills), and their texts in both languages.

    Parameters
    ----------
    index
        Embeddings of `role_texts` by text hash; None gives a space that knows words and characters only.
    languages
        Those that the encoder of the index speaks.
    """

    def __init__(
        self,
        roles: Sequence[RoleProfile],
        index: VectorIndex | None = None,
        languages: frozenset[Language] = frozenset(Language),
    ) -> None:
        self.roles = tuple(sorted(roles, key=lambda role: role.id))
        self.skill_ids = tuple(sorted({skill for role in roles for skill in role.required_levels}))
        self.levels = _levels(self.roles, self.skill_ids)
        self.spoken = tuple(language for language in Language if language in languages)
        self._wholes = [rows_of([role_whole(role, language) for role in self.roles], index) for language in self.spoken]
        self._titles = [rows_of([role_title(role, language) for role in self.roles], index) for language in self.spoken]
        self._words = [TfidfIndex([role_whole(role, language) for role in self.roles]) for language in Language]
        self._characters = [
            CharNgramIndex([role_title(role, language) for role in self.roles]) for language in Language
        ]
        self._remembered: Remembered[np.ndarray] = Remembered(_REMEMBERED_NUMBERS // max(len(self.roles), 300))

    def nearness(self, text: str, vectors: np.ndarray) -> RoleNearness:
        """Return how close the text comes to each role.

        Parameters
        ----------
        vectors
            Embeddings of `need_texts(text)`, shape (m, dim); m = 0 compares words and characters only.
        """
        found = self._remembered.get((text, len(vectors)), lambda: self._compared(text, vectors))
        return RoleNearness(found[:-1], bool(found[-1]))

    def _compared(self, text: str, vectors: np.ndarray) -> np.ndarray:
        """Return the similarities, and behind them 1 where the closest role is close enough, else 0."""
        found = {"words": _best(self._words, text), "characters": _best(self._characters, text)}
        if len(vectors) and any(rows.any() for rows in self._wholes):
            found |= {
                "whole": np.max([np.maximum(rows @ vectors[0], 0) for rows in self._wholes], axis=0),
                "title": np.max([np.maximum(rows @ vectors.T, 0).max(axis=1) for rows in self._titles], axis=0),
            }
            nearest = float((found["whole"] + found["title"]).max(initial=0.0)) / 2
            return np.append(_fused(found, BY_MEANING), nearest >= NEAR_BY_MEANING)
        fused = _fused(found, BY_WORDS)
        return np.append(fused, fused.max(initial=0.0) >= NEAR_BY_WORDS)


def role_texts(roles: Sequence[RoleProfile], languages: frozenset[Language]) -> list[str]:
    """Return every text of the roles to embed, each once: the title, and the title with the summary."""
    spoken = [language for language in Language if language in languages]
    texts = (read(role, language) for role in roles for language in spoken for read in (role_title, role_whole))
    return [text for text in dict.fromkeys(texts) if text]


def role_title(role: RoleProfile, language: Language) -> str:
    """Return the title; "" for a Russian one that only repeats the English: each text is compared once."""
    title = role.title.get(language)
    return "" if language is Language.RU and title == role.title.en else title


def role_whole(role: RoleProfile, language: Language) -> str:
    """Return the title with the summary."""
    title, summary = role_title(role, language), role.summary.get(language)
    return f"{title}. {summary}" if title and summary else title


def _levels(roles: Sequence[RoleProfile], skill_ids: Sequence[str]) -> csr_matrix:
    column = {skill_id: place for place, skill_id in enumerate(skill_ids)}
    starts = np.cumsum([0, *(len(role.required_levels) for role in roles)])
    places = [column[skill_id] for role in roles for skill_id in role.required_levels]
    values = np.array([level for role in roles for level in role.required_levels.values()], dtype=np.float64)
    return csr_matrix((values, places, starts), shape=(len(roles), len(skill_ids)))


def rows_of(texts: Sequence[str], index: VectorIndex | None) -> np.ndarray:
    """Return one embedding per text, zeros for a text that has none; shape (texts, dim)."""
    held = frozenset(index.keys) if index else frozenset()
    places = [(place, text_hash(text)) for place, text in enumerate(texts) if text and text_hash(text) in held]
    rows = np.zeros((len(texts), index.dim if index else 0), dtype=np.float32)
    if index and places:
        rows[[place for place, _ in places]] = index.vectors_of([key for _, key in places])
    return rows


def _best(indexes: Sequence[TfidfIndex | CharNgramIndex], text: str) -> np.ndarray:
    return np.asarray(np.max([index.scores(text) for index in indexes], axis=0))


def _fused(found: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    total = sum(weights.values())
    return np.asarray(sum(weight / total * found[name] for name, weight in weights.items()), dtype=np.float64)
