"""What every use case works with: the store, the clock, the encoder on demand, and the spaces kept in memory."""

import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from embeddings import Encoder
from integrations.ical import Party
from integrations.mail import Mailer, NullMailer
from integrations.oidc import SignOn
from services.calendar_kinds import CalendarKinds
from services.call_rooms import RoomsFactory, no_rooms
from services.cloud_kinds import CalendarConsents
from services.links import Links
from services.model import LanguageModel
from services.recent_vectors import RecentVectors
from services.sealed import Seal
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
NO_SEAL = Seal("")
NO_LINKS = Links("", "http://127.0.0.1:8000", lambda: datetime.now(UTC))
ORGANIZER = Party("Halfhour", "halfhour@localhost")


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of a running Halfhour; built once by `compose.py`.

    `organizer` is who invites to sessions: the address that mail comes from.
    """

    engine: Engine
    clock: Clock
    encoder: LazyEncoder
    spaces: Spaces
    model: LanguageModel | None = None
    mailer: Mailer = NO_MAIL
    seal: Seal = NO_SEAL
    calendar_kinds: CalendarKinds = field(default_factory=dict)
    caldav_hosts: tuple[str, ...] = ()
    calendar_consents: CalendarConsents = field(default_factory=dict)
    call_rooms: RoomsFactory = no_rooms
    public_address: str = ""
    recent: RecentVectors = field(default_factory=RecentVectors)
    links: Links = NO_LINKS
    organizer: Party = ORGANIZER
    sign_on: SignOn | None = None
    uploads: Uploads = SHARED_UPLOADS
