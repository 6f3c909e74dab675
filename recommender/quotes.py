"""The person's own words, cut to the clause that matters."""

import re
from functools import lru_cache

from embeddings import lemmas

MAX_CHARACTERS = 90
_TELLING_LETTERS = 4  # shorter words (I, the, не, что) stand in every clause

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*[\n\r•]+\s*")
_PAUSE = re.compile(r"(?<=[,;:])\s+|\s+(?=[-–—]\s)")
_MARKS = re.compile(r"[\"«»“”„‟]")
_EDGES = " \t,.;:-–—*•"


@lru_cache(maxsize=2_000)
def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a text in order, each fit to stand inside quotation marks once it is cut.

    A clause is a sentence or line; one that is too long is parted at commas, colons and dashes into runs as long as
    fit. Quotation marks and unprintable characters are taken out.
    """
    return tuple(clause for sentence in _SENTENCE_END.split(text) for clause in _short_clauses(_plain(sentence)))


def quoted_clause(text: str, near: str) -> str:
    """Return the clause that shares most longer words with `near`, the first on a tie, at most 90 characters."""
    wanted = {word for word in lemmas(near) if len(word) >= _TELLING_LETTERS}
    return cut_at_word(max(clauses(text), key=lambda clause: len(wanted & set(lemmas(clause))), default=""))


def cut_at_word(text: str) -> str:
    """Return the text whole, or cut after a word to at most 90 characters with `…` at its end."""
    if len(text) <= MAX_CHARACTERS:
        return text
    head = text[: MAX_CHARACTERS - 1]
    whole_words = head if text[MAX_CHARACTERS - 1].isspace() else head.rpartition(" ")[0] or head
    return whole_words.rstrip(_EDGES) + "…"


def _short_clauses(sentence: str) -> list[str]:
    """Return the sentence, or where it is too long runs of its parts, each as long as fits."""
    runs: list[str] = []
    for part in _PAUSE.split(sentence):
        joined = f"{runs[-1]} {part}" if runs else part
        if runs and len(joined) <= MAX_CHARACTERS:
            runs[-1] = joined
        else:
            runs.append(part)
    return [run.strip(_EDGES) for run in runs if any(character.isalnum() for character in run)]


def _plain(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in _MARKS.sub("", text))
    return " ".join(printable.split()).strip(_EDGES)
