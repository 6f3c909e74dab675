"""An English encoder that reads Russian too, by way of a glossary."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from domain.language import Language
from embeddings.encoder import Encoder
from embeddings.glossary import Glossary
from embeddings.language import detect_language

_GLOSS = "-gloss-"
_RUSSIAN_RUN = re.compile(r"[а-яё]+(?:[\s-]+[а-яё]+)*", re.IGNORECASE)


class GlossingEncoder:
    """Encodes English as it is and Russian by its gloss.

    Parameters
    ----------
    glossary
        Called when the first Russian text comes: its lemmas take a second to prepare.
    digest
        Of the glossary: other meanings make other embeddings, so it is part of the id.
    """

    languages = frozenset(Language)

    def __init__(self, encoder: Encoder, glossary: Callable[[], Glossary], digest: str) -> None:
        self._encoder = encoder
        self._glossary = glossary
        self.id = glossing_id(encoder.id, digest)

    @property
    def dim(self) -> int:
        return self._encoder.dim

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text, shape (n, dim), float32."""
        return self._encoder.encode([self._in_english(text) for text in texts])

    def _in_english(self, text: str) -> str:
        """Return a Russian text as its gloss, an English one with the gloss of the few Russian words in it."""
        if detect_language(text) is Language.RU:
            return self._glossary().gloss(text)
        return _RUSSIAN_RUN.sub(lambda run: self._glossary().gloss(run.group()), text)


def glossing_id(encoder_id: str, digest: str) -> str:
    """Return the id of an encoder with this glossary before it."""
    return f"{encoder_id}{_GLOSS}{digest[:8]}"


def english_id(encoder_id: str) -> str:
    """Return the id of the encoder that reads English under a glossary: for English texts both give the same."""
    return encoder_id.partition(_GLOSS)[0]
