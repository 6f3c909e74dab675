"""Jobs: effects that happen after the transaction that caused them, each at least once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class JobState(StrEnum):
    """Where a job stands; `dead` waits for somebody to try again."""

    QUEUED = "queued"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Job:
    """One effect to happen from `run_at` on.

    `key` names the effect, so that asking for it twice makes one job. `attempts` counts the claims, this one included.
    `last_error` is a code, never a person's words.
    """

    id: str
    kind: str
    key: str
    payload: dict[str, Any]
    run_at: datetime
    created_at: datetime
    state: JobState = JobState.QUEUED
    attempts: int = 0
    leased_by: str | None = None
    leased_until: datetime | None = None
    last_error: str = ""
    finished_at: datetime | None = None
