"""Whether a question was asked before: word for word, or nearly so."""

from collections.abc import Sequence

from prep.content import content_lemmas
from prep.quotes import plain_words

SAME_QUESTION = 0.8
"""Two questions that share this part of their content lemmas (Jaccard) are one question asked twice."""


def is_repeated(text: str, asked: Sequence[str]) -> bool:
    """Whether a question stands among `asked`, word for word or with nearly the same content lemmas."""
    return any(_is_same(text, other) for other in asked)


def _is_same(text: str, other: str) -> bool:
    if plain_words(text) == plain_words(other):
        return True
    left, right = content_lemmas(text), content_lemmas(other)
    return bool(left and right) and len(left & right) / len(left | right) >= SAME_QUESTION and len(left) > 2
