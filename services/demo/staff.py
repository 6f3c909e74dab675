"""People for the seats: biography, job, gender, name, zone, languages, target role, in this order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from domain.language import Language
from domain.people import Person, Role
from services.demo.names import NameGiver
from services.demo.seats import Seat
from services.demo.texts import Biography, DemoTexts, Gender, Job, Place

MENTOR_SHARE = 0.22
LEFT_SHARE = 0.01
TARGET_ROLE_SHARE = 0.65
SECOND_LANGUAGE_SHARE = {Language.EN: 0.12, Language.RU: 0.35}


@dataclass(frozen=True, slots=True)
class Member:
    """A person with what the generator must remember: seat, job, gender, and the biography of a mentor."""

    person: Person
    seat: Seat
    job: Job
    gender: Gender
    biography: Biography | None

    @property
    def is_lead(self) -> bool:
        return self.seat.place is not Place.SPECIALIST


def hire_people(texts: DemoTexts, seats: list[Seat], rng: Random) -> list[Member]:
    """Return one member per seat, ordered by id, which is the seat's number counted from 1."""
    biographies = _assign_biographies(texts.biographies, seats, rng)
    naming = NameGiver(rng, texts.mail_domain)
    digits = max(3, len(str(len(seats))))
    ids = [f"p{seat.number + 1:0{digits}d}" for seat in seats]
    return [_hire(texts, seat, ids, biographies.get(seat.number), naming, rng) for seat in seats]


def _hire(
    texts: DemoTexts, seat: Seat, ids: list[str], biography: Biography | None, naming: NameGiver, rng: Random
) -> Member:
    job = _job_of(seat, biography, rng)
    gender = (biography.by if biography else None) or rng.choice(list(Gender))
    name = naming.name(texts.circles[seat.language], gender)
    zones = texts.zones[seat.language]
    person = Person(
        id=ids[seat.number],
        name=name,
        email=naming.address(name),
        locale=seat.language,
        languages=_languages(seat, rng),
        zone=rng.choices(list(zones), list(zones.values()))[0],
        department=seat.department.name.get(seat.language),
        job_title=job.title_for(seat.language, gender),
        manager_id=None if seat.manager is None else ids[seat.manager],
        target_role_id=_target_role(job, rng),
        roles=_roles(job, biography),
        is_active=seat.place is not Place.SPECIALIST or rng.random() >= LEFT_SHARE,
    )
    return Member(person, seat, job, gender, biography)


def _assign_biographies(biographies: Iterable[Biography], seats: list[Seat], rng: Random) -> dict[int, Biography]:
    """Return biographies by seat number: about a fifth of each department, sentences reused only when it is large."""
    written: dict[tuple[Language, str], list[Biography]] = {}
    for biography in biographies:
        written.setdefault((biography.language, biography.department_id), []).append(biography)
    assigned: dict[int, Biography] = {}
    for (language, department_id), mentors in written.items():
        there = [seat for seat in seats if (seat.language, seat.department.id) == (language, department_id)]
        assigned |= _assign_in_department(mentors, there, rng)
    return assigned


def _assign_in_department(mentors: list[Biography], seats: list[Seat], rng: Random) -> dict[int, Biography]:
    wanted = max(2, round(len(seats) * MENTOR_SHARE))
    free = {place: [seat.number for seat in seats if seat.place is place] for place in Place}
    for numbers in free.values():
        rng.shuffle(numbers)
    assigned: dict[int, Biography] = {}
    turn, idle = rng.sample(mentors, len(mentors)), 0
    while len(assigned) < wanted and idle < len(turn):
        biography = turn[0]
        turn = [*turn[1:], biography]
        idle = 0 if free[biography.place] else idle + 1
        if free[biography.place]:
            assigned[free[biography.place].pop()] = biography
    return assigned


def _job_of(seat: Seat, biography: Biography | None, rng: Random) -> Job:
    if seat.job is not None:
        return seat.job
    jobs = seat.department.jobs
    if biography is None:
        return rng.choices(jobs, [job.share for job in jobs])[0]
    job = next(job for job in jobs if job.role_id == biography.role_id)
    title = replace(job.title, **{seat.language.value: biography.title})
    return replace(job, title=title, title_ru_woman=biography.title)


def _languages(seat: Seat, rng: Random) -> frozenset[Language]:
    is_management = seat.department.share == 0  # it runs both halves
    if is_management or rng.random() < SECOND_LANGUAGE_SHARE[seat.language]:
        return frozenset(Language)
    return frozenset({seat.language})


def _target_role(job: Job, rng: Random) -> str | None:
    return rng.choice(job.next_role_ids) if job.next_role_ids and rng.random() < TARGET_ROLE_SHARE else None


def _roles(job: Job, biography: Biography | None) -> frozenset[Role]:
    held = {Role.MENTEE} | ({Role.MENTOR} if biography else set()) | ({job.grants} if job.grants else set())
    return frozenset(held)
