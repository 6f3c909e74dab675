"""Invitations: one event in each, at the right time in every zone, whatever the words say."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from domain.errors import InvalidInput
from integrations.calendar import Method
from integrations.ical import Party, invitation, is_own_uid, stored_event, uid_of
from tests.builders import NOW
from tests.integrations.events import AT, HALFHOUR, NORA, an_event, an_invitation, event_in

HOSTILE = 'Hi\r\nEND:VEVENT\rBEGIN:VALARM\nTRIGGER:-PT5M\x00\u202e, ; \\ "quoted" BEGIN:VALARM'
RUSSIAN = "Делегирование: как передавать работу так, чтобы не забирать её обратно, когда всё горит 🙂" * 3


def test_an_invitation_says_who_when_and_how_often_it_changed() -> None:
    text = an_invitation(sequence=3)
    whole, event = Calendar.from_ical(text), event_in(text)
    assert (whole["METHOD"], whole["VERSION"], whole["PRODID"]) == ("REQUEST", "2.0", "-//Halfhour//Halfhour//EN")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("s1@halfhour", 3, "CONFIRMED")
    assert (event.start, event.end, event["DTSTAMP"].dt) == (AT, AT + timedelta(minutes=20), NOW)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "OPAQUE")
    assert event["ORGANIZER"] == "mailto:halfhour@example.org"
    assert event["ATTENDEE"] == "mailto:nora@example.org"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Nora Quist",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_a_cancellation_is_the_same_event_without_its_time_kept() -> None:
    text = an_invitation(method=Method.CANCEL, sequence=4)
    event = event_in(text)
    assert Calendar.from_ical(text)["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("s1@halfhour", 4, "CANCELLED")


def test_what_is_kept_on_a_server_invites_nobody() -> None:
    text = stored_event(an_event(), NOW)
    assert "METHOD" not in Calendar.from_ical(text)
    assert not {"ORGANIZER", "ATTENDEE"} & event_in(text).keys()


@pytest.mark.parametrize("words", [HOSTILE, RUSSIAN, "\ud800 half a character", "\u2066turned\u2069", "x" * 5_000])
def test_words_stay_words_on_lines_of_75_octets(words: str) -> None:
    event = an_event(title=words, description=words, place=words)
    for text in (
        invitation(event, Party(words, "h@example.org"), [Party(words, "n@example.org")], Method.REQUEST, NOW),
        stored_event(event, NOW),
    ):
        read = event_in(text)
        assert read.subcomponents == []
        assert Calendar.from_ical(text).errors == []
        assert not any(character in text for character in "\x00\u202e\u2066\ud800")
        lines = text.encode().split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert not any(b"\r" in line or b"\n" in line for line in lines)


def test_a_line_break_is_kept_in_a_description_only() -> None:
    event = event_in(an_invitation(title="One\ntwo", description="One\r\ntwo"))
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("One two", "One\ntwo")


def test_russian_words_come_back_whole() -> None:
    assert event_in(an_invitation(title="Как передавать работу: «отдал, забыл»; и не забирать"))["SUMMARY"] == (
        "Как передавать работу: «отдал, забыл»; и не забирать"
    )


def test_a_name_needs_no_quotation_marks() -> None:
    party = Party('Nora "Nori", X:1; Y=2', "nora@example.org")
    event = event_in(invitation(an_event(), HALFHOUR, [party], Method.REQUEST, NOW))
    assert event["ATTENDEE"].params["CN"] == "Nora 'Nori', X:1; Y=2"


def test_a_time_that_comes_twice_is_told_in_utc() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 in Berlin for the second time
    event = event_in(an_invitation(starts_at=second, ends_at=second + timedelta(minutes=20)))
    assert "DTSTART:20261025T013000Z" in an_invitation(starts_at=second, ends_at=second + timedelta(minutes=20))
    assert event.start == second


@pytest.mark.parametrize("uid", ["", "s1", "s1@half hour", "s1@halfhour\r\nX:1", "@halfhour", "ы@halfhour"])
def test_a_uid_is_plain(uid: str) -> None:
    with pytest.raises(InvalidInput, match="uid must look like name@place"):
        stored_event(an_event(uid=uid), NOW)


def test_somebody_is_invited_at_an_address() -> None:
    with pytest.raises(InvalidInput, match="attendees must hold somebody"):
        invitation(an_event(), HALFHOUR, [], Method.REQUEST, NOW)
    with pytest.raises(InvalidInput, match="mail address must be one e-mail address"):
        invitation(an_event(), HALFHOUR, [Party("Nora", "nora@example.org\r\nX:1")], Method.REQUEST, NOW)


def test_own_events_are_known_by_their_uid() -> None:
    assert is_own_uid(uid_of("s1"))
    assert not is_own_uid("s1@example.org")
    assert NORA.email not in repr(NORA)
