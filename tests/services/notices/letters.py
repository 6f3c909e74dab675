"""Every letter in both languages, as the goldens hold them.

`python -m tests.services.notices.letters` writes them anew.

Nora asks Dee, in Berlin and in Moscow; both read the language that the case names.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from domain.language import Language
from domain.notices import DeclineReason, Notice
from domain.people import Format, Person, Role
from domain.session_events import SessionEvent
from domain.sessions import MentoringSession, SessionStatus
from domain.transitions import Action
from services.links import Links, Purpose
from services.notices.letter import Letter
from services.notices.told import Look, Told
from services.notices.write import write_letter
from store import Store, migrate, unit_of_work
from tests.builders import NOW, a_person, a_session, a_skill, a_topic, an_area, an_offer, local
from tests.databases import new_database, opened

FOLDER = Path(__file__).parent / "golden"
NAMES = {
    Language.EN: ("Nora Quist", "Dee Fox", "Omar Haddad"),
    Language.RU: ("Нора Квист", "Вера Ильина", "Омар Хаддад"),
}
TITLES = {Language.EN: ("Support analyst", "Ward lead"), Language.RU: ("Аналитик поддержки", "Руководитель отделения")}
NEED = {Language.EN: "I end up doing everyone’s work", Language.RU: "Всё тащу на себе, а команда ждёт"}
WORDS = {Language.EN: "Ask Max: he built three teams.", Language.RU: "Спросите Макса: он собрал три команды."}
STEP = {Language.EN: "Hand one report over by Friday", Language.RU: "Передать один отчёт до пятницы"}
Case = tuple[str, str, MentoringSession, Told, tuple[SessionEvent, ...]]


class PlainLinks(Links):
    """Links that can be read: the token names its purpose and page."""

    def __init__(self) -> None:
        super().__init__("", "https://halfhour.example.org", lambda: NOW)

    def make(self, purpose: Purpose, payload: Mapping[str, str]) -> str:
        return "-".join([purpose, payload.get("page", ""), payload["person_id"]])


def people(language: Language) -> tuple[Person, Person, Person]:
    """Return a mentee in Berlin, a mentor in Moscow, and one more mentee."""
    nora, dee, omar = NAMES[language]
    asks, helps = TITLES[language]
    return (
        a_person("p1", name=nora, job_title=asks, locale=language),
        a_person(
            "m1", name=dee, job_title=helps, locale=language, zone="Europe/Moscow", roles=frozenset({Role.MENTOR})
        ),
        a_person("p2", name=omar, job_title="", locale=language),
    )


def cases(language: Language) -> Iterator[Case]:
    """Yield (name, reader, session, message, events) of each letter."""
    session = a_session("s1", revision=1, need=NEED[language], next_step=STEP[language])
    asked = replace(session, status=SessionStatus.REQUESTED, answer_by=NOW + timedelta(hours=48))
    agreed = replace(asked, status=SessionStatus.ACCEPTED, answered_at=NOW)
    link = replace(session, place="https://meet.example.org/dee")
    chat = replace(session, format=Format.CHAT, starts_at=None, closes_at=NOW + timedelta(hours=72))
    group = replace(
        session, format=Format.GROUP, seats=4, mentee_ids=("p1", "p2"), place="https://meet.example.org/dee"
    )
    ended = replace(session, status=SessionStatus.DECLINED)
    off = replace(session, status=SessionStatus.CANCELLED)

    def case(
        name: str, notice: Notice, reader: str, about: MentoringSession, action: Action = Action.MOVE, **told: object
    ) -> Case:
        counts_for = "p1" if "missed" in name else None
        event = SessionEvent("s1", 1, action, "p2", NOW, counts_for)
        said = Told("s1", 1, about.starts_at, notice, reader, **told)  # type: ignore[arg-type]
        return name, reader, about, said, (event,)

    yield case("requested", Notice.REQUESTED, "m1", asked)
    yield case("requested without a time", Notice.REQUESTED, "m1", replace(asked, starts_at=None))
    yield case("nudge", Notice.NUDGE, "m1", asked)
    yield case("passed on", Notice.PASSED_ON, "p1", replace(asked, id="s2", passed_on_from="s1"))
    yield case("expired", Notice.EXPIRED, "p1", replace(asked, status=SessionStatus.EXPIRED))
    yield case("expired, not chosen", Notice.EXPIRED, "p1", replace(agreed, status=SessionStatus.EXPIRED))
    yield case("declined", Notice.DECLINED, "p1", ended)
    reason = {"reason": DeclineReason.OTHERS_KNOW_BETTER, "words": WORDS[language]}
    yield case("declined with a reason", Notice.DECLINED, "p1", ended, **reason)
    yield case("withdrawn", Notice.WITHDRAWN, "m1", off)
    yield case("pick a time", Notice.PICK_A_TIME, "p1", replace(agreed, starts_at=None))
    yield case("time proposed", Notice.TIME_PROPOSED, "p1", agreed)
    yield case("booked, mentee", Notice.BOOKED, "p1", session)
    yield case("booked, mentor", Notice.BOOKED, "m1", link)
    yield case("booked, chat", Notice.BOOKED, "p1", chat)
    yield case("booked, group, mentee", Notice.BOOKED, "p1", group)
    yield case("booked, group, mentor", Notice.BOOKED, "m1", replace(group, mentee_ids=()))
    yield case("moved", Notice.MOVED, "p1", link)
    yield case("cancelled, mentee", Notice.CANCELLED, "p1", off)
    yield case("cancelled, mentor", Notice.CANCELLED, "m1", off)
    yield case("cancelled, left", Notice.CANCELLED, "p1", replace(group, mentee_ids=("p2",)))
    yield case("somebody joined", Notice.SOMEBODY_JOINED, "m1", group, Action.JOIN)
    yield case("somebody left", Notice.SOMEBODY_LEFT, "m1", replace(group, mentee_ids=("p1",)), Action.LEAVE)
    yield case("reminder, mentee", Notice.REMINDER, "p1", link, hours=24)
    yield case("reminder, mentor", Notice.REMINDER, "m1", link, hours=1)
    yield case("chat message", Notice.CHAT_MESSAGE, "p1", chat, number=3)
    yield case("chat closing", Notice.CHAT_CLOSING, "p1", chat)
    yield case("feedback wanted, mentee", Notice.FEEDBACK_WANTED, "p1", replace(link, status=SessionStatus.HELD))
    yield case("feedback wanted, mentor", Notice.FEEDBACK_WANTED, "m1", replace(link, status=SessionStatus.HELD))
    yield case("no show", Notice.NO_SHOW, "m1", replace(link, status=SessionStatus.NO_SHOW))
    yield case("no show, missed", Notice.NO_SHOW, "p1", replace(link, status=SessionStatus.NO_SHOW))
    yield case("did it help", Notice.DID_IT_HELP, "p1", replace(link, status=SessionStatus.HELD))


def letters(store: Store, language: Language) -> Iterator[tuple[str, Letter]]:
    """Yield (name, letter) of each case; the store holds `people` and the topic."""
    everybody = {person.id: person for person in people(language)}
    for name, reader, session, told, events in cases(language):
        onward = session if session.passed_on_from else None
        yield (
            name,
            write_letter(
                store, Look(told, session, everybody[reader], events, onward, has_answered=False, now=NOW), PlainLinks()
            ),
        )


def fill(store: Store, language: Language) -> None:
    """Keep the people, the mentor's offer and the topic."""
    topic = a_topic(title=replace(local("Handing work over"), ru="Как передавать задачи"))
    if not store.catalog.versions():
        store.catalog.publish([an_area()], [a_skill()], [topic], "for letters", NOW)
    store.people.save(people(language))
    store.offers.save([an_offer("m1")])


def golden(store: Store, language: Language) -> str:
    """Return every letter of a language as one text."""
    parts = (f"=== {name}\n{letter.subject}\n\n{letter.text()}" for name, letter in letters(store, language))
    return "\n".join(parts)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, new_database("sqlite", Path(folder)) as url, opened(url) as engine:
        migrate(engine)
        for language in Language:
            with unit_of_work(engine, write=True) as store:
                fill(store, language)
            with unit_of_work(engine) as store:
                FOLDER.mkdir(exist_ok=True)
                (FOLDER / f"{language}.txt").write_text(golden(store, language), encoding="utf-8")
    sys.stdout.write(f"{FOLDER}\n")


if __name__ == "__main__":
    main()
