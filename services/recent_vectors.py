"""Embeddings of what was typed a moment ago, in memory only: whoever types on has most of the sentence already."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from embeddings import Encoder, text_hash

MOST = 4_000  # of 384 numbers each: some 6 MB


class RecentVectors:
    """The latest embeddings by hash, safe for several threads; no text is kept."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, str], np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, encoder: Encoder, read_with: object, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text, shape (n, dim), as the encoder would; only what is new is embedded.

        Parameters
        ----------
        read_with
            What else decides how the encoder reads, such as company words; hashable.
        """
        keys = [((encoder.id, read_with), text_hash(text)) for text in texts]
        found = self._find(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            found |= dict(zip(new, encoder.encode(list(new.values())), strict=True))
        self._keep(keys, found)
        return np.stack([found[key] for key in keys])

    def _find(self, keys: Sequence[tuple[object, str]]) -> dict[tuple[object, str], np.ndarray]:
        with self._lock:
            return {key: self._kept[key] for key in keys if key in self._kept}

    def _keep(self, keys: Sequence[tuple[object, str]], vectors: dict[tuple[object, str], np.ndarray]) -> None:
        with self._lock:
            for key in keys:
                self._kept[key] = vectors[key]
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
