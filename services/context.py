"""What every use case works with: the store, the clock, the encoder on demand, and the spaces kept in memory."""

import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from embeddings import Encoder
from integrations.mail import Mailer, NullMailer
from services.model import LanguageModel
from services.spaces import EncoderName, Spaces
from services.uploads import Uploads
from store import Engine

Clock = Callable[[], datetime]


class LazyEncoder:
    """An encoder that is loaded by its first use: pages of ready suggestions never need it."""

    def __init__(self, name: EncoderName, load: Callable[[], Encoder]) -> None:
        self.name = name
        self.id = name.id
        self.languages = name.languages
        self._load = load
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        return self._encoder is not None

    @property
    def dim(self) -> int:
        return self._loaded().dim

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text, shape (n, dim)."""
        return self._loaded().encode(texts)

    def _loaded(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
            return self._encoder


NO_MAIL = NullMailer()
SHARED_UPLOADS = Uploads(Path(tempfile.gettempdir()) / "halfhour-uploads")


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of a running Halfhour; built once by `compose.py`."""

    engine: Engine
    clock: Clock
    encoder: LazyEncoder
    spaces: Spaces
    model: LanguageModel | None = None
    mailer: Mailer = NO_MAIL
    uploads: Uploads = SHARED_UPLOADS
