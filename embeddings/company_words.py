"""Company words spelled out: whatever HR says a term means is read in its place, in either language."""

from collections.abc import Iterable, Sequence

import numpy as np

from domain.errors import InvalidInput
from domain.language import Language
from domain.words import CompanyWord
from embeddings.encoder import Encoder
from embeddings.lemmas import lemma, lemmas, spans

Term = tuple[str, ...]


class CompanyWords:
    """Meanings by term, found in a text whatever their endings; the longest term wins.

    A meaning may use another company word, which is spelled out as well.

    Raises
    ------
    InvalidInput
        Two words have the same term, or meanings lead round in a circle; the text names the terms.
    """

    def __init__(self, words: Iterable[CompanyWord] = ()) -> None:
        self.words = tuple(sorted(words, key=lambda word: word.term))
        self._meanings: dict[Term, str] = {}
        for word in self.words:
            if (key := term_key(word.term)) in self._meanings:
                raise InvalidInput("term", "come once", word.term, "Keep one of its meanings.")
            self._meanings[key] = word.meaning
        self._longest = max(map(len, self._meanings), default=0)
        self._names = {term_key(word.term): word.term for word in self.words}
        self._meanings = {key: self._spelled(meaning, (key,)) for key, meaning in self._meanings.items()}

    def __bool__(self) -> bool:
        return bool(self._meanings)

    def spell_out(self, text: str) -> str:
        """Return the text with the meaning in the place of every term.

        >>> CompanyWords([CompanyWord("ATLAS", "client database")]).spell_out("ATLAS is slow")
        'client database is slow'
        """
        return self._replaced(text, self._meanings) if self else text

    def meanings_in(self, text: str) -> list[str]:
        """Return the meanings of the terms in a text, in their order."""
        return [self._meanings[key] for key, _, _ in self._found(text)] if self else []

    def _spelled(self, meaning: str, path: tuple[Term, ...]) -> str:
        """Return a meaning without company words; `path` are the terms that led to it."""
        inner = {}
        for key, _, _ in self._found(meaning):
            if key in path:
                circle = " → ".join(self._names[each] for each in (*path, key))
                raise InvalidInput(
                    "meaning", "not lead back to its own term", circle, "Say one of them in plain words."
                )
            inner[key] = self._spelled(self._meanings[key], (*path, key))
        return self._replaced(meaning, inner)

    def _replaced(self, text: str, meanings: dict[Term, str]) -> str:
        parts, place = [], 0
        for key, start, stop in self._found(text):
            parts += [text[place:start], meanings[key]]
            place = stop
        return "".join((*parts, text[place:]))

    def _found(self, text: str) -> list[tuple[Term, int, int]]:
        """Return term, start and stop of every term in the text, in their order, none within another."""
        spoken = spans(text)
        folded = [lemma(word) for word, _, _ in spoken]
        found, place = [], 0
        while place < len(spoken):
            taken = next(
                (n for n in range(min(self._longest, len(folded) - place), 0, -1) if self._is_term(folded, place, n)), 0
            )
            if taken:
                key = tuple(folded[place : place + taken])
                found.append((key, spoken[place][1], spoken[place + taken - 1][2]))
            place += taken or 1
        return found

    def _is_term(self, folded: list[str], place: int, taken: int) -> bool:
        return tuple(folded[place : place + taken]) in self._meanings


class SpellingEncoder:
    """An encoder that reads company words by their meaning.

    Its id is that of the encoder within: vectors of texts without a company word stay what they were.
    """

    def __init__(self, encoder: Encoder, words: CompanyWords) -> None:
        self._encoder, self._words = encoder, words

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def dim(self) -> int:
        return self._encoder.dim

    @property
    def languages(self) -> frozenset[Language]:
        return self._encoder.languages

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text, shape (n, dim), float32."""
        return self._encoder.encode([self._words.spell_out(text) for text in texts])


def term_key(term: str) -> Term:
    """Return what two spellings of a term share: its words without endings."""
    return tuple(lemmas(term))
