"""What the agenda of a session may rest on: read from the store, only what the programme's allow-list names."""

from collections.abc import Sequence

from domain.agendas import FactKind
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Person, SkillGap, skill_gaps
from domain.sessions import MentoringSession
from domain.topics import Topic
from embeddings import detect_language
from prep import AgendaRequest, NamedGap, OwnWords
from services.colleague_names import colleagues_named
from store import Store

ALLOWED_FACTS = "agenda_facts"
OPTIONAL_FACTS = (
    FactKind.NEED,
    FactKind.GOAL,
    FactKind.SKILL_GAP,
    FactKind.LAST_FEEDBACK,
    FactKind.LAST_NEXT_STEP,
    FactKind.ROLE,
    FactKind.MENTOR,
)
"""What HR may leave out of agendas; the topic's own texts always stay."""


def allowed_facts(store: Store) -> frozenset[FactKind]:
    """Return the kinds of facts that agendas of this programme may rest on."""
    kept = store.get_setting(ALLOWED_FACTS)
    chosen = frozenset(OPTIONAL_FACTS) if kept is None else frozenset(FactKind(kind) for kind in kept)
    return (frozenset(FactKind) - frozenset(OPTIONAL_FACTS)) | chosen


def set_allowed_facts(store: Store, kinds: Sequence[FactKind]) -> None:
    """Keep the allow-list of the programme; raise InvalidInput for a kind that HR may not choose."""
    for kind in kinds:
        if kind not in OPTIONAL_FACTS:
            raise InvalidInput("kind", f"be one of {', '.join(OPTIONAL_FACTS)}", kind)
    store.put_setting(ALLOWED_FACTS, sorted(set(kinds)))


def agenda_request(
    store: Store,
    session: MentoringSession,
    topic: Topic,
    mentor: Person,
    mentees: Sequence[Person],
    language: Language,
) -> AgendaRequest:
    """Return everything that an agenda of this session may rest on, as people wrote it."""
    last = _last_held(store, session)
    last_agenda = store.agendas.latest(last.id) if last else None
    is_same_topic = last is not None and last.topic_id == session.topic_id
    still_open = _still_open(store, last, mentees) if is_same_topic else ""
    next_step = last.next_step if last else ""
    return AgendaRequest(
        topic=topic,
        language=language,
        format=session.format,
        minutes=session.minutes,
        mentee_roles=tuple(_title_in(language, mentee) for mentee in mentees),
        mentor=_title_in(language, mentor),
        words=(OwnWords(FactKind.NEED, session.need),) if session.need.strip() else (),
        gaps=tuple(_named_gaps(store, topic, mentees, language)),
        last_still_open=still_open,
        last_next_step=next_step,
        last_questions=tuple(question.text for question in last_agenda.agenda.questions) if last_agenda else (),
        mentee_names=tuple(mentee.name for mentee in mentees),
        mentor_names=(mentor.name,),
        colleague_names=colleagues_named(store, (session.need, still_open, next_step)),
        allowed_kinds=allowed_facts(store),
    )


def _title_in(language: Language, person: Person) -> str:
    """Return the job title when it is written in the agenda's language: the other script would read as a slip."""
    return person.job_title if detect_language(person.job_title) is language else ""


def shared_language(people: Sequence[Person]) -> Language:
    """Return the mentee's language where all speak it, else one that all speak, else the mentee's."""
    shared = frozenset.intersection(*(person.languages for person in people))
    own = people[1].locale
    return own if own in shared or not shared else min(shared)


def _last_held(store: Store, session: MentoringSession) -> MentoringSession | None:
    """Return the last session that the same people held before this one, on whatever topic: its step is carried on."""
    before = session.starts_at or session.created_at
    earlier = [
        (other.starts_at or other.created_at, other.id, other)
        for other in store.sessions.of_mentor(session.mentor_id)
        if other.was_held and other.id != session.id and set(other.mentee_ids) == set(session.mentee_ids)
    ]
    return max((found for found in earlier if found[0] <= before), default=(None, None, None))[2]


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
