"""How long messages have waited to be sent: the first sign of a mail server that does not answer."""

from datetime import datetime

from services.booking.jobs import NOTICE
from services.deliver_agenda import DELIVER_AGENDA
from services.notices.digest import DIGEST
from services.notices.send import QUIET
from store import Store

MESSAGES = (NOTICE, DELIVER_AGENDA, DIGEST)


def oldest_unsent(store: Store, now: datetime) -> datetime | None:
    """Return since when the message has been due that waits longest; None when all that was due has left.

    What waits for the end of quiet hours is not late.
    """
    late = (job for job in store.jobs.overdue(MESSAGES, now) if job.last_error != QUIET or job.run_at <= now)
    return min((_due(job.payload.get("due"), job.run_at) for job in late), default=None)


def _due(noted: object, run_at: datetime) -> datetime:
    # an attempt that failed moves `run_at`; what was planned stays in the payload
    return datetime.fromisoformat(str(noted)) if noted else run_at
