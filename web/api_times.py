"""Free times of a mentor over the JSON API, for whoever is signed in."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.availability import MOST_DAYS, times_with_mentor
from web.access import Running, SignedIn
from web.api_v1 import REFUSALS
from web.plain_text import PlainText

MOST_TIMES = 500
router = APIRouter(prefix="/api/v1", tags=["halfhour"], responses=REFUSALS)


class FreeTimes(BaseModel):
    """When a session with a mentor could start: UTC, earliest first. `zone` is that of whoever asks."""

    mentor_id: str
    minutes: int
    zone: str
    times: list[datetime]


@router.get("/mentors/{mentor_id}/times")
def times(
    person: SignedIn,
    context: Running,
    mentor_id: str,
    minutes: int = 20,
    topic: PlainText | None = None,
    days: Annotated[int | None, Query(ge=1, le=MOST_DAYS)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_TIMES)] = 100,
) -> FreeTimes:
    """Return when both the mentor and the person who is signed in are free for a session of so many minutes."""
    found = times_with_mentor(context, person, mentor_id, minutes, topic_id=topic, days=days, limit=limit)
    return FreeTimes(mentor_id=mentor_id, minutes=minutes, zone=person.zone, times=found)
