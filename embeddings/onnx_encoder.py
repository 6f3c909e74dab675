"""An exported sentence model, run by ONNX Runtime."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from domain.language import Language
from embeddings.text_hash import folded

if TYPE_CHECKING:
    from tokenizers import Encoding

THREADS = 2
_TOKENS_PER_BATCH = 1_024  # no slower than larger ones on two threads, and takes 100 MB less than 4,096
_ERRORS_ONLY = 3


class OnnxEncoder:
    """An encoder over an ONNX graph that takes token ids and a mask and gives unit vectors; safe to share by threads.

    Parameters
    ----------
    max_tokens
        Texts are cut after so many tokens.
    """

    def __init__(
        self, encoder_id: str, graph: Path, tokenizer: Path, max_tokens: int, languages: frozenset[Language]
    ) -> None:
        # Neither is needed before the first text is encoded, and most processes never encode one.
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads sleep, others work
        options.log_severity_level = _ERRORS_ONLY
        self._graph = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self.id = encoder_id
        self.dim = int(self._graph.get_outputs()[0].shape[1])
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text in the order given, shape (n, dim), float32."""
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([folded(text) for text in texts])
        for places in _batches([len(encoding) for encoding in encodings]):
            rows[places] = self._run([encodings[place] for place in places])
        return rows

    def _run(self, encodings: "list[Encoding]") -> np.ndarray:
        shape = len(encodings), max(len(encoding) for encoding in encodings)
        tokens, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, encoding in enumerate(encodings):
            tokens[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        embeddings: np.ndarray = self._graph.run(None, {"input_ids": tokens, "attention_mask": mask})[0]
        return embeddings


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Yield the places of texts of like length, so many that a batch, padded, stays within the token budget."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > _TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
