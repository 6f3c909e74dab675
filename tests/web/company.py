"""A company of a dozen people for the tests of the pages: every role, both languages, past and booked sessions."""

from datetime import UTC, datetime, time, timedelta

from domain.language import Language
from domain.people import HeldSkill, MentorOffer, Person, Role, WeeklyHours
from domain.sessions import MentoringSession, SessionStatus
from services.context import Context
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_goal, a_person, a_session, an_offer

EN, RU = frozenset({Language.EN}), frozenset({Language.RU})
BOTH = frozenset(Language)
MENTOR, HR = frozenset({Role.MENTOR}), frozenset({Role.HR, Role.MENTEE})
BOOKED_AT = datetime(2026, 3, 5, 13, 20, tzinfo=UTC)
LATER_AT = BOOKED_AT + timedelta(hours=1)

PEOPLE = [
    a_person("nora", name="Nora Quist", job_title="Support analyst", manager_id="max", target_role_id="team-lead"),
    a_person("lena", name="Елена Цветкова", locale=Language.RU, languages=RU, zone="Europe/Moscow"),
    a_person("pip", name="Pip Newman", job_title="", department="Finance"),
    a_person("omar", name="Omar Haddad", languages=BOTH, roles=frozenset({Role.MENTEE, Role.MENTOR})),
    a_person("dee", name="Dee Fox", job_title="Ward lead", department="Care", languages=BOTH, roles=MENTOR),
    a_person("max", name="Max Roy", job_title="Head of support", roles=MENTOR),
    a_person("vera", name="Вера Ильина", locale=Language.RU, languages=BOTH, zone="Europe/Moscow", roles=MENTOR),
    a_person("hana", name="Hana Sato", job_title="People partner", department="People", roles=HR),
    a_person("gone", name="Gwen Stone", is_active=False),
]
GOALS = [
    a_goal("g1", "nora", text="I end up doing everyone's work and cannot hand anything over"),
    a_goal("g2", "nora", text="my status mails get no answer"),
    a_goal("g3", "lena", text="не успеваю ничего, все задачи тащу сама", language=Language.RU),
    a_goal("g4", "gone", text="I do everything myself"),
]
WORKDAYS = tuple(WeeklyHours(day, time(9), time(17)) for day in range(5))


def offer(mentor: Person, *topics: str, biography: str) -> MentorOffer:
    """Return an offer with working hours from Monday to Friday."""
    made = {"topic_ids": frozenset(topics), "biography": biography, "language": mentor.locale}
    return an_offer(mentor.id, weekly_hours=WORKDAYS, **made)


def offers() -> list[MentorOffer]:
    by_id = {person.id: person for person in PEOPLE}
    return [
        offer(by_id["dee"], "delegate-work", "say-no-kindly", biography="I have trained twenty nurses to hand over."),
        offer(by_id["max"], "delegate-work", "prioritise-overload", biography="I led three teams, learnt to let go."),
        offer(by_id["omar"], "write-messages-people-answer", biography="I write short and people answer."),
        offer(by_id["vera"], "delegate-work", "prioritise-overload", biography="Семь лет руковожу командой поддержки."),
    ]


def sessions() -> list[MentoringSession]:
    """Return nora's booked and held sessions, and one of omar as a mentee and one as a mentor."""
    held = {"status": SessionStatus.HELD, "starts_at": NOW - timedelta(days=40)}
    step = "Write the next status mail with one question in its first line"
    mails = "write-messages-people-answer"
    return [
        a_session("booked", mentor_id="dee", mentee_ids=("nora",), topic_id="say-no-kindly", starts_at=BOOKED_AT),
        a_session("held", mentor_id="omar", mentee_ids=("nora",), topic_id=mails, next_step=step, **held),
        a_session("omars", mentor_id="dee", mentee_ids=("omar",), topic_id="delegate-work", starts_at=LATER_AT),
        a_session("lenas", mentor_id="vera", mentee_ids=("lena",), topic_id="delegate-work", starts_at=None),
    ]


def fill(context: Context) -> None:
    """Save the company into a store that holds the starter catalog."""
    with unit_of_work(context.engine, write=True) as store:
        store.people.save(PEOPLE)
        store.people.save_held([HeldSkill("nora", "delegation", 1)])
        store.goals.save(GOALS)
        store.offers.save(offers())
        store.sessions.save(sessions())
        store.feedback.save([a_feedback(session_id="held", author_id="nora", still_open="how short is short enough")])
