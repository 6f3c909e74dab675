"""Opens calendars and calls of Google, Microsoft and Zoom, each in the account that it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.calendars import CalendarKind
from integrations.calendar import Calendar
from integrations.google import GoogleCalendar, MeetRooms
from integrations.graph import GraphCalendar, TeamsRooms
from integrations.oauth import Account, OAuthClient
from integrations.provider_api import ProviderApi
from integrations.rooms import NoRooms, Rooms
from integrations.zoom import ZoomAccount, ZoomRooms
from services.calendar_kinds import OpenedConnection
from services.call_rooms import RoomHost, RoomsFactory
from services.cloud_calendars import StoredTokens


@dataclass(frozen=True, slots=True)
class CloudCalendars:
    """One provider's calendars: its API, and Halfhour as it is known there."""

    kind: CalendarKind
    api: ProviderApi
    oauth: OAuthClient
    clock: Callable[[], datetime]

    def open(self, opened: OpenedConnection) -> Calendar:
        """Return the connected calendar."""
        if self.kind is CalendarKind.GOOGLE:
            return GoogleCalendar(self._account(opened), opened.connection.calendar)
        return GraphCalendar(self._account(opened))

    def rooms(self, host: RoomHost) -> Rooms:
        """Return what opens calls in the host's account; none where they have not connected one of this kind."""
        if host.opened is None or host.opened.connection.kind is not self.kind:
            return NoRooms()
        account = self._account(host.opened)
        if self.kind is CalendarKind.GOOGLE:
            return MeetRooms(account, host.opened.connection.calendar)
        return TeamsRooms(account)

    def _account(self, opened: OpenedConnection) -> Account:
        return Account(self.api, self.oauth, StoredTokens(opened), self.clock)


CalendarConsents = Mapping[CalendarKind, OAuthClient]


def zoom_rooms(account: ZoomAccount, host_for_all: str = "") -> RoomsFactory:
    """Return what opens meetings at Zoom: of one host for all, else of the mentor by their mail address."""

    def make(host: RoomHost) -> Rooms:
        return ZoomRooms(account, host_for_all or host.person.email)

    return make
