"""Parts of a long need: what a person really asks often stands in a few words of it."""

import re

SHORTEST, LONGEST = 3, 6
MAX_WINDOWS = 64

_PUNCTUATION = re.compile(r"[.,;:!?…()\[\]{}\"«»“”„•|\n\r/]+(?=\s|$)|[,;!?…()\[\]{}\"«»“”„•|\n\r]+|\s[-–—*]+\s")


def windows(text: str) -> list[str]:
    """Return the parts of a text to compare one by one, in order of place, at most `MAX_WINDOWS`, without repeats.

    The text is cut at punctuation. A piece of two to six words is a window; a longer one gives every run of three to
    six words; a single word ("Honestly,") fits anything and is left out. A text that is one short piece has no parts:
    it gives none. Above the limit, windows are kept at equal distances, so that every place of the text stays covered.

    >>> windows("I freeze, then I agree to everything they ask")
    ['I freeze', 'then I agree', 'then I agree to', 'then I agree to everything', ...
    """
    pieces = [words for piece in _PUNCTUATION.split(text) if (words := _words(piece))]
    if len(pieces) < 2 and all(len(words) <= LONGEST for words in pieces):
        return []
    return _thinned(list(dict.fromkeys(part for words in pieces for part in _runs(words))))


def _words(piece: str) -> list[str]:
    return [word for word in piece.split() if any(character.isalnum() for character in word)]


def _runs(words: list[str]) -> list[str]:
    if len(words) <= LONGEST:
        return [" ".join(words)] if len(words) > 1 else []
    return [
        " ".join(words[start : start + length])
        for start in range(len(words) - SHORTEST + 1)
        for length in range(SHORTEST, LONGEST + 1)
        if start + length <= len(words)
    ]


def _thinned(parts: list[str]) -> list[str]:
    if len(parts) <= MAX_WINDOWS:
        return parts
    step = (len(parts) - 1) / (MAX_WINDOWS - 1)
    return [parts[round(place * step)] for place in range(MAX_WINDOWS)]
