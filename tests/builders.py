"""Ready-made domain objects for tests: every field has a plain default, and a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from domain.agendas import Agenda, Fact, FactKind, Line, Question, Segment
from domain.feedback import Feedback
from domain.language import Language, LocalText, LocalTexts
from domain.llm_calls import LLMCall
from domain.people import Format, Goal, HeldSkill, MentorOffer, Person, RoleProfile, Skill, WeeklyHours
from domain.sessions import MentoringSession, SessionStatus
from domain.suggestions import Excluded, MentorSuggestion, Reason, Rule, SuggestionSet, TopicSuggestion
from domain.topics import Area, Stage, Topic, TopicLevel

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def local(text: str) -> LocalText:
    """Return one text in both languages; the Russian one can be told apart."""
    return LocalText(en=text, ru=f"{text} (ру)")


def locals_of(*texts: str) -> LocalTexts:
    """Return a list of texts in both languages."""
    return LocalTexts(en=texts, ru=tuple(f"{text} (ру)" for text in texts))


def a_person(id: str = "p1", **changes: Any) -> Person:
    """Return an active English-speaking mentee; the e-mail follows the id."""
    person = Person(
        id=id,
        name=f"Person {id}",
        email=f"{id}@example.org",
        locale=Language.EN,
        languages=frozenset({Language.EN}),
        zone="Europe/Berlin",
        department="Support",
        job_title="Analyst",
    )
    return replace(person, **changes)


def a_skill(id: str = "delegation", **changes: Any) -> Skill:
    """Return a skill named after its id."""
    return replace(Skill(id=id, name=local(id)), **changes)


def held(person_id: str = "p1", skill_id: str = "delegation", level: int = 2) -> HeldSkill:
    """Return a skill that a person holds."""
    return HeldSkill(person_id, skill_id, level)


def a_role(id: str = "team-lead", **changes: Any) -> RoleProfile:
    """Return a role profile that requires delegation at level 3."""
    role = RoleProfile(id=id, title=local(id), summary=local(f"What {id} does"), required_levels={"delegation": 3})
    return replace(role, **changes)


def a_goal(id: str = "g1", person_id: str = "p1", **changes: Any) -> Goal:
    """Return an open goal."""
    goal = Goal(
        id=id,
        person_id=person_id,
        text="I end up doing everyone's work",
        language=Language.EN,
        created_at=NOW,
    )
    return replace(goal, **changes)


def an_offer(mentor_id: str = "m1", **changes: Any) -> MentorOffer:
    """Return an offer of delegate-work: an hour a week, every format, Monday mornings."""
    offer = MentorOffer(
        mentor_id=mentor_id,
        topic_ids=frozenset({"delegate-work"}),
        capacity_minutes_per_week=60,
        formats=frozenset(Format),
        biography="I led three teams and learnt to let go of the work",
        language=Language.EN,
        weekly_hours=(WeeklyHours(weekday=0, start=time(9), end=time(12)),),
    )
    return replace(offer, **changes)


def an_area(id: str = "first-time-leading", **changes: Any) -> Area:
    """Return an area of the catalog."""
    return replace(Area(id=id, name=local(id)), **changes)


def a_topic(id: str = "delegate-work", **changes: Any) -> Topic:
    """Return an active topic of every format, with two phrases, and two questions per stage."""
    questions = {stage: locals_of(f"What about {stage} one?", f"What about {stage} two?") for stage in Stage}
    topic = Topic(
        id=id,
        area="first-time-leading",
        title=local(id.replace("-", " ")),
        summary=local(f"Leave with one step on {id}"),
        aliases=locals_of("handing over"),
        phrases=locals_of("I do everything myself", "nobody else can do it"),
        questions=questions,
        next_steps=locals_of("Hand over one task by Friday"),
        out_of_scope=local("A reorganisation"),
        skill_ids=("delegation",),
        level=TopicLevel.STARTING,
        related_ids=(),
        formats=frozenset(Format),
    )
    return replace(topic, **changes)


def a_session(id: str = "s1", **changes: Any) -> MentoringSession:
    """Return a booked one-to-one of m1 with p1 on delegate-work, 20 minutes."""
    session = MentoringSession(
        id=id,
        topic_id="delegate-work",
        mentor_id="m1",
        mentee_ids=("p1",),
        format=Format.ONE_TO_ONE,
        minutes=20,
        status=SessionStatus.BOOKED,
        need="I do everything myself",
        created_at=NOW,
        starts_at=datetime(2026, 3, 5, 13, 20, tzinfo=UTC),
    )
    return replace(session, **changes)


def a_feedback(id: str = "f1", **changes: Any) -> Feedback:
    """Return p1's feedback on s1: rating 4, one thing still open."""
    feedback = Feedback(
        id=id,
        session_id="s1",
        author_id="p1",
        rating=4,
        still_open="how to check without hovering",
        language=Language.EN,
        created_at=NOW,
        level_before=1,
        level_after=2,
    )
    return replace(feedback, **changes)


