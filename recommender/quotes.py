"""The person's own words, cut to the clause that matters."""

import re
from collections.abc import Sequence

from embeddings import lemmas

MAX_CHARACTERS = 90
_TELLING_LETTERS = 4  # shorter words (I, the, не, что) stand in every clause

_CLAUSE_END = re.compile(r"(?<=[.!?…;])\s+|\s*[\n\r•]+\s*|\s+[-–—]\s+|:\s+")
_COMMA = re.compile(r",\s+")
_MARKS = re.compile(r"[\"«»“”„‟]")
_EDGES = " \t,.;:-–—*•"


def quoted_clause(text: str, near: Sequence[str]) -> str:
    """Return the clause that shares most longer words with `near`, the first on a tie, at most 90 characters.

    Clauses end at sentence marks, dashes, colons and line ends, and at commas where one would be too long; what is
    still too long is cut after a word and ends in `…`. Quotation marks and unprintable characters are taken out, so
    that the clause can stand inside quotation marks.

    Parameters
    ----------
    near
        What the clause should be about: the window that came closest, or the other side's texts.
    """
    wanted = {word for other in near for word in lemmas(other) if len(word) >= _TELLING_LETTERS}
    clauses = [clause for part in _CLAUSE_END.split(text) for clause in _short_clauses(_plain(part))]
    best = max(clauses, key=lambda clause: len(wanted & set(lemmas(clause))), default="")
    return cut_at_word(best)


def cut_at_word(text: str) -> str:
    """Return the text whole, or cut after a word to at most 90 characters with `…` at its end."""
    if len(text) <= MAX_CHARACTERS:
        return text
    head = text[: MAX_CHARACTERS - 1]
    whole_words = head if text[MAX_CHARACTERS - 1].isspace() else head.rpartition(" ")[0] or head
    return whole_words.rstrip(_EDGES) + "…"


def _short_clauses(clause: str) -> list[str]:
    """Return the clause, or where it is too long runs of its comma parts, each as long as fits."""
    runs: list[str] = []
    for part in _COMMA.split(clause):
        joined = f"{runs[-1]}, {part}" if runs else part
        if runs and len(joined) <= MAX_CHARACTERS:
            runs[-1] = joined
        else:
            runs.append(part)
    return [run.strip(_EDGES) for run in runs if any(character.isalnum() for character in run)]


def _plain(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in _MARKS.sub("", text))
    return " ".join(printable.split()).strip(_EDGES)
