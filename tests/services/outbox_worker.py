"""What a process does for the proof of the outbox: run jobs until as many are done.

An effect is a line `KEY PID` at the end of a file. A job may tell the first worker that gets it to die by SIGKILL
before the effect or after it; a file in the folder remembers that one did.
"""

import os
import signal
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from domain.jobs import JobState
from services.context import Context, LazyEncoder
from services.jobs import Handler, run_due
from services.spaces import EncoderName, Spaces
from store import open_engine
from store.drafting_tables import jobs

EFFECTS, LEASE = "effects", timedelta(seconds=5)


def note_in(folder: Path) -> Handler:
    """Return the handler whose effect is a line in the file of effects."""

    def note(_context: Context, payload: Mapping[str, Any]) -> None:
        if payload["dies"] == "before":
            die_once(folder / payload["key"])
        with (folder / EFFECTS).open("ab", buffering=0) as file:
            file.write(f"{payload['key']} {os.getpid()}\n".encode())
        if payload["dies"] == "after":
            die_once(folder / payload["key"])

    return note


def die_once(mark: Path) -> None:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def never() -> Any:
    raise AssertionError("no job here may load an encoder")


def work(url: str, folder: Path, wanted: int) -> None:
    """Run jobs until `wanted` of them are done, by whomever."""
    name = EncoderName("none", frozenset())
    context = Context(open_engine(url), lambda: datetime.now(UTC), LazyEncoder(name, never), Spaces(name, folder))
    done = select(func.count()).select_from(jobs).where(jobs.c.state == JobState.DONE)
    handlers, rest = {"note": note_in(folder)}, threading.Event()
    while True:
        run_due(context, handlers, f"w{os.getpid()}", lease=LEASE)
        with context.engine.connect() as connection:
            if connection.execute(done).scalar_one() == wanted:
                return
        rest.wait(0.05)
