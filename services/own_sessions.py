"""A person's sessions, as mentee or mentor, for lists and for the first page."""

from dataclasses import dataclass
from datetime import datetime

from domain.agendas import StoredAgenda
from domain.errors import NotFound
from domain.former import shown_name
from domain.language import Language, LocalText
from domain.people import Person
from domain.sessions import LIVE, OPEN, MentoringSession, SessionStatus
from services.context import Context
from services.draft_agenda import keep_template
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as one of its people sees it; `other` names those across the table."""

    id: str
    title: LocalText
    other: str
    minutes: int
    status: SessionStatus
    starts_at: datetime | None
    next_step: str
    is_mentee: bool


@dataclass(frozen=True, slots=True)
class OwnSessions:
    """Sessions to come, soonest first, and sessions held, latest first."""

    upcoming: list[SessionRow]
    held: list[SessionRow]

    @property
    def next_booked(self) -> SessionRow | None:
        """The next session that both sides agreed on; a chat has no time, so it is never the next."""
        booked = (row for row in self.upcoming if row.status is SessionStatus.BOOKED and row.starts_at)
        return next(booked, None)

    @property
    def awaited(self) -> list[SessionRow]:
        """Requests without an answer yet, and those accepted whose time is still open."""
        return [row for row in self.upcoming if row.status in OPEN]

    @property
    def last_step(self) -> str:
        """The step that the person agreed on as a mentee when they last met somebody; "" for none."""
        return next((row.next_step for row in self.held if row.is_mentee), "")


def sessions_of(context: Context, person: Person, language: Language | None = None) -> OwnSessions:
    """Return the sessions in which the person takes part; `language` is the reader's, None for the person's own."""
    shown_in = language or person.locale
    now = context.clock()
    with unit_of_work(context.engine) as store:
        own = {s.id: s for s in (*store.sessions.of_person(person.id), *store.sessions.of_mentor(person.id))}
        everybody = store.people.by_ids({one for session in own.values() for one in session.everybody})
        people = {one.id: shown_name(one, shown_in) for one in everybody.values()}
        titles = {topic.id: topic.title for topic in store.catalog.current().topics}
    ordered = sorted(own.values(), key=lambda s: (s.starts_at or s.created_at, s.id))
    upcoming = [s for s in ordered if s.status in LIVE and (s.ends_at is None or s.ends_at > now)]
    held = [s for s in reversed(ordered) if s.was_held]
    rows = [[_row(session, person.id, people, titles) for session in some] for some in (upcoming, held)]
    return OwnSessions(*rows)


def sessions_in_full(context: Context, person_id: str) -> list[MentoringSession]:
    """Return every session of the person, as mentor and as mentee, oldest first, ties by id."""
    with unit_of_work(context.engine) as store:
        own = {s.id: s for s in (*store.sessions.of_person(person_id), *store.sessions.of_mentor(person_id))}
    return sorted(own.values(), key=lambda session: (session.created_at, session.id))


def own_session(store: Store, person_id: str, session_id: str) -> MentoringSession:
    """Return the session when the person takes part in it; raise NotFound otherwise."""
    session = store.sessions.get(session_id)
    if person_id not in {session.mentor_id, *session.mentee_ids}:
        raise NotFound("session", session_id)
    return session


def own_agenda(
    context: Context, person: Person, session_id: str, language: Language
) -> tuple[SessionRow, StoredAgenda]:
    """Return a session of the person and its agenda; raise NotFound when they do not take part."""
    with unit_of_work(context.engine) as store:
        session = own_session(store, person.id, session_id)
        people = {other: shown_name(store.people.get(other), language) for other in session.everybody}
        titles = {topic.id: topic.title for topic in store.catalog.current().topics}
    return _row(session, person.id, people, titles), keep_template(context, session_id, language)


def _row(session: MentoringSession, person_id: str, people: dict[str, str], titles: dict[str, LocalText]) -> SessionRow:
    is_mentee = person_id in session.mentee_ids
    others = [session.mentor_id] if is_mentee else list(session.mentee_ids)
    return SessionRow(
        id=session.id,
        title=titles.get(session.topic_id, LocalText(session.topic_id, session.topic_id)),
        other=", ".join(people[other] for other in others),
        minutes=session.minutes,
        status=session.status,
        starts_at=session.starts_at,
        next_step=session.next_step,
        is_mentee=is_mentee,
    )
