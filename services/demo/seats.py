"""The tree of the demo company before anybody sits in it: departments, places, who reports to whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.errors import InvalidInput
from domain.language import Language
from services.demo.texts import DemoTexts, Department, Job, Place

MIN_PEOPLE = 60
REPORTS_PER_LEAD = 6


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the tree; `number` counts from 0 over the company, `manager` is the number of the seat above.

    `job` is the one that comes with the place; None where specialists differ.
    """

    number: int
    language: Language
    department: Department
    field: str
    place: Place
    manager: int | None
    job: Job | None


def lay_out_seats(texts: DemoTexts, people: int) -> list[Seat]:
    """Return one seat per person: the English-speaking half first, managers always before their reports.

    Raises
    ------
    InvalidInput
        Fewer people than the departments need.
    """
    if people < MIN_PEOPLE:
        raise InvalidInput("people", f"be at least {MIN_PEOPLE}", people, "Every department needs a few.")
    russian = people // 2
    seats = list(_half(texts, Language.EN, people - russian, first=0, boss=None))
    return seats + list(_half(texts, Language.RU, russian, first=len(seats), boss=0))


def _half(texts: DemoTexts, language: Language, people: int, first: int, boss: int | None) -> Iterator[Seat]:
    directors: dict[str, int] = {}
    for offset, job in enumerate(texts.management.jobs):
        place, manager = (Place.HEAD, boss) if offset == 0 else (Place.LEAD, first)
        directors[job.field] = first + offset
        yield Seat(first + offset, language, texts.management, job.field, place, manager, job)
    number = first + len(texts.management.jobs)
    for department, size in zip(texts.departments, _sizes(texts, people - len(texts.management.jobs)), strict=True):
        yield from _department_seats(department, language, number, size, directors[department.field])
        number += size


def _department_seats(department: Department, language: Language, first: int, size: int, boss: int) -> Iterator[Seat]:
    """Yield a heap: seat i reports to seat (i - 1) // 6, so that nobody has more than six reports."""
    jobs = {Place.HEAD: department.head, Place.LEAD: department.lead, Place.SPECIALIST: None}
    for i in range(size):
        has_reports = i * REPORTS_PER_LEAD + 1 < size
        place = Place.HEAD if i == 0 else Place.LEAD if has_reports else Place.SPECIALIST
        manager = boss if i == 0 else first + (i - 1) // REPORTS_PER_LEAD
        yield Seat(first + i, language, department, department.field, place, manager, jobs[place])


def _sizes(texts: DemoTexts, people: int) -> list[int]:
    """Return headcounts by share that sum to `people` (largest remainder, ties by order)."""
    total = sum(department.share for department in texts.departments)
    exact = [people * department.share / total for department in texts.departments]
    sizes = [int(size) for size in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (sizes[i] - exact[i], i))
    for i in by_remainder[: people - sum(sizes)]:
        sizes[i] += 1
    return sizes
