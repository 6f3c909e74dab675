"""Jobs: effects that happen after the transaction that caused them, each at least once."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.errors import HalfhourError

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


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

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be done, or just being done."""
        return self.state in (JobState.QUEUED, JobState.LEASED)


class JobFailed(HalfhourError):
    """The effect did not happen; `code` says why in one word, for it is kept and logged.

    Parameters
    ----------
    may_retry
        False where trying again cannot help: the job is given up at once.
    retry_after
        The least time to wait before the next attempt; None for the usual one.
    """

    def __init__(self, code: str, *, may_retry: bool = True, retry_after: timedelta | None = None) -> None:
        if not _CODE.fullmatch(code):
            # not shown: a text in its place may hold a person's words
            raise ValueError("code must be 1 to 60 letters, digits, dots, dashes or underscores, got something else.")
        self.code, self.may_retry, self.retry_after = code, may_retry, retry_after
        super().__init__(f"The job failed: {code}.")
