"""Vectors for the texts that have none yet, each distinct text once."""

from collections.abc import Collection, Iterable

import numpy as np

from embeddings.encoder import Encoder
from embeddings.progress import Progress, silent
from embeddings.text_hash import folded, text_hash

_BATCH = 256


def embed_missing(
    encoder: Encoder, texts: Iterable[str], known: Collection[str], progress: Progress = silent
) -> dict[str, np.ndarray]:
    """Return a unit vector by text hash for every distinct text whose hash is not among the known ones.

    Parameters
    ----------
    known
        Hashes that have a vector of this encoder already.
    progress
        Told after each batch how many texts are done.
    """
    held = frozenset(known)
    missing = {digest: folded(text) for text in texts if (digest := text_hash(text)) not in held}
    by_length = sorted(missing.items(), key=lambda item: (len(item[1]), item[0]))  # like lengths pad each other least
    vectors: dict[str, np.ndarray] = {}
    for start in range(0, len(by_length), _BATCH):
        batch = by_length[start : start + _BATCH]
        rows = encoder.encode([text for _, text in batch])
        vectors.update(zip((digest for digest, _ in batch), rows, strict=True))
        progress(len(vectors), len(by_length), "Encoding texts")
    return vectors
