"""HR's page of the rules of booking: checked beside each field, typed values kept, earlier rules again."""

import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.booking import BookingPolicy
from services.booking.policy import booking_policy
from services.booking_rules import HISTORY
from services.context import Context
from store import unit_of_work
from tests.web.hr_company import address_after, client_for, small_company
from web.booking_rules import read_rules

PAGE = "/hr/programme/booking"
TYPED = {
    "answer_hours": "36",
    "nudge_hours": "12",
    "late_cancel_hours": "6",
    "follow_up_days": "21",
    "chat_hours": "48",
    "max_open_requests": "3",
    "max_requests_per_week": "8",
    "reminder_hours": "48, 2",
    "quiet_from": "19:30",
    "quiet_until": "07:00",
}


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = small_company(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def hr(context: Context) -> TestClient:
    return client_for(context)


def in_force(context: Context) -> BookingPolicy:
    with unit_of_work(context.engine) as store:
        return booking_policy(store)


def test_the_page_begins_with_the_defaults(hr: TestClient) -> None:
    page = hr.get(PAGE).text
    assert 'name="answer_hours" value="48" min="4" max="336"' in page
    assert 'name="reminder_hours" value="24, 1"' in page
    assert 'name="has_digest" value="yes" checked' in page


def test_rules_are_saved_noted_and_taken_back(hr: TestClient, context: Context) -> None:
    address_after(hr, PAGE, **TYPED, has_digest="yes")
    first = BookingPolicy(36, 12, (48, 2), time(19, 30), time(7), 21, 48, 6, 3, 8, True)
    assert in_force(context) == first
    with unit_of_work(context.engine, write=True) as store:
        [entry] = store.get_setting(HISTORY)
        store.put_setting(HISTORY, [entry | {"at": "2026-03-01T08:00:00+00:00"}])
    address_after(hr, PAGE, **TYPED | {"answer_hours": "24"})
    assert in_force(context) == BookingPolicy(24, 12, (48, 2), time(19, 30), time(7), 21, 48, 6, 3, 8, False)
    page = hr.get(PAGE).text
    assert "(Hana Sato)" in page
    [key] = re.findall(r'name="at" value="([^"]+)"', page)
    address_after(hr, f"{PAGE}/earlier", at=key)
    assert in_force(context) == first
    assert address_after(hr, f"{PAGE}/earlier", at="never") == f"{PAGE}#changes"


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("answer_hours", "3", "Write a whole number from 4 to 336."),
        ("answer_hours", "two", "Write a whole number from 4 to 336."),
        ("follow_up_days", "", "Write a whole number from 1 to 90."),
        ("max_open_requests", "9" * 10, "Write a whole number from 1 to 50."),
        ("reminder_hours", "1, 24", "Write up to four different whole numbers"),
        ("quiet_from", "25:00", "Write a time of day such as 20:00."),
        ("nudge_hours", "36", "This must be less than the hours to answer."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_typed_values_stay(
    hr: TestClient, context: Context, name: str, typed: str, says: str
) -> None:
    answered = hr.post(PAGE, data=TYPED | {name: typed})
    assert answered.status_code == 422
    assert re.search(rf'id="{name}-error">{re.escape(says)}', answered.text)
    assert f'name="{name}" value="{typed}"' in answered.text
    assert 'name="chat_hours" value="48"' in answered.text
    assert in_force(context) == BookingPolicy()


def test_a_form_of_nothing_is_wrong_in_every_field_but_the_one_that_may_be_empty() -> None:
    """No reminder at all is a choice."""
    values, errors = read_rules({})
    assert set(errors) == set(TYPED) - {"reminder_hours"}
    assert values["reminder_hours"] == ()


def test_an_entry_of_another_version_is_left_out(hr: TestClient, context: Context) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.put_setting(
            HISTORY, [{"at": "2026-03-01T08:00:00+00:00", "person_id": "x", "values": {"answer_hours": 1}}]
        )
    assert "Who changed what" not in hr.get(PAGE).text


def test_in_russian_the_page_speaks_russian(hr: TestClient) -> None:
    assert "Правила записи" in hr.get(f"{PAGE}?lang=ru").text
