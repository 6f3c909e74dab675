"""Whether a question was asked before: word for word, or nearly so."""

from collections.abc import Sequence

from prep.content import content_lemmas
from prep.quotes import plain_words, quoted_parts, without_quotes

SAME_QUESTION = 0.8
"""Two questions that share this part of their content lemmas (Jaccard) are one question asked twice."""


def is_repeated(text: str, asked: Sequence[str]) -> bool:
    """Whether a question stands among `asked`, word for word or with nearly the same content lemmas."""
    return any(_is_same(text, other) for other in asked)


def is_contained(text: str, earlier: str) -> bool:
    """Whether nearly all that a text says stands in an earlier one, which may say more: a step with its deadline."""
    content = content_lemmas(text)
    return bool(content) and len(content & content_lemmas(earlier)) / len(content) >= SAME_QUESTION


def _is_same(text: str, other: str) -> bool:
    if plain_words(text) == plain_words(other):
        return True
    if quoted_parts(text) and quoted_parts(text) == quoted_parts(other):  # about the same words: what do they ask?
        text, other = without_quotes(text), without_quotes(other)
    left, right = content_lemmas(text), content_lemmas(other)
    return bool(left and right) and len(left & right) / len(left | right) >= SAME_QUESTION and len(left) > 2
