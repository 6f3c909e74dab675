"""A mentor's page of times: what is typed is kept or stands beside its problem, and removals can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from httpx2 import Response

from domain.availability import Availability, DateHours, Stretch
from domain.people import MentorOffer, Role, WeeklyHours
from services.context import Context
from store import unit_of_work
from tests.builders import a_person, an_offer
from tests.web.conftest import ClientOf
from web.availability_form import parse_hours, read_wishes

ADDRESS = "/availability"
WISHES = {
    "hours": ["9-12", "", "9:00–12:00, 14.30–16", "", "", "", ""],
    "week": "40",
    "month": "100",
    "lengths": ["15", "30"],
    "buffer": "10",
    "notice": "48",
    "place": "https://meet.example/ines",
    "back": "",
}


@pytest.fixture(autouse=True)
def ines(running: Context) -> Iterator[None]:
    """A mentor in Berlin whose times these tests change; she offers what nobody asks for."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("ines", name="Ines Roth", roles=frozenset({Role.MENTOR}))])
        store.offers.save([an_offer("ines", topic_ids=frozenset(), weekly_hours=(WeeklyHours(3, time(9), time(10)),))])
        store.availability.save("ines", Availability())
        for one in store.availability.date_hours("ines", date(2026, 1, 1)):
            store.availability.remove_date_hours("ines", one.day)
        for absence in store.availability.absences("ines", datetime(2026, 1, 1, tzinfo=UTC)):
            store.availability.remove_absence("ines", absence.id)
    yield
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("ines", is_active=False)])


def kept(context: Context) -> tuple[MentorOffer, Availability]:
    with unit_of_work(context.engine) as store:
        offer = store.offers.get("ines")
        assert offer is not None
        return offer, store.availability.get("ines")


def send(client_of: ClientOf, path: str = "", **typed: object) -> Response:
    return client_of("ines").post(f"{ADDRESS}{path}", data=typed)


def test_the_page_shows_what_is_kept_and_what_mentees_see(client_of: ClientOf) -> None:
    page = client_of("ines").get(ADDRESS).text
    assert 'value="09:00–10:00"' in page
    assert "All times are on your clock, Europe/Berlin" in page
    assert "<li>Thu 5 March, 09:00</li>" in page


def test_it_speaks_russian(client_of: ClientOf) -> None:
    page = client_of("ines").get(f"{ADDRESS}?lang=ru").text
    assert "Ваше время как наставника" in page
    assert "Понедельник" in page


def test_everything_is_kept_at_once(client_of: ClientOf, running: Context) -> None:
    answered = send(client_of, **WISHES | {"back": "2026-03-10"})
    assert (answered.status_code, answered.headers["location"]) == (303, "/availability?saved=1")
    offer, said = kept(running)
    assert offer.weekly_hours == (
        WeeklyHours(0, time(9), time(12)),
        WeeklyHours(2, time(9), time(12)),
        WeeklyHours(2, time(14, 30), time(16)),
    )
    assert (offer.capacity_minutes_per_week, offer.paused_until) == (40, datetime(2026, 3, 9, 23, tzinfo=UTC))
    assert said == Availability(100, 10, 48, frozenset({15, 30}), "https://meet.example/ines")
    page = client_of("ines").get("/availability?saved=1").text
    assert 'value="09:00–12:00, 14:30–16:00"' in page
    assert 'value="2026-03-10"' in page


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("hours", ["nine to five"] + [""] * 6, "Write hours like 9:00–12:00"),
        ("hours", ["12-9"] + [""] * 6, "Write hours like 9:00–12:00"),
        ("hours", ["9-25"] + [""] * 6, "Write hours like 9:00–12:00"),
        ("hours", ["9-12, 11-13"] + [""] * 6, "These hours overlap"),
        ("hours", ["1-2,3-4,5-6,7-8,9-10,11-12,13-14"] + [""] * 6, "at most six stretches"),
        ("week", "", "Write a whole number of minutes"),
        ("week", "-5", "Write a whole number of minutes"),
        ("week", "2401", "Write a whole number of minutes"),
        ("week", "١٢", "Write a whole number of minutes"),
        ("month", "many", "or leave it empty for no limit"),
        ("lengths", [], "Choose at least one length."),
        ("lengths", ["14"], "Choose at least one length."),
        ("buffer", "7", "Choose how long from the list."),
        ("notice", "337", "Write a whole number of hours"),
        ("place", "http://meet.example", "Paste a link that begins with https://"),
        ("place", "Room\u202e4", "Paste a link that begins with https://"),
        ("place", "x" * 301, "At most 300 characters fit here."),
        ("back", "2026-03-02", "Choose a day after today"),
        ("back", "9999-12-31", "Choose a day after today"),
        ("back", "tomorrow", "Choose a day after today"),
    ],
)
def test_a_problem_stands_beside_its_field_and_nothing_is_kept(
    client_of: ClientOf, running: Context, name: str, typed: object, message: str
) -> None:
    before = kept(running)
    answered = send(client_of, **WISHES | {name: typed})
    assert answered.status_code == 422
    assert message in answered.text
    assert answered.text.count('class="field-error"') == 1
    assert 'value="9:00–12:00, 14.30–16"' in answered.text or name == "hours"
    assert kept(running) == before


