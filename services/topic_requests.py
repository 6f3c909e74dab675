"""What topics are asked with for one person: needs, gaps, own sessions and feedback, and what the company knows."""

from dataclasses import dataclass
from datetime import datetime

from domain.language import Language
from domain.people import Person, skill_gaps
from domain.topics import Catalog
from recommender import NeedVectors, TopicRequest, count_free_soon, count_mentors
from services.context import Context
from services.programme import Programme
from store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, for what, in which language."""

    person: Person | None
    needs: list[NeedVectors]
    need: str
    language: Language
    now: datetime


def topic_request(context: Context, store: Store, asked: Asked, catalog: Catalog, programme: Programme) -> TopicRequest:
    """Return the request; asked for nobody in particular, it holds the needs alone and counts no mentors.

    A topic that no mentor offers yet is then named too.
    """
    skills = {skill.id: skill for skill in catalog.skills}
    person = asked.person
    if person is None:
        return TopicRequest(None, asked.needs, asked.now, asked.language, skills=skills)
    target = store.roles.get(person.target_role_id) if person.target_role_id else None
    pool, experience = context.spaces.mentors(store), context.spaces.experiences.at(store, asked.now)
    seeking = (pool, catalog.topics, person, asked.now, asked.language)
    return TopicRequest(
        person=person,
        needs=asked.needs,
        now=asked.now,
        language=asked.language,
        gaps=skill_gaps(store.people.held(person.id), target),
        sessions=store.sessions.of_person(person.id),
        skills=skills,
        supply=count_mentors(*seeking),
        free_soon=count_free_soon(*seeking),
        own_feedback=store.feedback.of_person(person.id),
        priorities=programme.priorities,
        helped=experience.helped,
        shown=experience.shown,
    )
