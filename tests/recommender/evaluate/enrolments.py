"""Made-up course enrolments whose structure is known: tracks that are walked step by step, with detours."""

from datetime import UTC, datetime, timedelta

import numpy as np

from recommender.evaluate.tasks import Entry, NextTopicTask, Relevant, Visit

TRACKS = ("law", "metal", "music", "soil", "stars", "trade")
STEPS = 8
START = datetime(2024, 1, 1, tzinfo=UTC)
DETOUR = 0.2


def courses() -> tuple[Entry, ...]:
    """Return the courses of all tracks; a title names its track, not its step."""
    return tuple(Entry(f"{track}-{step}", f"course about {track}", "") for track in TRACKS for step in range(STEPS))


def enrolments(seed: int, people: int = 300) -> list[Visit]:
    """Return visits of people who walk one track from some step on, twenty days apart, one step in five a detour.

    The first track is taken by four people in ten, so that popularity is worth something.
    """
    chance = np.random.default_rng(seed)
    everything = [course.id for course in courses()]
    visits = []
    for number in range(people):
        track = TRACKS[0] if chance.random() < 0.4 else str(chance.choice(TRACKS[1:]))
        first, begins = int(chance.integers(0, STEPS - 3)), START + timedelta(days=int(chance.integers(0, 300)))
        for step_number, step in enumerate(range(first, min(STEPS, first + int(chance.integers(3, 6))))):
            detour = chance.random() < DETOUR
            course = str(chance.choice(everything)) if detour else f"{track}-{step}"
            visits.append(Visit(f"p{number:03d}", course, begins + timedelta(days=20 * step_number)))
    return visits


def last_hidden(seed: int) -> tuple[NextTopicTask, Relevant]:
    """Return a task in which the last visit of every third person is to be found."""
    visits = sorted(enrolments(seed), key=lambda visit: visit.at)
    last = {visit.person_id: visit for visit in visits}
    hidden = {person: visit for person, visit in last.items() if int(person[1:]) % 3 == 0}
    seen = [visit for visit in visits if hidden.get(visit.person_id) != visit]
    return _task(seen, {person: [visit] for person, visit in hidden.items()})


def split_by_time(seed: int) -> tuple[NextTopicTask, Relevant]:
    """Return a task in which all visits after a day are to be found, for people who had visits before it."""
    visits = sorted(enrolments(seed, people=600), key=lambda visit: visit.at)
    until = START + timedelta(days=200)
    seen = [visit for visit in visits if visit.at < until]
    known = {visit.person_id for visit in seen}
    later: dict[str, list[Visit]] = {}
    for visit in visits:
        if visit.at >= until and visit.person_id in known:
            later.setdefault(visit.person_id, []).append(visit)
    return _task(seen, later)


def _task(seen: list[Visit], later: dict[str, list[Visit]]) -> tuple[NextTopicTask, Relevant]:
    task = NextTopicTask(courses(), tuple(seen), tuple(sorted(later)))
    excluded = dict(zip(task.person_ids, task.excluded, strict=True))
    wanted = {
        person: {visit.entry_id: 1 for visit in visits if visit.entry_id not in excluded[person]}
        for person, visits in later.items()
    }
    return task, {person: grades for person, grades in wanted.items() if grades}
