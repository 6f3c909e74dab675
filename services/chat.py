"""A chat consult: a brief, a thread, and a time at which it closes."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.agendas import Agenda
from domain.errors import NotFound, NotNow
from domain.former import shown_name
from domain.language import Language
from domain.people import Format, Person
from domain.session_talk import ChatMessage, check_message
from domain.sessions import MentoringSession, SessionStatus
from services.booking.chat_notices import tell_of_message
from services.booking.finish import NextStep
from services.booking.policy import booking_policy
from services.context import Context
from services.draft_agenda import keep_template
from services.own_sessions import own_session
from services.session_page import SessionPage, session_page
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the thread shows it."""

    message: ChatMessage
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ChatPage:
    """What the page of a chat shows to one person; after its end it is read only."""

    page: SessionPage
    agenda: Agenda
    thread: list[Said]
    is_open: bool

    @property
    def session(self) -> MentoringSession:
        return self.page.session

    @property
    def step(self) -> NextStep:
        """The next step that was kept, else what the agenda proposes."""
        return NextStep(self.session.next_step or self.agenda.next_step.text, self.session.next_step_due)


def chat_page(context: Context, person: Person, session_id: str, language: Language) -> ChatPage:
    """Return the page of an own chat.

    Raises
    ------
    NotFound
        If the person takes no part in it, it is no chat, or it was never opened.
    """
    page = session_page(context, person, session_id)
    _check_is_chat(page.session)
    agenda = keep_template(context, session_id, language).agenda
    thread = chat_thread(context, person, session_id, language)
    return ChatPage(page, agenda, thread, is_open(page.session, context.clock()))


def chat_thread(context: Context, person: Person, session_id: str, language: Language) -> list[Said]:
    """Return the messages, oldest first; raise NotFound as `chat_page` does."""
    with unit_of_work(context.engine) as store:
        session = own_session(store, person.id, session_id)
        _check_is_chat(session)
        names = {one: shown_name(store.people.get(one), language) for one in session.everybody}
        messages = store.chat_messages.of_session(session_id)
    return [Said(one, names.get(one.author_id, ""), one.author_id == person.id) for one in messages]


def post_message(context: Context, person: Person, session_id: str, text: str, key: str) -> ChatMessage:
    """Keep a message and plan the mail to the other side; the same key sent again keeps nothing more.

    Raises
    ------
    NotFound
        If the person takes no part in such a chat.
    NotNow
        If it is closed.
    InvalidInput
        If the message is empty, too long or not text.
    """
    words = check_message(text)
    with unit_of_work(context.engine, write=True) as store:
        session = store.sessions.lock(session_id)
        own_session(store, person.id, session_id)
        _check_is_chat(session)
        now = context.clock()
        message = ChatMessage(_id(session_id, person.id, key), session_id, person.id, words, now)
        sent = next((one for one in store.chat_messages.of_session(session_id) if one.id == message.id), None)
        if sent:
            return sent
        if not is_open(session, now):
            raise NotNow("a message", session.status)
        _keep(store, session, message)
    return message


def is_open(session: MentoringSession, now: datetime) -> bool:
    """Say whether somebody may still write."""
    return session.status is SessionStatus.BOOKED and (session.closes_at is None or now < session.closes_at)


def _keep(store: Store, session: MentoringSession, message: ChatMessage) -> None:
    store.chat_messages.add(message)
    tell_of_message(store, session, message.author_id, message.at, booking_policy(store))


def _check_is_chat(session: MentoringSession) -> None:
    if session.format is not Format.CHAT or not (session.status is SessionStatus.BOOKED or session.was_held):
        raise NotFound("chat", session.id)


def _id(session_id: str, person_id: str, key: str) -> str:
    return hashlib.sha256(f"message:{session_id}:{person_id}:{key}".encode()).hexdigest()[:16]
