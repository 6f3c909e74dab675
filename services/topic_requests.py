"""What topics and mentors are asked with for one person: needs, gaps, sessions, and what the company knows."""

from dataclasses import dataclass
from datetime import datetime

from domain.blocks import NO_BLOCKS, Blocks
from domain.language import Language
from domain.people import Person
from domain.programme import NO_RULES, ProgrammeRules
from domain.topics import Catalog, Topic
from recommender import MentorRequest, NeedVectors, TopicRequest, count_free_soon, count_mentors
from services.context import Context
from services.likely_skills import gaps_of
from services.needs import gap_needs
from services.programme import Programme
from services.skills import known_skills
from store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, for what, in which language, and what stands between this person and some mentors."""

    person: Person | None
    needs: list[NeedVectors]
    need: str
    language: Language
    now: datetime
    blocks: Blocks = NO_BLOCKS
    rules: ProgrammeRules = NO_RULES


def topic_request(context: Context, store: Store, asked: Asked, catalog: Catalog, programme: Programme) -> TopicRequest:
    """Return the request; asked for nobody in particular, it holds the needs alone and counts no mentors.

    A topic that no mentor offers yet is then named too. Gaps stay out of it where a need was typed: it ranks alone.
    """
    person = asked.person
    if person is None:
        return TopicRequest(None, asked.needs, asked.now, asked.language)
    gaps = [] if asked.need else gaps_of(context, store, person)
    pool, experience = context.spaces.mentors(store), context.spaces.experiences.at(store, asked.now)
    seeking = (pool, catalog.topics, person, asked.now, asked.language, asked.blocks, asked.rules)
    return TopicRequest(
        person=person,
        needs=[*asked.needs, *gap_needs(context, store, gaps)],
        now=asked.now,
        language=asked.language,
        gaps=gaps,
        sessions=store.sessions.of_person(person.id),
        skills=known_skills(store, [gap.skill_id for gap in gaps]),
        supply=count_mentors(*seeking),
        free_soon=count_free_soon(*seeking),
        own_feedback=store.feedback.of_mentee(person.id),
        priorities=programme.priorities,
        helped=experience.helped,
        shown=experience.shown,
        passed=store.passed_topics.of(person.id),
    )


def mentor_request(asked: Asked, topic: Topic) -> MentorRequest:
    """Return the request for mentors of a topic, by any format."""
    return MentorRequest(
        asked.person, topic, asked.needs, asked.now, asked.language, blocks=asked.blocks, programme=asked.rules
    )
