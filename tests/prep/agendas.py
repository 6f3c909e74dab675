"""Six good agendas, written by hand in both languages and all formats; tests degrade them one way at a time."""

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

DISCOUNTS_CHAT = _agenda(
    facts=(
        (FactKind.NEED, "Clients ask for a discount in the first mail and I give in before I know their budget"),
        (FactKind.ROLE, "Sales representative"),
        (FactKind.TOPIC, "Holding a price. Find out what a discount would buy and word one answer to the request."),
    ),
    outcome=Line("By the end of this exchange you have one written answer to a discount request.", (1, 3)),
    parts=(
        (
            GOAL,
            "The brief",
            2,
            Line("The brief: “I give in before I know their budget”. Short answers are fine.", (1,)),
            (_q(GOAL, "Which client's mail would you like to answer better?", 1),),
        ),
        (
            REALITY,
            "The last mail",
            5,
            Line("Copy the client's sentence, leave the name out.", (1,)),
            (_q(REALITY, "What did the last client write about the discount, word for word?", 1),),
        ),
        (
            OPTIONS,
            "Two answers",
            5,
            Line("Two drafts of the price answer, then one choice.", (3,)),
            (),
        ),
        (
            WILL,
            "Close",
            3,
            Line("One last message: the answer you will send, and its day.", (3,)),
            (_q(WILL, "Which answer will you send to the next request?", 3),),
        ),
    ),
    next_step=Line("By Thursday, send one answer that asks for the client's budget before any discount.", (1,)),
    title="Holding a price",
    format=Format.CHAT,
)

RUSSIAN_NEWCOMER = _agenda(
    facts=(
        (FactKind.NEED, "На складе третий новичок за год уходит в первый месяц, я только показываю стеллажи и бегу"),
        (FactKind.LAST_FEEDBACK, "непонятно, кому поручить новичка в ночную смену"),
        (FactKind.LAST_NEXT_STEP, "Составить список из десяти первых вопросов новичка"),
        (FactKind.SKILL_GAP, "Наставничество: сейчас уровень 1 из 4, нужен 3"),
        (FactKind.TOPIC, "Новичок в команде. Разложить первую неделю новичка по дням и выбрать, кто за что отвечает."),
    ),
    outcome=Line("К концу встречи у вас есть план первой недели новичка и решение, кто ведёт его ночью.", (2, 5)),
    parts=(
        (
            GOAL,
            "Что изменилось",
            4,
            Line("Начните со списка вопросов, он был шагом прошлой встречи.", (3,)),
            (
                _q(GOAL, "Какие вопросы новичка повторялись в вашем списке?", 3),
                _q(GOAL, "По какому признаку станет видно, что новичок остаётся?", 1),
            ),
        ),
        (
            REALITY,
            "Первый месяц",
            10,
            Line("Один ушедший новичок, его дни на складе по порядку.", (1,)),
            (
                _q(REALITY, "В какой день складской новичок остался без вас?", 1),
                _q(REALITY, "С чем он подходил к другим, пока вы показывали стеллажи соседям?", 1),
            ),
        ),
        (
            OPTIONS,
            "Кто и когда",
            10,
            Line("Сначала варианты для ночной смены, потом выбор.", (2,)),
            (
                _q(OPTIONS, "Кому из ночной смены интересно наставничество?", 2, 4),
                _q(OPTIONS, "Что из первой недели можно показать без вас?", 5),
            ),
        ),
        (
            WILL,
            "Первая неделя",
            6,
            Line("Запишите план по дням, пока вы вместе.", (5,)),
            (_q(WILL, "Кого вы попросите отвечать за новичка в понедельник?", 2, 5),),
        ),
    ),
    next_step=Line("До пятницы разложите первую неделю новичка по дням и покажите план сменщику.", (1, 5)),
    title="Новичок в команде",
    language=Language.RU,
)

RUSSIAN_GROUP = _agenda(
    facts=(
        (FactKind.NEED, "Планёрка в цехе идёт час, половина людей молчит и смотрит в телефон"),
        (FactKind.SKILL_GAP, "Ведение встреч: развивают несколько человек в группе"),
        (FactKind.GROUP, "Группа из 5 человек: мастер, технолог, диспетчер, энергетик, контролёр"),
        (FactKind.TOPIC, "Короткие планёрки. Выбрать одно правило, с которым планёрка укладывается в полчаса."),
    ),
    outcome=Line("К концу встречи у каждого есть одно правило для своей планёрки и фраза, чтобы его ввести.", (1, 4)),
    parts=(
        (
            GOAL,
            "Первый круг",
            4,
            Line("Ведущему: по сорок секунд на человека, вся группа по кругу, ход можно пропустить.", (3,)),
            (_q(GOAL, "Чем для вас хороша планёрка, которая идёт полчаса?", 1, 4),),
        ),
        (
            REALITY,
            "Один час в цехе",
            8,
            Line("Ведущему: один случай на группу, рассказывает желающий.", (3,)),
            (
                _q(REALITY, "На каком вопросе люди начинают смотреть в телефон?", 1),
                _q(REALITY, "Кто говорит на планёрке дольше всех?", 1),
            ),
        ),
        (
            OPTIONS,
            "Какие правила пробуем",
            8,
            Line("Ведущему: пары, потом одна идея от пары в группе.", (3,)),
            (
                _q(OPTIONS, "Какое правило заставило бы говорить короче?", 4),
                _q(OPTIONS, "Чему в ведении встреч вы учитесь друг у друга?", 2),
            ),
        ),
        (
            WILL,
            "Завершающий круг",
            5,
            Line("Ведущему: каждый в группе называет своё правило вслух.", (3, 4)),
            (_q(WILL, "Какой фразой вы введёте правило в своём цехе?", 1, 4),),
        ),
    ),
    next_step=Line("На этой неделе введите одно правило на планёрке и засеките, сколько она шла.", (1, 4)),
    title="Короткие планёрки",
    language=Language.RU,
    format=Format.GROUP,
)

GOOD = {
    "delegating": (DELEGATING, 1),
    "discounts by chat": (DISCOUNTS_CHAT, 1),
    "group meetings": (GROUP_MEETINGS, 4),
    "russian queries": (RUSSIAN_QUERIES, 1),
    "russian newcomer": (RUSSIAN_NEWCOMER, 1),
    "russian group": (RUSSIAN_GROUP, 5),
}


def with_questions(agenda: Agenda, *texts: str) -> Agenda:
    """Return the agenda asking these texts instead, one after the other, citations kept."""
    left = iter(texts)
    segments = (
        replace(segment, questions=tuple(replace(question, text=next(left)) for question in segment.questions))
        for segment in agenda.segments
    )
    return replace(agenda, segments=tuple(segments))
