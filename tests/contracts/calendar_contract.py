"""What every calendar does, the null one and the real ones; a test class inherits it and gives a `calendar`."""

from datetime import timedelta

from integrations.calendar import Calendar
from tests.integrations.events import AT, an_event

DAY = timedelta(days=1)
LATER = AT + timedelta(hours=3)


class CalendarContract:
    def test_an_event_put_again_keeps_its_id(self, calendar: Calendar) -> None:
        event_id = calendar.put(an_event())
        assert event_id
        assert calendar.put(an_event(sequence=1), event_id) == event_id

    def test_a_lost_answer_makes_no_second_event(self, calendar: Calendar) -> None:
        assert calendar.put(an_event()) == calendar.put(an_event())

    def test_own_events_make_nobody_busy(self, calendar: Calendar) -> None:
        calendar.put(an_event())
        assert list(calendar.busy(AT - DAY, AT + DAY)) == []

    def test_a_moved_event_makes_nobody_busy_at_either_time(self, calendar: Calendar) -> None:
        event_id = calendar.put(an_event())
        calendar.put(an_event(sequence=1, starts_at=LATER, ends_at=LATER + timedelta(minutes=20)), event_id)
        assert list(calendar.busy(AT - DAY, LATER + DAY)) == []

    def test_an_event_may_be_removed_twice(self, calendar: Calendar) -> None:
        event_id = calendar.put(an_event())
        calendar.remove(event_id)
        calendar.remove(event_id)

    def test_a_removed_event_may_be_put_again(self, calendar: Calendar) -> None:
        event_id = calendar.put(an_event())
        calendar.remove(event_id)
        assert calendar.put(an_event(sequence=2), event_id)
