"""The agenda of a session that may be booked: gathers what it may rest on, and drafts it; nothing is kept."""

from dataclasses import dataclass

from domain.agendas import Agenda
from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.people import Format, Person
from domain.sessions import MentoringSession, SessionStatus, check_minutes
from domain.suggestions import check_need
from domain.topics import Topic
from prep import draft_agenda
from recommender import NeedVectors, TopicSpace, parting_rule, seeker_of
from services.agenda_request import agenda_request
from services.context import Context
from services.needs import own_needs
from services.programme_rules import programme_rules
from services.topics import topic_of
from store import Store, unit_of_work

MIN_FIT = 0.25  # below this a need says nothing about the topic, and the agenda does without it


@dataclass(frozen=True, slots=True)
class Pair:
    """A session that may be booked: who, about what, with whom, how."""

    person_id: str
    topic_id: str
    mentor_id: str
    minutes: int = 20
    format: Format = Format.ONE_TO_ONE
    need: str = ""


def agenda_for_pair(context: Context, pair: Pair, language: Language | None = None) -> Agenda:
    """Return the agenda that this pair would have; nothing is kept.

    Raises
    ------
    NotFound
        If person or topic do not exist, or there is no such mentor for this person: a mentor who offers nothing, or
        whom a rule parts from the person, reads like one who does not exist.
    InvalidInput
        If the minutes or the need are out of bounds.
    """
    check_minutes(pair.minutes)
    if pair.format is Format.GROUP:
        raise InvalidInput("format", "be one-to-one or chat for one person", pair.format, "A group needs a session.")
    with unit_of_work(context.engine) as store:
        person, topic = store.people.get(pair.person_id), topic_of(store, pair.topic_id)
        mentor = _mentor_for(context, store, person, pair)
        need = check_need(pair.need) if pair.need.strip() else _closest_need(context, store, person, topic)
        session = _as_session(context, pair, need)
        request = agenda_request(store, session, topic, mentor, [person], language or person.locale)
    return draft_agenda(request)


def _mentor_for(context: Context, store: Store, person: Person, pair: Pair) -> Person:
    """Return the mentor; why there is none is not told, so that nobody learns of a block."""
    pool, blocks = context.spaces.mentors(store), store.blocks.around(person.id)
    seeker = seeker_of(person, person.locale, context.clock(), pair.minutes, blocks, programme_rules(store))
    if pair.mentor_id not in pool.row_of or parting_rule(pool, pair.mentor_id, seeker):
        raise NotFound("mentor", pair.mentor_id, "Choose one of the people under the topic.")
    return pool.people[pool.row_of[pair.mentor_id]]


def _as_session(context: Context, pair: Pair, need: str) -> MentoringSession:
    return MentoringSession(
        id="",
        topic_id=pair.topic_id,
        mentor_id=pair.mentor_id,
        mentee_ids=(pair.person_id,),
        format=pair.format,
        minutes=pair.minutes,
        status=SessionStatus.REQUESTED,
        need=need,
        created_at=context.clock(),
    )


def _closest_need(context: Context, store: Store, person: Person, topic: Topic) -> str:
    """Return the goal or open feedback that the topic fits best, "" where none fits: only that one is told."""
    space = context.spaces.topics(store)
    needs = own_needs(context, store, person.id, context.clock())
    best, text = max(((_fit(space, need, topic), need.need.text) for need in needs), default=(0.0, ""))
    return text if best >= MIN_FIT else ""


def _fit(space: TopicSpace, need: NeedVectors, topic: Topic) -> float:
    return float(space.phrases.similarity(need)[space.row_of[topic.id]])
