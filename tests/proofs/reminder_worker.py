"""What a process does for the proof of reminders: send messages by SMTP until it is told to stop.

Its clock runs thirty times as fast as the wall's. A mail may tell the first worker that gets it to die by SIGKILL
before the server has it or after; a file in the folder remembers that one did.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from integrations.mail import Mail
from integrations.smtp import Security, SmtpMailer, SmtpServer
from services.booking.jobs import NOTICE
from services.context import Context, LazyEncoder
from services.jobs import run_due
from services.links import Links
from services.notices.send import send_notice
from services.spaces import EncoderName, Spaces
from store import open_engine
from tests.services.outbox_worker import die_once

SPEED = 30
LEASE = timedelta(minutes=4)  # eight seconds on the wall
STOP = "stop"


@dataclass(frozen=True)
class Scene:
    """Where the processes meet: the database, a folder, a mail server, and when the clock began to run.

    Parameters
    ----------
    dying
        By the token of a mail: whether its worker dies `before` the server has it, or `after`.
    """

    url: str
    folder: Path
    port: int
    begins_at: datetime
    began: float
    dying: dict[str, str]

    def clock(self) -> datetime:
        return self.begins_at + timedelta(seconds=(time.time() - self.began) * SPEED)


class MortalMailer:
    """Sends by SMTP, and dies where it is told to."""

    def __init__(self, scene: Scene) -> None:
        server = SmtpServer("127.0.0.1", scene.port, Security.NONE)
        self._mailer, self._scene = SmtpMailer(server, "halfhour@example.org", scene.clock), scene

    def send(self, mail: Mail) -> None:
        dies = self._scene.dying.get(mail.token)
        mark = self._scene.folder / mail.token
        if dies == "before":
            die_once(mark)
        self._mailer.send(mail)
        if dies == "after":
            die_once(mark)


def never() -> Any:
    raise AssertionError("no message may load an encoder")


def context_of(scene: Scene) -> Context:
    """Return what a process works with; its mailer is mortal."""
    name = EncoderName("none", frozenset())
    spaces, encoder = Spaces(name, scene.folder), LazyEncoder(name, never)
    context = Context(open_engine(scene.url), scene.clock, encoder, spaces, mailer=MortalMailer(scene))
    return replace(context, links=Links("of the proof", "https://halfhour.example.org", scene.clock))


def work(scene: Scene) -> None:
    """Send what is due until the file `stop` is there."""
    context, rest = context_of(scene), threading.Event()
    while not (scene.folder / STOP).exists():
        run_due(context, {NOTICE: send_notice}, f"w{os.getpid()}", lease=LEASE, is_stopping=_stops(scene))
        rest.wait(0.05)


def _stops(scene: Scene) -> Callable[[], bool]:
    return (scene.folder / STOP).exists