def an_agenda(**changes: Any) -> Agenda:
    """Return a 20-minute agenda of four segments, one question each, resting on two facts."""
    minutes = {Stage.GOAL: 3.0, Stage.REALITY: 6.0, Stage.OPTIONS: 7.0, Stage.WILL: 4.0}
    segments = tuple(
        Segment(
            stage, f"Part {stage}", part, Line(f"Why {stage}", (1,)), (Question(f"What of {stage}?", stage, (1, 2)),)
        )
        for stage, part in minutes.items()
    )
    facts = (Fact(1, FactKind.NEED, "I do everything myself"), Fact(2, FactKind.TOPIC, "delegate work"))
    agenda = Agenda(
        topic_id="delegate-work",
        title="Delegate work",
        language=Language.EN,
        format=Format.ONE_TO_ONE,
        minutes=20,
        facts=facts,
        outcome=Line("By the end one task has a new owner", (1, 2)),
        segments=segments,
        next_step=Line("Hand over one task by Friday", (2,)),
        drafted_by="template 1",
    )
    return replace(agenda, **changes)


def a_suggestion_set(id: str = "q1", **changes: Any) -> SuggestionSet:
    """Return one suggested topic with one mentor, and one exclusion of each kind, as shown to p1."""
    mentor = MentorSuggestion(
        mentor_id="m1",
        rank=1,
        score=0.7,
        features={"evidence": 0.7},
        reasons=(Reason("evidence", 0.7, "m1 writes about this"),),
        next_slot=datetime(2026, 3, 5, 13, 20, tzinfo=UTC),
    )
    topic = TopicSuggestion(
        topic_id="delegate-work",
        rank=1,
        score=0.8,
        features={"phrase": 0.6, "lexical": 0.2},
        reasons=(Reason("phrase", 0.6, "You wrote “everything myself”"),),
        mentors=(mentor,),
        excluded_mentors=(Excluded("m2", Rule.PAUSED, "m2 is away"),),
    )
    answer = SuggestionSet(
        id=id,
        person_id="p1",
        need="I do everything myself",
        language=Language.EN,
        asked_at=NOW,
        catalog_version=1,
        encoder_id="hashed-8",
        topics=(topic,),
        excluded=(Excluded("say-no-kindly", Rule.DONE_LATELY, "You did this in February"),),
    )
    return replace(answer, **changes)


def an_llm_call(id: str = "c1", **changes: Any) -> LLMCall:
    """Return a call for nobody in particular that went well: 100 tokens sent, 20 received, 0.5 usd."""
    call = LLMCall(
        id=id,
        at=NOW,
        purpose="agenda",
        model="openai/small",
        prompt_name="agenda",
        prompt_version="v1",
        prompt_sha="5ha",
        sent="Write questions.",
        outcome="ok",
        milliseconds=900,
        prompt_tokens=100,
        completion_tokens=20,
        usd=0.5,
    )
    return replace(call, **changes)
