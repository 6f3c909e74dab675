"""Rooms are opened by what is set up: Zoom for all, Google and Teams where the host has connected that calendar."""

from dataclasses import replace

import pytest

from compose import build_call_rooms
from domain.calendars import CalendarConnection, CalendarKind
from domain.errors import InvalidInput
from integrations.google import MeetRooms
from integrations.graph import TeamsRooms
from integrations.rooms import NoRooms
from integrations.zoom import ZoomRooms
from services.context import Context
from services.rooms import rooms_of
from settings import Settings
from store import unit_of_work
from tests.builders import NOW

GOOGLE = {"call_rooms": "google", "google_client_id": "an-app"}
TEAMS = {"call_rooms": "teams", "microsoft_client_id": "an-app"}
ZOOM = {"call_rooms": "zoom", "zoom_client_id": "an-app", "zoom_account_id": "an-account"}


@pytest.mark.parametrize(
    ("set_up", "connected", "kind"),
    [
        ({}, None, NoRooms),
        ({}, CalendarKind.GOOGLE, NoRooms),
        (GOOGLE, CalendarKind.GOOGLE, MeetRooms),
        (GOOGLE, CalendarKind.GRAPH, NoRooms),
        (GOOGLE, None, NoRooms),
        (TEAMS, CalendarKind.GRAPH, TeamsRooms),
        (TEAMS, CalendarKind.CALDAV, NoRooms),
        (ZOOM, None, ZoomRooms),
    ],
)
def test_each_host_gets_the_rooms_that_are_set_up_for_them(
    set_up: dict[str, str], connected: CalendarKind | None, kind: type, running: Context
) -> None:
    context = replace(running, call_rooms=build_call_rooms(Settings(**set_up)))
    with unit_of_work(context.engine, write=True) as store:
        if connected:
            store.calendars.connect(CalendarConnection("m1", connected, "m1", "primary", b"sealed", NOW))
        assert type(rooms_of(context, store, "m1")) is kind


@pytest.mark.parametrize("wanted", ["google", "teams", "zoom"])
def test_a_provider_that_is_not_set_up_is_said_at_the_start(wanted: str) -> None:
    with pytest.raises(InvalidInput, match=f"HALFHOUR_CALL_ROOMS must name a provider that is set up, got {wanted}"):
        build_call_rooms(Settings(call_rooms=wanted))
