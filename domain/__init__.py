"""What Halfhour talks about: people, topics, mentoring sessions, suggestions, agendas. Plain dataclasses, no I/O.

Clocks are read by the rules of the installed `tzdata`, pinned with the other packages: those that a machine brings may
be years old, and then a winter's sessions in Vancouver or Casablanca stand an hour off.
"""

from zoneinfo import ZoneInfo, reset_tzpath

reset_tzpath(to=())
ZoneInfo.clear_cache()
