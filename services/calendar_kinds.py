"""The kinds of calendars that this Halfhour can reach, each with what opens one: filled in `compose.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.calendars import CalendarConnection, CalendarKind
from domain.people import Person
from integrations.calendar import Calendar
from services.sealed import Credentials, Seal
from store import Engine, unit_of_work


@dataclass(frozen=True, slots=True)
class OpenedConnection:
    """A person's connection with its credentials within reach."""

    person: Person
    connection: CalendarConnection
    engine: Engine
    seal: Seal

    def credentials(self) -> Credentials:
        """Return the credentials as they are now; raise CalendarFailed when they cannot be opened."""
        with unit_of_work(self.engine) as store:
            current = store.calendars.of(self.person.id) or self.connection
        return self.seal.unseal(self.person.id, current.credentials)

    def keep(self, credentials: Credentials, *, instead_of: Credentials) -> bool:
        """Replace the credentials, for instance by a fresh token; return False when somebody was quicker."""
        with unit_of_work(self.engine, write=True) as store:
            current = store.calendars.of(self.person.id)
            if current is None or self.seal.unseal(self.person.id, current.credentials) != dict(instead_of):
                return False
            return store.calendars.keep_credentials(current, self.seal.seal(self.person.id, credentials))


CalendarFactory = Callable[[OpenedConnection], Calendar]
CalendarKinds = Mapping[CalendarKind, CalendarFactory]
