"""The calendar that keeps nothing keeps the contract."""

import pytest

from integrations.calendar import Calendar, NullCalendar
from tests.contracts.calendar_contract import CalendarContract


class TestNullCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self) -> Calendar:
        return NullCalendar()