def test_what_was_typed_stays_and_is_only_text(client_of: ClientOf) -> None:
    answered = send(client_of, **WISHES | {"place": '"><img src=x onerror=alert(1)>://', "week": "x"})
    assert "<img" not in answered.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in answered.text


def test_a_day_gets_hours_of_its_own_and_its_removal_is_undone(client_of: ClientOf, running: Context) -> None:
    assert send(client_of, "/days", day="2026-03-05", hours="13-14").status_code == 303
    assert send(client_of, "/days", day="2026-03-06", hours="").status_code == 303
    page = client_of("ines").get(ADDRESS).text
    assert "5 March 2026: 13:00–14:00" in page
    assert "6 March 2026: day off" in page
    removed = send(client_of, "/days/remove", day="2026-03-05")
    undo = client_of("ines").get(removed.headers["location"]).text
    assert 'name="day" value="2026-03-05"><input type="hidden" name="hours" value="13:00–14:00"' in undo
    assert send(client_of, "/days", day="2026-03-05", hours="13:00–14:00").status_code == 303
    with unit_of_work(running.engine) as store:
        assert store.availability.date_hours("ines", date(2026, 3, 5)) == [
            DateHours(date(2026, 3, 5), (Stretch(time(13), time(14)),)),
            DateHours(date(2026, 3, 6)),
        ]


@pytest.mark.parametrize(
    ("day", "hours", "count"), [("2026-03-01", "9-10", 1), ("05.03.2026", "9-10", 1), ("", "", 1), ("soon", "late", 2)]
)
def test_a_day_that_cannot_be_is_refused(client_of: ClientOf, day: str, hours: str, count: int) -> None:
    answered = send(client_of, "/days", day=day, hours=hours)
    assert (answered.status_code, answered.text.count('class="field-error"')) == (422, count)
    assert f'value="{hours}"' in answered.text


def test_whole_days_away_are_shown_as_days_and_their_removal_is_undone(client_of: ClientOf, running: Context) -> None:
    assert send(client_of, "/absences", from_day="2026-03-05", to_day="2026-03-06").status_code == 303
    with unit_of_work(running.engine) as store:
        (absence,) = store.availability.absences("ines", datetime(2026, 3, 2, tzinfo=UTC))
    assert absence.interval == (datetime(2026, 3, 4, 23, tzinfo=UTC), datetime(2026, 3, 6, 23, tzinfo=UTC))
    page = client_of("ines").get(ADDRESS).text
    assert "5 March 2026 – 6 March 2026" in page
    assert "<li>Thu 12 March, 09:00</li>" in page
    removed = send(client_of, "/absences/remove", absence=absence.id)
    undo = client_of("ines").get(removed.headers["location"]).text
    back = {"from_day": "2026-03-05", "from_time": "00:00", "to_day": "2026-03-07", "to_time": "00:00"}
    assert all(f'type="hidden" name="{name}" value="{value}"' in undo for name, value in back.items())
    assert send(client_of, "/absences", **back).status_code == 303
    with unit_of_work(running.engine) as store:
        (again,) = store.availability.absences("ines", datetime(2026, 3, 2, tzinfo=UTC))
    assert replace(again, id=absence.id) == absence


