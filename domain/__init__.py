"""What Halfhour talks about: people, topics, mentoring sessions, suggestions, agendas. Plain dataclasses, no I/O."""
