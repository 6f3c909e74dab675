"""A fictional company to try Halfhour on: people, goals, mentors, past and booked sessions, from a seed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from domain.feedback import Feedback
from domain.language import LocalText
from domain.people import Goal, HeldSkill, MentorOffer, Person, RoleProfile
from domain.sessions import MentoringSession
from services.catalog_files import read_starter_roles
from services.demo.feedback import leave_feedback
from services.demo.files import read_demo_texts
from services.demo.goals import write_goals
from services.demo.offers import open_offers
from services.demo.seats import lay_out_seats
from services.demo.sessions import SessionPlanner
from services.demo.skills import held_skills
from services.demo.staff import hire_people
from services.demo.texts import DemoTexts

PEOPLE_PER_COPY = 320  # up to so many people every sentence is used at most once


@dataclass(frozen=True, slots=True)
class Company:
    """Everything the demo company holds; each list is ordered by id."""

    name: LocalText
    people: list[Person]
    held_skills: list[HeldSkill]
    goals: list[Goal]
    roles: list[RoleProfile]
    offers: list[MentorOffer]
    sessions: list[MentoringSession]
    feedback: list[Feedback]


def generate_company(
    now: datetime, seed: int = 7, people: int = 320, topic_ids: Collection[str] | None = None
) -> Company:
    """Return the demo company as of `now` (UTC); the same arguments give the same company.

    Parameters
    ----------
    people
        60 or more; half of them speak English, half Russian. Far beyond 320 sentences are used again.
    topic_ids
        What the catalog holds: mentors offer nothing else. None takes every topic that the texts name.

    Raises
    ------
    InvalidInput
        Fewer than 60 people.
    """
    texts = read_demo_texts()
    known = texts.requests if topic_ids is None else topic_ids
    return build_company(texts, read_starter_roles(), known, now, seed, people)


def build_company(
    texts: DemoTexts, roles: Iterable[RoleProfile], topic_ids: Collection[str], now: datetime, seed: int, people: int
) -> Company:
    """Return the company made from these texts and role profiles: no file is read, no clock is asked."""
    rng = Random(seed)  # noqa: S311 - a demo that repeats, no secret
    profiles = sorted(roles, key=lambda role: role.id)
    copies = -(-people // PEOPLE_PER_COPY)
    members = hire_people(texts, lay_out_seats(texts, people), rng)
    written = write_goals(members, texts.goals, copies, now, rng)
    offers = open_offers(members, frozenset(topic_ids), now, rng)
    sessions = SessionPlanner(members, offers, written, texts, now, rng).plan(people)
    by_id = {member.person.id: member for member in members}
    return Company(
        name=texts.name,
        people=[member.person for member in members],
        held_skills=held_skills(members, {role.id: role for role in profiles}, rng),
        goals=[goal.goal for goal in written],
        roles=profiles,
        offers=offers,
        sessions=sessions,
        feedback=leave_feedback(sessions, by_id, texts.feedback, copies, now, rng),
    )