def test_hours_away_are_shown_with_their_times(client_of: ClientOf) -> None:
    send(client_of, "/absences", from_day="2026-03-05", from_time="9", to_day="2026-03-05", to_time="9:30")
    assert "Thu 5 March, 09:00 – Thu 5 March, 09:30" in client_of("ines").get(ADDRESS).text


@pytest.mark.parametrize(
    "typed",
    [
        {"from_day": "2026-03-06", "to_day": "2026-03-05"},
        {"from_day": "2026-03-01", "to_day": "2026-03-02", "to_time": "9:59"},
        {"from_day": "2026-03-05", "to_day": "2026-03-05", "from_time": "12:00", "to_time": "12:00"},
        {"from_day": "2025-03-05", "to_day": "2026-12-05"},
        {"from_day": "0001-01-01", "to_day": "9999-12-31"},
        {"from_day": "2026-03-05", "to_day": "2026-03-05", "from_time": "25:00"},
        {"from_day": "", "to_day": ""},
    ],
)
def test_an_absence_that_cannot_be_is_refused(client_of: ClientOf, running: Context, typed: dict[str, str]) -> None:
    answered = send(client_of, "/absences", **typed)
    assert answered.status_code == 422
    assert 'class="field-error"' in answered.text
    with unit_of_work(running.engine) as store:
        assert store.availability.absences("ines", datetime(2025, 1, 1, tzinfo=UTC)) == []


def test_nobody_ends_the_absence_of_somebody_else(client_of: ClientOf, running: Context) -> None:
    send(client_of, "/absences", from_day="2026-03-05", to_day="2026-03-06")
    with unit_of_work(running.engine) as store:
        (absence,) = store.availability.absences("ines", datetime(2026, 3, 2, tzinfo=UTC))
    client_of("dee").post(f"{ADDRESS}/absences/remove", data={"absence": absence.id})
    with unit_of_work(running.engine) as store:
        assert store.availability.absences("ines", datetime(2026, 3, 2, tzinfo=UTC)) == [absence]


def test_who_does_not_mentor_learns_how_one_becomes_a_mentor(client_of: ClientOf) -> None:
    page = client_of("nora").get(ADDRESS)
    assert page.status_code == 200
    assert "You do not mentor yet" in page.text
    assert '<form method="post" action="/availability' not in page.text


@pytest.mark.parametrize("query", ["day=x&hours=%3Cb%3E", "away=1&until=2T", "saved=maybe", "day=" + "9" * 50])
def test_a_made_up_undo_breaks_nothing(client_of: ClientOf, query: str) -> None:
    page = client_of("ines").get(f"{ADDRESS}?{query}")
    assert page.status_code in {200, 422}
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("typed", "stretches"),
    [
        ("", []),
        (" 9 - 12 ", [(time(9), time(12))]),
        ("14:30—16.15;9-10", [(time(9), time(10)), (time(14, 30), time(16, 15))]),
        ("9-10,10-11", [(time(9), time(10)), (time(10), time(11))]),
        ("22-24", [(time(22), time(23, 59))]),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, stretches: list[tuple[time, time]]) -> None:
    assert [(one.start, one.end) for one in parse_hours(typed)] == stretches


def test_several_problems_are_named_at_once() -> None:
    wishes, errors = read_wishes({"week": "x", "lengths": [], "buffer": "0", "notice": "x"}, date(2026, 3, 2))
    assert wishes is None
    assert sorted(errors) == ["lengths", "notice", "week"]
