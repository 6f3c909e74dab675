"""The room of a session: its parts with their times, shared notes, one's own private ones, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.agendas import Agenda, Segment
from domain.errors import NotFound, NotNow
from domain.former import shown_name
from domain.language import Language
from domain.people import Person
from domain.session_talk import SessionNote, check_note
from domain.sessions import MentoringSession, SessionStatus
from services.booking.desk import Asked, Receipt
from services.booking.finish import NextStep, finish
from services.context import Context
from services.draft_agenda import keep_template
from services.own_sessions import own_session
from services.session_page import SessionPage, session_page
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of the agenda, and when it runs where the session has a time."""

    segment: Segment
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class SharedNote:
    """What somebody else in the session shares."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RoomPage:
    """What the room shows to one person; `now_part` counts from 0: the part that runs by the clock, else the first.

    `step` is the one that was kept, else what the agenda proposes.
    """

    page: SessionPage
    agenda: Agenda
    parts: list[Part]
    now_part: int
    is_running: bool
    may_finish: bool
    own: dict[bool, SessionNote]
    shared: list[SharedNote]

    @property
    def session(self) -> MentoringSession:
        return self.page.session

    @property
    def step(self) -> NextStep:
        session = self.session
        return NextStep(session.next_step or self.agenda.next_step.text, session.next_step_due)


@dataclass(frozen=True, slots=True)
class TypedNote:
    """A note as somebody typed it, and the revision that they had seen before."""

    text: str
    is_shared: bool
    seen: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept after an attempt: the typed note, or the one that another window had written before."""

    note: SessionNote
    is_typed: bool


def room_page(context: Context, person: Person, session_id: str, language: Language) -> RoomPage:
    """Return the room of an own session.

    Raises
    ------
    NotFound
        If the person takes no part in it, or it is neither booked nor held.
    """
    page, now = session_page(context, person, session_id), context.clock()
    session = page.session
    if not _has_room(session) or not session.mentee_ids:
        raise NotFound("room", session_id)
    agenda = keep_template(context, session_id, language).agenda
    parts = timed_parts(agenda, session.starts_at)
    running = [place for place, part in enumerate(parts) if _runs(part, now)]
    with unit_of_work(context.engine) as store:
        notes = store.session_notes.readable_by(person.id, session_id)
        shared = _of_others(store, person.id, notes, language)
    return RoomPage(
        page=page,
        agenda=agenda,
        parts=parts,
        now_part=running[0] if running else 0,
        is_running=bool(running),
        may_finish=session.was_held or session.starts_at is None or session.starts_at <= now,
        own={note.is_shared: note for note in notes if note.author_id == person.id},
        shared=shared,
    )


def shared_notes(context: Context, person: Person, session_id: str, language: Language) -> list[SharedNote]:
    """Return what the others share; raise NotFound when the person takes no part in the session."""
    with unit_of_work(context.engine) as store:
        own_session(store, person.id, session_id)
        return _of_others(store, person.id, store.session_notes.readable_by(person.id, session_id), language)


def keep_note(context: Context, person: Person, session_id: str, typed: TypedNote) -> Kept:
    """Keep an own section, unless another window has changed it since: then return that one, and change nothing.

    Raises
    ------
    NotFound
        If the person takes no part in the session.
    NotNow
        If it is neither booked nor held.
    InvalidInput
        If the text is too long or not text.
    """
    text = check_note(typed.text)
    with unit_of_work(context.engine, write=True) as store:
        session = store.sessions.lock(session_id)  # two windows at once get two revisions
        own_session(store, person.id, session_id)
        if not _has_room(session):
            raise NotNow("a note", session.status)
        now = context.clock()
        kept = store.session_notes.own(person.id, session_id, is_shared=typed.is_shared)
        before = kept or SessionNote(session_id, person.id, typed.is_shared, "", 0, now)
        if before.text == text:
            return Kept(before, is_typed=True)
        if before.revision != typed.seen:
            return Kept(before, is_typed=False)
        note = SessionNote(session_id, person.id, typed.is_shared, text, before.revision + 1, now)
        store.session_notes.keep(note)
    return Kept(note, is_typed=True)


def close_room(
    context: Context, person: Person, session_id: str, asked: Asked, step: NextStep, seen: str, last_words: str = ""
) -> Receipt:
    """End the session with its next step; last words go below the person's shared notes, once for each key.

    Raises
    ------
    NotFound, NotNow, InvalidInput
        As `finish` does; a note that would be too long is refused before anything is changed.
    """
    words = check_note(last_words).strip()
    receipt = finish(context, session_id, asked, step, seen)
    if words:
        _add_to_shared(context, person.id, session_id, words)
    return receipt


def timed_parts(agenda: Agenda, starts_at: datetime | None) -> list[Part]:
    """Return the segments with their times, one after the other."""
    parts: list[Part] = []
    at = starts_at
    for segment in agenda.segments:
        end = at + timedelta(minutes=segment.minutes) if at else None
        parts.append(Part(segment, at, end))
        at = end
    return parts


def _runs(part: Part, now: datetime) -> bool:
    return part.starts_at is not None and part.ends_at is not None and part.starts_at <= now < part.ends_at


def _has_room(session: MentoringSession) -> bool:
    return session.status is SessionStatus.BOOKED or session.was_held


def _of_others(store: Store, person_id: str, notes: Sequence[SessionNote], language: Language) -> list[SharedNote]:
    others = [note for note in notes if note.author_id != person_id and note.text.strip()]
    return [SharedNote(shown_name(store.people.get(note.author_id), language), note.text) for note in others]


def _add_to_shared(context: Context, person_id: str, session_id: str, words: str) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.lock(session_id)
        kept = store.session_notes.own(person_id, session_id, is_shared=True)
        before = kept.text if kept else ""
        if before.endswith(words):  # the same form sent twice
            return
        text = check_note(f"{before}\n{words}".strip())
        revision = kept.revision + 1 if kept else 1
        store.session_notes.keep(SessionNote(session_id, person_id, True, text, revision, context.clock()))
