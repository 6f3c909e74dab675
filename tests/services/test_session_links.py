"""Which pages of a session are of use to whom, and when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.booking import BookingPolicy
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from services.session_links import Door, doors
from tests.builders import NOW, a_session

BOOKED = a_session(starts_at=NOW)
HELD = replace(BOOKED, status=SessionStatus.HELD)
CHAT = replace(BOOKED, format=Format.CHAT, starts_at=None, closes_at=NOW + timedelta(hours=72))


@pytest.mark.parametrize(
    ("session", "person_id", "at", "expected"),
    [
        (BOOKED, "p1", NOW - timedelta(hours=2), ["agenda"]),
        (BOOKED, "m1", NOW - timedelta(hours=1), ["room", "agenda"]),
        (BOOKED, "p1", NOW + timedelta(minutes=20), ["room", "feedback", "agenda"]),
        (HELD, "p1", NOW + timedelta(days=2), ["feedback", "agenda"]),
        (HELD, "p1", NOW + timedelta(days=15), ["follow_up", "feedback", "agenda"]),
        (HELD, "m1", NOW + timedelta(days=15), ["feedback", "agenda"]),
        (replace(HELD, status=SessionStatus.FOLLOWED_UP), "p1", NOW + timedelta(days=60), ["agenda"]),
        (CHAT, "p1", NOW, ["chat", "agenda"]),
        (replace(CHAT, status=SessionStatus.HELD), "p1", NOW, ["chat", "feedback", "agenda"]),
        (replace(BOOKED, status=SessionStatus.CANCELLED), "p1", NOW, []),
        (replace(BOOKED, status=SessionStatus.REQUESTED), "p1", NOW, ["agenda"]),
        (BOOKED, "h1", NOW, []),
    ],
)
def test_doors_open_when_it_is_time(
    session: MentoringSession, person_id: str, at: datetime, expected: list[str]
) -> None:
    assert [door for door, _ in doors(session, person_id, at, BookingPolicy())] == expected


def test_a_door_leads_to_its_page() -> None:
    addresses = dict(doors(HELD, "p1", NOW + timedelta(days=15), BookingPolicy()))
    assert addresses["follow_up"] == "/sessions/s1/follow-up"
    assert addresses["feedback"] == "/sessions/s1/feedback"


def test_the_follow_up_opens_when_its_mail_goes_out() -> None:
    at = (HELD.ends_at or NOW) + timedelta(days=8)
    early = dict(doors(HELD, "p1", at, BookingPolicy(follow_up_days=7)))
    assert (Door.FOLLOW_UP in early, Door.FOLLOW_UP in dict(doors(HELD, "p1", at, BookingPolicy()))) == (True, False)
