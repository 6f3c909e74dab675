"""The calendars that reach nobody keep the contract: the null one, and the one that tests look into."""

import pytest

from integrations.calendar import Calendar, NullCalendar
from tests.contracts.calendar_contract import CalendarContract
from tests.fakes.calendars import FakeCalendar


class TestNullCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self) -> Calendar:
        return NullCalendar()


class TestFakeCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self) -> Calendar:
        return FakeCalendar()
