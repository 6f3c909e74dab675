"""Russian for an English encoder: each lemma or expression is replaced by what it means at work.

MiniLM reads English only; on Russian it is blind. Lemmas come from pymorphy3, meanings from the reviewed files of
`catalog/glossary/`. Expressions of several words come first, the longest wins; Latin words and unknown ones are kept.
"""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from domain.errors import ImportRejected, RowProblem
from embeddings.lemmas import lemmas

Entry = tuple[str, ...]

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


class Glossary:
    """Meanings by lemmas.

    Parameters
    ----------
    meanings
        English by Russian entry; an entry is the lemmas of one word or of an expression.
    """

    def __init__(self, meanings: Mapping[Entry, str]) -> None:
        self._meanings = dict(meanings)
        self._longest = max(map(len, self._meanings), default=0)

    def __len__(self) -> int:
        return len(self._meanings)

    def gloss(self, text: str) -> str:
        """Return rough English for a Russian or mixed text, in the order of its words."""
        words = lemmas(text)
        glossed, place = [], 0
        while place < len(words):
            taken = self._longest_entry(words, place)
            glossed.append(self._meanings[tuple(words[place : place + taken])] if taken else words[place])
            place += taken or 1
        return " ".join(glossed)

    def _longest_entry(self, words: list[str], place: int) -> int:
        """Return how many words from `place` on make the longest known entry, 0 for none."""
        for taken in range(min(self._longest, len(words) - place), 0, -1):
            if tuple(words[place : place + taken]) in self._meanings:
                return taken
        return 0


@cache
def starter_glossary() -> Glossary:
    """Return the glossary of the packaged files; where two files know an entry, the first by name counts."""
    found: dict[Entry, str] = {}
    for name, text in _packaged():
        for entry, meaning in parse_glossary(name, text).items():
            found.setdefault(entry, meaning)
    return Glossary(found)


@cache
def starter_digest() -> str:
    """Return the SHA-256 of the packaged files, without reading a word of them."""
    return sha256("\n".join(text for _, text in _packaged()).encode()).hexdigest()


def parse_glossary(filename: str, text: str) -> dict[Entry, str]:
    """Return meanings by entry of a file with two columns split by a tab; lines with # are remarks.

    Raises
    ------
    ImportRejected
        A line has no entry or no meaning, or a meaning in Russian; each with its line.
    """
    found: dict[Entry, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        russian, _, english = (part.strip() for part in line.partition("\t"))
        entry = tuple(lemmas(russian))
        if not entry or not english or _CYRILLIC.search(english):
            problems.append(RowProblem(number, "", "must hold a Russian entry, a tab and its English meaning"))
        found.setdefault(entry, english)
    if problems:
        raise ImportRejected(filename, problems)
    return found


def _packaged() -> list[tuple[str, str]]:
    folder = files("catalog").joinpath("glossary")
    return sorted((file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir())
