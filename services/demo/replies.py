"""When demo mentors answer what is asked of them: each at a pace of their own, from within the hour to two days."""

from datetime import datetime, timedelta
from random import Random

from services.demo.diary import Draft

PACES_HOURS = (1, 3, 6, 12, 20, 30, 48)


def answered_at(draft: Draft, asked_at: datetime, latest: datetime) -> datetime:
    """Return when the mentor answered, `latest` at the latest; chance of its own, so no other draw changes by it."""
    pace = Random(f"pace {draft.mentor_id}").choice(PACES_HOURS)  # noqa: S311 - a demo that repeats, no secret
    share = Random(f"answer {draft.mentor_id} {asked_at.isoformat()}").uniform(0.5, 1.5)  # noqa: S311
    return max(asked_at, min(asked_at + timedelta(hours=round(pace * share)), latest))
