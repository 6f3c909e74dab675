"""What a person's page about their own calendar shows."""

from dataclasses import dataclass

from domain.calendars import CalendarConnection, CalendarKind
from services.context import Context
from store import unit_of_work


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The calendar that is connected, and the ways to connect one.

    Parameters
    ----------
    hosts
        Where calendars that speak CalDAV may be; none where that is not set up.
    others
        Kinds that are connected at their provider, by a link.
    """

    connection: CalendarConnection | None
    hosts: tuple[str, ...]
    others: list[CalendarKind]

    @property
    def is_possible(self) -> bool:
        """Whether any calendar can be connected here."""
        return bool(self.hosts or self.others)

    @property
    def only_address(self) -> str:
        """The address where there is just one to choose; "" else."""
        return f"https://{self.hosts[0]}" if len(self.hosts) == 1 and "*" not in self.hosts[0] else ""


def calendar_page(context: Context, person_id: str) -> CalendarPage:
    """Return what the page shows."""
    with unit_of_work(context.engine) as store:
        connection = store.calendars.of(person_id)
    if not context.seal.is_ready:
        return CalendarPage(connection, (), [])
    others = sorted(set(context.calendar_kinds) - {CalendarKind.CALDAV})
    return CalendarPage(connection, context.caldav_hosts, others)
