"""Writes the letter of a message: the words for its reader, the facts of the session, one link."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from domain.language import LocalText
from domain.notices import Notice
from domain.people import Format, Person
from prep.sinks import header_text
from services.links import Links, Purpose
from services.notices import words
from services.notices.dates import deadline, length, short_date, whole_date
from services.notices.letter import Letter
from services.notices.told import Look
from services.notices.words import WORDS, Words
from services.session_event import topic_title
from store import Store

MAX_SUBJECT_CHARACTERS = 120
_WITH_PLACE = {Notice.BOOKED, Notice.MOVED, Notice.REMINDER}
_WITH_NEED = {Notice.REQUESTED, Notice.NUDGE}
_OF_ONE_MENTEE = {Notice.SOMEBODY_JOINED, Notice.SOMEBODY_LEFT}


class Page(StrEnum):
    """A page that a link of a mail leads to."""

    SESSION = "session"
    CHAT = "chat"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow_up"


_PAGES: Mapping[Notice, Page] = {
    **dict.fromkeys((Notice.BOOKED, Notice.MOVED, Notice.REMINDER), Page.SESSION),
    **dict.fromkeys(_OF_ONE_MENTEE, Page.SESSION),
    **dict.fromkeys((Notice.CHAT_MESSAGE, Notice.CHAT_CLOSING), Page.CHAT),
    Notice.FEEDBACK_WANTED: Page.FEEDBACK,
    Notice.DID_IT_HELP: Page.FOLLOW_UP,
}
_TO_ANSWER = {Notice.REQUESTED, Notice.NUDGE, Notice.PICK_A_TIME, Notice.TIME_PROPOSED}
_TO_TOPIC = {Notice.DECLINED, Notice.EXPIRED, Notice.CANCELLED}


def write_letter(store: Store, look: Look, links: Links) -> Letter:
    """Return the letter to one person about the session as it is now."""
    return _Writer(store, look, links).letter()


class _Writer:
    """One letter in the making; `session` is the one that it is about: for a request that goes on, the next one."""

    def __init__(self, store: Store, look: Look, links: Links) -> None:
        self._store, self._look, self._links = store, look, links
        self._session = look.onward or look.session
        self._language, self._zone = look.person.locale, look.person.zone
        self._topic = topic_title(store, self._session, look.person)

    def letter(self) -> Letter:
        """Return it, every text on one line."""
        found, values = self._words(), self._values()

        def said(text: LocalText) -> str:
            return header_text(text.get(self._language).format(**values))

        subject = said(found.subject)
        return Letter(
            subject=subject if len(subject) <= MAX_SUBJECT_CHARACTERS else subject[: MAX_SUBJECT_CHARACTERS - 1] + "…",
            language=self._language,
            opening=said(found.opening),
            action=said(found.action),
            link=self._link(),
            facts=tuple((name.get(self._language), header_text(value)) for name, value in self._facts()),
            closing=said(found.closing),
        )

    def _words(self) -> Words:
        look = self._look
        notice, side = look.told.notice, "mentor" if look.is_mentor else "mentee"
        keys = [
            f"{notice}.{kind}" for kind in (*self._kinds(), f"{look.session.format}.{side}", look.session.format, side)
        ]
        return next(WORDS[key] for key in [*keys, notice] if key in WORDS)

    def _kinds(self) -> Iterator[str]:
        """Yield what makes this message another one than usual."""
        look = self._look
        if not look.takes_part:
            yield "left"
        if look.session.answered_at is not None:
            yield "not_chosen"
        if look.event and look.event.counts_for == look.person.id:
            yield "missed"

    def _values(self) -> dict[str, str]:
        session, told = self._session, self._look.told
        reason = words.REASONS[told.reason].get(self._language) if told.reason else ""
        until = session.answer_by or session.closes_at
        return {
            "topic": self._topic,
            "who": ", ".join(person.name for person in self._others()) or words.NOBODY_YET.get(self._language),
            "when": short_date(session.starts_at, self._language, self._zone) if session.starts_at else "",
            "until": deadline(until, self._language, self._zone) if until else "",
            "minutes": length(session.minutes, self._language),
            "seats": str(session.seats),
            "taken": str(len(session.mentee_ids)),
            "reason": reason,
        }

    def _others(self) -> list[Person]:
        """Return whom the message names: the mentees for the mentor, the mentor for a mentee."""
        look = self._look
        if look.told.notice in _OF_ONE_MENTEE and look.event and look.event.by_person:
            return [self._store.people.get(look.event.by_person)]
        ids = self._session.mentee_ids if look.is_mentor else (self._session.mentor_id,)
        return [self._store.people.get(person_id) for person_id in ids]

    def _facts(self) -> Iterator[tuple[LocalText, str]]:
        look, session = self._look, self._session
        told = look.told
        yield words.TOPIC, self._topic
        others = "; ".join(", ".join(filter(None, (one.name, one.job_title))) for one in self._others())
        yield words.WITH_MENTEE if look.is_mentor else words.WITH_MENTOR, others or words.NOBODY_YET.get(self._language)
        yield from self._times()
        if told.notice in _WITH_PLACE and session.format is not Format.CHAT:
            yield words.WHERE, session.place or self._to_be_agreed()
        if told.notice in _WITH_NEED and look.is_mentor and session.need:
            yield words.WAS_ASKED, quoted(session.need, look.person)
        if told.notice is Notice.DECLINED and told.words:
            yield words.WAS_SAID, quoted(told.words, look.person)
        if told.notice is Notice.DID_IT_HELP and session.next_step:
            yield words.NEXT_STEP, session.next_step

    def _times(self) -> Iterator[tuple[LocalText, str]]:
        session = self._session
        if session.format is Format.CHAT:
            if session.closes_at:
                yield words.CLOSES, self._whole(session.closes_at)
            return
        yield words.WHEN, self._whole(session.starts_at) if session.starts_at else words.TO_BE_FOUND.get(self._language)
        yield words.LENGTH, length(session.minutes, self._language)

    def _whole(self, at: datetime) -> str:
        return whole_date(at, self._language, self._zone)

    def _to_be_agreed(self) -> str:
        emails = ", ".join(person.email for person in self._others())
        return words.TO_BE_AGREED.get(self._language).format(email=emails or self._look.person.email)

    def _link(self) -> str:
        told, session = self._look.told, self._session
        bound = {"session_id": session.id, "person_id": told.person_id}
        if told.notice in _TO_ANSWER:
            return self._links.url(f"/answer/{self._links.make(Purpose.ANSWER, bound)}")
        if told.notice in _PAGES:
            token = self._links.make(Purpose.PAGE, {**bound, "page": _PAGES[told.notice]})
            return self._links.url(f"/s/{token}")
        is_for_topic = told.notice in _TO_TOPIC and not self._look.is_mentor and self._look.takes_part
        return self._links.url(f"/topics/{session.topic_id}" if is_for_topic else "/sessions")


def quoted(text: str, reader: Person) -> str:
    """Return somebody's own words in the reader's quotation marks."""
    return LocalText("“{}”", "«{}»").get(reader.locale).format(text)
