"""The parts of the demo company's generator: texts as read, then seats, staff, goals, offers, sessions, feedback."""
