"""The agenda of a session, or of one that may be booked: gathers what it may rest on, and drafts it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.agendas import Agenda, FactKind, StoredAgenda
from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.people import Format, Person, SkillGap, skill_gaps
from domain.sessions import MentoringSession, SessionStatus, check_minutes
from domain.suggestions import check_need
from domain.topics import Topic
from embeddings import detect_language
from prep import AgendaRequest, NamedGap, OwnWords, draft_agenda
from recommender import NeedVectors, TopicSpace
from services.context import Context
from services.needs import own_needs
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


def agenda_for_session(context: Context, session_id: str, language: Language | None = None) -> StoredAgenda:
    """Return the session's agenda, drafting and keeping it when there is none in this language.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    with unit_of_work(context.engine) as store:
        session = store.sessions.get(session_id)
        mentor = store.people.get(session.mentor_id)
        mentees = [store.people.get(mentee_id) for mentee_id in session.mentee_ids]
        wanted = language or _shared_language([mentor, *mentees])
        kept = [stored for stored in store.agendas.history(session_id) if stored.agenda.language is wanted]
        if kept:
            return kept[-1]
        request = _request(store, session, _topic(store, session.topic_id), mentor, mentees, wanted)
    agenda = draft_agenda(request)
    with unit_of_work(context.engine, write=True) as store:
        return store.agendas.add(session_id, agenda, context.clock())


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
        topic = _topic(store, pair.topic_id)
        if store.offers.get(pair.mentor_id) is None:
            raise NotFound("mentor", pair.mentor_id, "Choose one of the people under the topic.")
        need = check_need(pair.need) if pair.need.strip() else _closest_need(context, store, person, topic)
        request = _request(store, _as_session(context, pair, need), topic, mentor, [person], language or person.locale)
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


def _request(
    store: Store,
    session: MentoringSession,
    topic: Topic,
    mentor: Person,
    mentees: Sequence[Person],
    language: Language,
) -> AgendaRequest:
    last = _last_held(store, session)
    last_agenda = store.agendas.latest(last.id) if last else None
    return AgendaRequest(
        topic=topic,
        language=language,
        format=session.format,
        minutes=session.minutes,
        mentee_roles=tuple(_title_in(language, mentee) for mentee in mentees),
        mentor=_title_in(language, mentor),
        words=(OwnWords(FactKind.NEED, session.need),) if session.need.strip() else (),
        gaps=tuple(_named_gaps(store, topic, mentees, language)),
        last_still_open=_still_open(store, last, mentees),
        last_next_step=last.next_step if last else "",
        last_questions=tuple(question.text for question in last_agenda.agenda.questions) if last_agenda else (),
        mentee_names=tuple(mentee.name for mentee in mentees),
        mentor_names=(mentor.name,),
    )


def _title_in(language: Language, person: Person) -> str:
    """Return the job title when it is written in the agenda's language: the other script would read as a slip."""
    return person.job_title if detect_language(person.job_title) is language else ""


def _topic(store: Store, topic_id: str) -> Topic:
    topics = {topic.id: topic for topic in store.catalog.current().topics}
    if topic_id not in topics:
        raise NotFound("topic", topic_id, "Choose one from the catalog.")
    return topics[topic_id]


def _shared_language(people: Sequence[Person]) -> Language:
    """Return the mentee's language where all speak it, else one that all speak, else the mentee's."""
    shared = frozenset.intersection(*(person.languages for person in people))
    own = people[1].locale
    return own if own in shared or not shared else min(shared)


def _last_held(store: Store, session: MentoringSession) -> MentoringSession | None:
    """Return the last session that the same people held on this topic before."""
    earlier = [
        other
        for other in store.sessions.of_mentor(session.mentor_id)
        if other.status is SessionStatus.HELD
        and other.id != session.id
        and other.topic_id == session.topic_id
        and set(other.mentee_ids) == set(session.mentee_ids)
    ]
    return max(earlier, key=lambda other: (other.starts_at or other.created_at, other.id), default=None)


def _still_open(store: Store, last: MentoringSession | None, mentees: Sequence[Person]) -> str:
    if last is None or len(mentees) > 1:
        return ""
    words = [f.still_open for f in store.feedback.of_session(last.id) if f.author_id == mentees[0].id]
    return words[-1] if words else ""


def _named_gaps(store: Store, topic: Topic, mentees: Sequence[Person], language: Language) -> list[NamedGap]:
    """Return the gaps that the topic works on, widest first; for a group how many have each, never who."""
    names = {skill.id: skill.name.get(language) for skill in store.catalog.current().skills}
    found: dict[str, list[SkillGap]] = {}
    for mentee in mentees:
        target = store.roles.get(mentee.target_role_id) if mentee.target_role_id else None
        for gap in skill_gaps(store.people.held(mentee.id), target):
            if gap.skill_id in topic.skill_ids:
                found.setdefault(gap.skill_id, []).append(gap)
    widest = [max(gaps, key=lambda gap: gap.size) for gaps in found.values()]
    ordered = sorted(widest, key=lambda gap: (-gap.size, gap.skill_id))
    return [NamedGap(names[g.skill_id], g.held_level, g.wanted_level, len(found[g.skill_id])) for g in ordered]


def _closest_need(context: Context, store: Store, person: Person, topic: Topic) -> str:
    """Return the goal or open feedback that the topic fits best, "" where none fits: only that one is told."""
    space = context.spaces.topics(store)
    needs = own_needs(context, store, person.id, context.clock())
    best, text = max(((_fit(space, need, topic), need.need.text) for need in needs), default=(0.0, ""))
    return text if best >= MIN_FIT else ""


def _fit(space: TopicSpace, need: NeedVectors, topic: Topic) -> float:
    return float(space.phrases.similarity(need)[space.row_of[topic.id]])
