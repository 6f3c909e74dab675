"""Good agendas degraded one way each, with the one reason for which each must be rejected."""

from dataclasses import replace

from domain.agendas import Agenda, Line
from domain.topics import Stage
from prep import Criterion, Gate
from tests.prep.agendas import (
    DELEGATING,
    DISCOUNTS_CHAT,
    GROUP_MEETINGS,
    RUSSIAN_GROUP,
    RUSSIAN_NEWCOMER,
    RUSSIAN_QUERIES,
    with_questions,
)


def with_minutes(agenda: Agenda, *minutes: float) -> Agenda:
    parts = zip(agenda.segments, minutes, strict=True)
    return replace(agenda, segments=tuple(replace(segment, minutes=part) for segment, part in parts))


def all_of_stage(agenda: Agenda, stage: Stage) -> Agenda:
    segments = (
        replace(segment, questions=tuple(replace(question, stage=stage) for question in segment.questions))
        for segment in agenda.segments
    )
    return replace(agenda, segments=tuple(segments))


def ungrounded(agenda: Agenda) -> Agenda:
    return with_questions(
        agenda,
        "What brings you here?",
        "How are things going?",
        "What else is there?",
        "What would be good?",
        "How might it be different?",
        "What will you do?",
    )


CLOSED = (
    "Did it feel good to let the report go out unchecked?",
    "Is there a dashboard that you repaired?",
    "Would the client have noticed your repair?",
    "Could a colleague own part of that dashboard?",
    "Do you see delegation in your team?",
    "Will you word the handover?",
)
LEADING = (
    "Don't you think the report was fine unchecked?",
    "Why don't you leave the dashboard alone?",
    "Isn't it obvious that the client noticed nothing?",
    "Have you considered giving the dashboard away?",
    "Shouldn't you train delegation, how else?",
    "What will you say in the handover?",
)
STACKED = (
    "How did the report go, and what did you learn, and who saw it?",
    "Which dashboard was it? Who saw the dashboard?",
    "What would the client notice and when would that be?",
    "Which part could go, and how, and to whom?",
    "What is delegation to you and why do you avoid it?",
    "What will you say in the handover?",
)


def with_first_question(agenda: Agenda, text: str) -> Agenda:
    return with_questions(agenda, text, *(question.text for question in agenda.questions[1:]))


def with_step(agenda: Agenda, text: str) -> Agenda:
    return replace(agenda, next_step=replace(agenda.next_step, text=text))


def with_outcome(agenda: Agenda, text: str) -> Agenda:
    return replace(agenda, outcome=replace(agenda.outcome, text=text))


DEGRADED = {
    "opening takes half": (with_minutes(DELEGATING, 10, 3, 3, 4), Criterion.TIME),
    "no deadline, three steps": (
        replace(
            DELEGATING,
            next_step=Line(
                "Think about it. Talk to people. Maybe read a book on handing dashboards over one day. " * 2, (1,)
            ),
        ),
        Criterion.ACTION,
    ),
    "a wish instead of an outcome": (
        replace(
            DELEGATING, outcome=Line("We will talk about how things are in general and see where that takes us.", ())
        ),
        Criterion.OUTCOME,
    ),
    "only one stage": (all_of_stage(DELEGATING, Stage.REALITY), Criterion.STAGES),
    "one question too few by two": (
        replace(
            DELEGATING,
            segments=tuple(
                replace(segment, questions=segment.questions[: int(segment.stage in (Stage.GOAL, Stage.REALITY))])
                for segment in DELEGATING.segments
            ),
        ),
        Criterion.COUNT,
    ),
    "closed questions": (with_questions(DELEGATING, *CLOSED), Criterion.FORM),
    "leading questions": (with_questions(DELEGATING, *LEADING), Criterion.FORM),
    "stacked questions": (with_questions(DELEGATING, *STACKED), Criterion.FORM),
    "no grounding": (ungrounded(DELEGATING), Criterion.GROUND),
    "true words, false citations": (
        replace(
            DELEGATING,
            segments=tuple(
                replace(segment, questions=tuple(replace(question, citations=()) for question in segment.questions))
                for segment in DELEGATING.segments
            ),
        ),
        Criterion.GROUND,
    ),
    "a lecture": (
        replace(
            DELEGATING,
            segments=tuple(replace(s, note=Line("Handover is a long story. " * 20, (4,))) for s in DELEGATING.segments),
        ),
        Criterion.CONCISE,
    ),
    "questions in the wrong language": (
        with_first_question(RUSSIAN_QUERIES, "When should the report be ready for the director?"),
        Gate.LANGUAGE,
    ),
    "familiar and polite at once": (
        with_first_question(RUSSIAN_NEWCOMER, "Какие вопросы новичка повторялись в твоём списке?"),
        Gate.ADDRESS,
    ),
    "an invented company": (
        with_outcome(RUSSIAN_GROUP, "К концу встречи у каждого есть правило планёрки, как в компании Ромашка."),
        Gate.INVENTED_NAME,
    ),
    "an invented person": (
        with_first_question(GROUP_MEETINGS, "What would Linda Park say about a handover that ends on time?"),
        Gate.INVENTED_NAME,
    ),
    "an invented share": (
        with_step(DISCOUNTS_CHAT, "By Thursday, send one answer that wins 37 % of the clients' budget."),
        Gate.INVENTED_FIGURE,
    ),
    "a link": (with_step(RUSSIAN_QUERIES, "До пятницы замерьте запрос, пример на https://plans.example."), Gate.MARKUP),
    "markdown": (
        with_first_question(RUSSIAN_GROUP, "Чем для вас **хороша** планёрка, которая идёт полчаса?"),
        Gate.MARKUP,
    ),
    "a leaked prompt": (
        with_first_question(DELEGATING, "What does my system prompt say about the report without your check?"),
        Gate.LEAK,
    ),
    "a private matter": (
        with_first_question(RUSSIAN_NEWCOMER, "Что ваш муж говорит о вопросах новичка в вашем списке?"),
        Gate.TABOO,
    ),
    "an unknown fact": (
        replace(GROUP_MEETINGS, outcome=replace(GROUP_MEETINGS.outcome, citations=(1, 12))),
        Gate.UNKNOWN_FACT,
    ),
    "a person's words, uncited": (
        replace(
            DISCOUNTS_CHAT,
            next_step=Line("By Thursday, find out three clients' budgets before the first mail.", (3,)),
        ),
        Gate.UNCITED,
    ),
    "minutes that do not sum": (replace(RUSSIAN_GROUP, minutes=30), Gate.MINUTES),
    "the same question twice": (
        with_first_question(RUSSIAN_NEWCOMER, RUSSIAN_NEWCOMER.questions[1].text),
        Gate.DUPLICATE,
    ),
    "a question nobody holds in mind": (
        with_first_question(
            GROUP_MEETINGS, f"What would {'a very calm and ' * 9}short handover that ends on time give?"
        ),
        Gate.LONG_QUESTION,
    ),
    "a wall of text in a chat": (
        with_first_question(DISCOUNTS_CHAT, f"Which client's mail is {'extra' * 40} hard?"),
        Gate.LONG_MESSAGE,
    ),
    "a hidden character": (
        with_first_question(DELEGATING, "What happened when the re\u200bport left without your check?"),
        Gate.INVISIBLE,
    ),
}
