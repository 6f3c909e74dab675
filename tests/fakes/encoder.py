"""An encoder without a model: texts that share words are close, and every run gives the same vectors."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from domain.language import Language
from embeddings.text_hash import folded

_WORD = re.compile(r"\w+|\?")


class FakeEncoder:
    """A hashed bag of words: each word is `dim` signs out of its SHAKE-256 stream, a text is their sum at unit length.

    Parameters
    ----------
    languages
        What the encoder claims to read; both by default.
    """

    def __init__(self, dim: int = 64, languages: frozenset[Language] = frozenset(Language)) -> None:
        self.id = f"fake-{dim}"
        self.dim = dim
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text, shape (n, dim), float32; a text without words has a direction of its own."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _WORD.findall(folded(text).casefold()) or [""]:
                row += self._signs(word)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows

    def _signs(self, word: str) -> np.ndarray:
        stream = hashlib.shake_256(word.encode("utf-8", "replace")).digest((self.dim + 7) // 8)
        bits = np.unpackbits(np.frombuffer(stream, dtype=np.uint8), count=self.dim)
        return bits.astype(np.float32) * 2 - 1
