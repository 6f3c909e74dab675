"""Russian for an English encoder: each lemma or expression is replaced by what it means at work.

MiniLM reads English only; on Russian it is blind. Lemmas come from pymorphy3, meanings from the reviewed files of
`catalog/glossary/`. Expressions of several words come first, the longest wins; Latin words are kept.
"""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from domain.errors import ImportRejected, RowProblem
from embeddings.lemmas import lemma, lemmas, words

Entry = tuple[str, ...]

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэё", "abvgdeziyklmnoprstufyee", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_ENDING = re.compile(r"(?<=\w\w\w)(?:ами|ями|ов|ев|ам|ям|ах|ях|ом|ем|ой|ей|ою|ы|и|у|ю|а|я|е|о|ь)$")


class Glossary:
    """Meanings by lemmas; a word that stands among the entries just as it is written is not folded.

    Without that «данные» would be read as a form of «дать».

    Parameters
    ----------
    meanings
        English by Russian entry, an entry being one word or an expression as it is written.
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings: dict[Entry, str] = {}
        self._by_stem: dict[str, str] = {}
        self._by_form: dict[str, str] = {}
        for entry, meaning in meanings.items():
            key = tuple(lemmas(entry))
            self._meanings.setdefault(key, meaning)
            if len(key) == 1:
                self._by_form.setdefault(_form(entry), meaning)
            self._by_stem.setdefault(_stem(entry.casefold()), meaning)
        self._longest = max(map(len, self._meanings), default=0)

    def __len__(self) -> int:
        return len(self._meanings)

    def gloss(self, text: str) -> str:
        """Return rough English for a Russian or mixed text, in the order of its words."""
        spoken = words(text)
        folded = [lemma(word) for word in spoken]
        glossed, place = [], 0
        while place < len(spoken):
            taken = self._longest_entry(folded, place)
            entry = tuple(folded[place : place + taken])
            form = self._by_form.get(_form(spoken[place])) if taken < 2 else None
            glossed.append(form or (self._meanings[entry] if taken else self._unknown(spoken[place])))
            place += taken or 1
        return " ".join(glossed)

    def _longest_entry(self, folded: list[str], place: int) -> int:
        """Return how many words from `place` on make the longest known entry, 0 for none."""
        for taken in range(min(self._longest, len(folded) - place), 0, -1):
            if tuple(folded[place : place + taken]) in self._meanings:
                return taken
        return 0

    def _unknown(self, word: str) -> str:
        """Return the meaning by stem, for slang that the dictionary does not fold; else the word in Latin letters.

        Names and brands come through as they sound; left in Cyrillic they would be noise to an English model: on
        translation-tatoeba accuracy .54 with them kept, .62 dropped, .67 so (benchmarks of docs/decisions/0004).
        """
        if not _CYRILLIC.search(word):
            return word
        return self._by_stem.get(_stem(word)) or _stem(word).translate(_LATIN)


@cache
def starter_glossary() -> Glossary:
    """Return the glossary of the packaged files; where two files know an entry, the first by name counts."""
    found: dict[str, str] = {}
    for name, text in _packaged():
        for entry, meaning in parse_glossary(name, text).items():
            found.setdefault(entry, meaning)
    return Glossary(found)


@cache
def starter_digest() -> str:
    """Return the SHA-256 of the packaged files, without reading a word of them."""
    return sha256("\n".join(text for _, text in _packaged()).encode()).hexdigest()


def parse_glossary(filename: str, text: str) -> dict[str, str]:
    """Return meanings by entry of a file with two columns split by a tab; lines with # are remarks.

    Raises
    ------
    ImportRejected
        A line has no entry or no meaning, a meaning is in Russian, or an entry stands twice; each with its line.
    """
    found: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        entry, _, meaning = (part.strip() for part in line.partition("\t"))
        if not words(entry) or not meaning or _CYRILLIC.search(meaning):
            problems.append(RowProblem(number, "", "must hold a Russian entry, a tab and its English meaning"))
        elif entry in found:
            problems.append(RowProblem(number, "", f"“{entry}” stands in the file twice"))
        found[entry] = meaning
    if problems:
        raise ImportRejected(filename, problems)
    return found


def _form(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _stem(word: str) -> str:
    """Return a word without the ending that tells case and number, where three letters or more stay."""
    return _ENDING.sub("", word)


def _packaged() -> list[tuple[str, str]]:
    folder = files("catalog").joinpath("glossary")
    return sorted((file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir())
