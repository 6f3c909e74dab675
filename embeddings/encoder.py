"""What an encoder is: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from domain.language import Language


class Encoder(Protocol):
    """Turns texts into embeddings; `tests/contracts/encoder_contract.py` says what every encoder keeps to."""

    @property
    def id(self) -> str:
        """Model, weights, runtime and precision: vectors of two ids are never mixed."""

    @property
    def dim(self) -> int:
        """Length of an embedding."""

    @property
    def languages(self) -> frozenset[Language]:
        """The languages that the model reads."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text in the order given, shape (n, dim), float32; no texts give (0, dim)."""
