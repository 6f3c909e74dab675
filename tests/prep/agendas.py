"""Three good agendas, written by hand, that the rubric must like; tests degrade them one way at a time."""

from dataclasses import replace

from domain.agendas import Agenda, Fact, FactKind, Line, Question, Segment
from domain.language import Language
from domain.people import Format
from domain.topics import Stage


def _agenda(
    facts: tuple[tuple[FactKind, str], ...],
    outcome: Line,
    parts: tuple[tuple[Stage, str, float, Line, tuple[Question, ...]], ...],
    next_step: Line,
    title: str,
    language: Language = Language.EN,
    format: Format = Format.ONE_TO_ONE,
) -> Agenda:
    return Agenda(
        topic_id="hand-work-over",
        title=title,
        language=language,
        format=format,
        minutes=int(sum(minutes for _, _, minutes, _, _ in parts)),
        facts=tuple(Fact(number, kind, text) for number, (kind, text) in enumerate(facts, start=1)),
        outcome=outcome,
        segments=tuple(Segment(stage, name, minutes, note, asked) for stage, name, minutes, note, asked in parts),
        next_step=next_step,
        drafted_by="hand",
    )


def _q(stage: Stage, text: str, *citations: int) -> Question:
    return Question(text, stage, citations)


GOAL, REALITY, OPTIONS, WILL = Stage

DELEGATING = _agenda(
    facts=(
        (FactKind.NEED, "I run the reporting team and still fix every dashboard myself before the client sees it"),
        (FactKind.SKILL_GAP, "Delegation: level 1 of 4 now, level 3 wanted"),
        (FactKind.LAST_NEXT_STEP, "Let Friday's report go out unchecked"),
        (FactKind.TOPIC, "Handing work over. Choose one task and word the handover so that it stays handed over."),
    ),
    outcome=Line("By the end you have one dashboard to hand over and the sentence you will say when you do.", (1, 4)),
    parts=(
        (
            GOAL,
            "Since last time",
            3,
            Line("The report that went out unchecked comes first.", (3,)),
            (_q(GOAL, "What happened when the report left without your check?", 3),),
        ),
        (
            REALITY,
            "Where your hours go",
            6,
            Line("One client, one dashboard, last week.", (1,)),
            (
                _q(REALITY, "Which dashboard did you repair most recently, and for whose sake?", 1),
                _q(REALITY, "What would the client have noticed without your repair?", 1),
            ),
        ),
        (
            OPTIONS,
            "Loosening the grip",
            7,
            Line("Ideas before judgement; delegation is a skill to train here.", (2,)),
            (
                _q(OPTIONS, "Which part of that dashboard could a colleague own from Monday?", 1),
                _q(OPTIONS, "What would delegation at level 3 look like in your team?", 2),
            ),
        ),
        (
            WILL,
            "The handover",
            4,
            Line("Say the handover aloud once before you leave.", (4,)),
            (_q(WILL, "What words will you use for the handover?", 4),),
        ),
    ),
    next_step=Line("By Wednesday, hand one dashboard to a colleague with its result and check date.", (1,)),
    title="Handing work over",
)

RUSSIAN_QUERIES = _agenda(
    facts=(
        (FactKind.NEED, "Отчёт по филиалам считается шесть часов, а утром его ждёт директор"),
        (FactKind.GOAL, "Разобраться с планами запросов и перестать гадать"),
        (FactKind.TOPIC, "Медленные запросы. Прочитать план одного запроса и решить, что попробовать первым."),
    ),
    outcome=Line(
        "К концу встречи у вас есть один прочитанный план и решение, какую часть отчёта ускорять первой.", (1, 3)
    ),
    parts=(
        (
            GOAL,
            "Что значит «быстро»",
            2,
            Line("Договоритесь о времени, которое устроит директора.", (1,)),
            (_q(GOAL, "К какому часу отчёт должен лежать у директора?", 1),),
        ),
        (
            REALITY,
            "Читаем план",
            5,
            Line("Откройте план запроса на экране.", (3,)),
            (_q(REALITY, "Какая строка плана забирает больше всего времени?", 2, 3),),
        ),
        (
            OPTIONS,
            "Что попробовать",
            5,
            Line("Три идеи, потом выбор: гадать больше не нужно.", (2,)),
            (_q(OPTIONS, "Какие филиалы отчёту не нужны каждое утро?", 1),),
        ),
        (
            WILL,
            "Первый замер",
            3,
            Line("Запишите время отчёта до и после.", (1,)),
            (_q(WILL, "Какую правку запроса вы замерите первой?", 3),),
        ),
    ),
    next_step=Line("До пятницы замерьте запрос до и после одной правки и сохраните оба плана.", (2, 3)),
    title="Медленные запросы",
    language=Language.RU,
)

GROUP_MEETINGS = _agenda(
    facts=(
        (FactKind.NEED, "Our ward handover meetings overrun and the night shift leaves late"),
        (FactKind.GROUP, "Group of 4: nurse, ward sister, registrar, pharmacist"),
        (FactKind.TOPIC, "Short handovers. Agree on one order of speaking and one rule for questions."),
    ),
    outcome=Line("By the end each of you has one rule for tomorrow's handover and a sentence to introduce it.", (1, 3)),
    parts=(
        (
            GOAL,
            "Opening round",
            3,
            Line("Facilitator: half a minute each, the whole group, passing is fine.", (2,)),
            (_q(GOAL, "What would a handover that ends on time give you?", 1),),
        ),
        (
            REALITY,
            "One late night",
            6,
            Line("Facilitator: one case for the group, told by a volunteer.", (2,)),
            (
                _q(REALITY, "At which point did the last meeting start to overrun?", 1),
                _q(REALITY, "Who spoke longest, from which shift?", 1),
            ),
        ),
        (
            OPTIONS,
            "Rules to try",
            7,
            Line("Facilitator: pairs first, then one idea per pair of the group.", (2,)),
            (
                _q(OPTIONS, "What order of speaking would help the night shift?", 1, 3),
                _q(OPTIONS, "Which questions could wait until after the handover?", 3),
            ),
        ),
        (
            WILL,
            "Closing round",
            4,
            Line("Facilitator: half a minute each in the group, one rule said aloud.", (2, 3)),
            (_q(WILL, "Which rule will you try on your own shift?", 3),),
        ),
    ),
    next_step=Line("Within a week, try one speaking rule at a handover and note when it ended.", (3,)),
    title="Short handovers",
    format=Format.GROUP,
)

GOOD = {"delegating": (DELEGATING, 1), "russian queries": (RUSSIAN_QUERIES, 1), "group meetings": (GROUP_MEETINGS, 4)}


def with_questions(agenda: Agenda, *texts: str) -> Agenda:
    """Return the agenda asking these texts instead, one after the other, citations kept."""
    left = iter(texts)
    segments = (
        replace(segment, questions=tuple(replace(question, text=next(left)) for question in segment.questions))
        for segment in agenda.segments
    )
    return replace(agenda, segments=tuple(segments))
