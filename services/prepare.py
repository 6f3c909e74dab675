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
from recommender import NeedVectors, TopicSpace
from services.agenda_request import agenda_request
from services.context import Context
from services.needs import own_needs
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
        If person, topic or mentor do not exist, or the mentor offers nothing.
    InvalidInput
        If the minutes or the need are out of bounds.
    """
    check_minutes(pair.minutes)
    if pair.format is Format.GROUP:
        raise InvalidInput("format", "be one-to-one or chat for one person", pair.format, "A group needs a session.")
    with unit_of_work(context.engine) as store:
        person, mentor = store.people.get(pair.person_id), store.people.get(pair.mentor_id)
        topic = topic_of(store, pair.topic_id)
        if store.offers.get(pair.mentor_id) is None:
            raise NotFound("mentor", pair.mentor_id, "Choose one of the people under the topic.")
        need = check_need(pair.need) if pair.need.strip() else _closest_need(context, store, person, topic)
        session = _as_session(context, pair, need)
        request = agenda_request(store, session, topic, mentor, [person], language or person.locale)
    return draft_agenda(request)


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
