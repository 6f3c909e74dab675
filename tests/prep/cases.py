"""Two realistic topics in both languages, and requests made of thin and of rich facts."""

from dataclasses import replace
from typing import Any

from domain.agendas import FactKind
from domain.language import Language, LocalText, LocalTexts
from domain.people import Format
from domain.topics import Stage, Topic, TopicLevel
from prep import AgendaRequest, NamedGap, OwnWords

DELEGATE = Topic(
    id="hand-work-over",
    area="first-time-leading",
    title=LocalText("Handing work over", "Как передавать задачи"),
    summary=LocalText(
        "Choose one task to hand over and word the handover so that it stays handed over.",
        "Выбрать одну задачу для передачи и сформулировать поручение так, чтобы она не вернулась к вам.",
    ),
    aliases=LocalTexts(
        ("delegation", "letting go", "sharing the load"), ("делегирование", "поручить", "отпустить контроль")
    ),
    phrases=LocalTexts(
        ("I end up doing everyone's work", "It is faster if I do it myself", "I check every detail of my team's tasks"),
        ("Всё делаю за всех", "Быстрее сделать самому, чем объяснять", "Перепроверяю за командой каждую мелочь"),
    ),
    questions={
        Stage.GOAL: LocalTexts(
            (
                "Which task should be off your desk in a month?",
                "What would you do with the time that delegation frees?",
            ),
            (
                "Какая задача через месяц не должна лежать на вашем столе?",
                "На что уйдёт время, если команда справится без вас?",
            ),
        ),
        Stage.REALITY: LocalTexts(
            ("Which tasks did you take back lately?", "What do you check that nobody asked you to check?"),
            ("Какие задачи вы недавно забрали обратно?", "Что вы перепроверяете, хотя никто об этом не просил?"),
        ),
        Stage.OPTIONS: LocalTexts(
            ("Who in the team would grow by this task?", "How could you check the work halfway instead of at the end?"),
            ("Кто в команде вырос бы на этой задаче?", "Как проверить работу на полпути, а не в конце?"),
        ),
        Stage.WILL: LocalTexts(
            ("What will you say when you hand the task over?", "When will you look at the work for the first time?"),
            ("Какими словами вы передадите задачу?", "Когда вы посмотрите на работу в первый раз?"),
        ),
    },
    next_steps=LocalTexts(
        ("Hand over one task with its result and check date in writing.", "List the tasks that only you can do."),
        (
            "Передайте одну задачу письменно: результат и дата проверки.",
            "Выпишите задачи, которые можете сделать только вы.",
        ),
    ),
    out_of_scope=LocalText(
        "A team that is simply too small is a matter for your manager, not for this talk.",
        "Если людей просто не хватает, это разговор с руководителем, а не тема этой встречи.",
    ),
    skill_ids=("delegation",),
    level=TopicLevel.STARTING,
    related_ids=(),
    formats=frozenset(Format),
)

SLOW_QUERIES = Topic(
    id="queries-that-crawl",
    area="data",
    title=LocalText("Queries that crawl", "Запросы, которые ползут"),
    summary=LocalText(
        "Read one slow query plan together and decide what to try first.",
        "Прочитать план одного медленного запроса и решить, что попробовать первым.",
    ),
    aliases=LocalTexts(("SQL tuning", "query plan", "indexes"), ("тюнинг SQL", "план запроса", "индексы")),
    phrases=LocalTexts(
        ("The report runs all night and times out", "I add indexes at random and hope", "The plan says full scan"),
        ("Отчёт считается всю ночь и падает", "Добавляю индексы наугад", "В плане полный скан, а почему, непонятно"),
    ),
    questions={
        Stage.GOAL: LocalTexts(
            ("How fast does this query need to be?", "Who waits for the report today?"),
            ("За какое время запрос должен укладываться?", "Кто сегодня ждёт этот отчёт?"),
        ),
        Stage.REALITY: LocalTexts(
            ("Which line of the plan takes the most rows?", "What did the last index change in the plan?"),
            ("Какая строка плана читает больше всего строк?", "Что изменил в плане последний индекс?"),
        ),
        Stage.OPTIONS: LocalTexts(
            ("Which columns could the query do without?", "How could the report read fewer rows?"),
            ("Без каких столбцов запрос обойдётся?", "Как отчёту читать меньше строк?"),
        ),
        Stage.WILL: LocalTexts(
            (
                "Which change to the query will you measure first?",
                "Where will you write down the times before and after?",
            ),
            ("Какое изменение запроса вы замерите первым?", "Куда вы запишете время запроса до и после?"),
        ),
    },
    next_steps=LocalTexts(
        (
            "Save the plan of one slow query before and after a single change.",
            "Ask a colleague to read one plan with you.",
        ),
        (
            "Сохраните план одного запроса до и после одного изменения.",
            "Попросите коллегу прочитать план вместе с вами.",
        ),
    ),
    out_of_scope=LocalText(
        "Redesigning the whole schema takes weeks and belongs to the database team.",
        "Перепроектировать всю схему за полчаса нельзя, с этим к команде баз данных.",
    ),
    skill_ids=("sql",),
    level=TopicLevel.PRACTISING,
    related_ids=(),
    formats=frozenset(Format),
)

TOPICS = (DELEGATE, SLOW_QUERIES)

_NEEDS = {
    (
        DELEGATE.id,
        Language.EN,
    ): "I lead five people and still do half of their tasks. Explaining takes longer than doing.",
    (DELEGATE.id, Language.RU): "Руковожу пятью людьми и половину задач делаю сама. Объяснять дольше, чем сделать.",
    (SLOW_QUERIES.id, Language.EN): "The monthly report runs six hours and I don't know where to look in the plan.",
    (SLOW_QUERIES.id, Language.RU): "Месячный отчёт считается шесть часов, и я не понимаю, куда смотреть в плане.",
}
_RICH = {
    Language.EN: {
        "goal": "Leave the office at six with the team running its own tasks and reports",
        "skill": ("Delegation", "SQL and databases"),
        "still_open": "how to check without hovering",
        "next_step": "Ask Ivan Petrov for the list of open tasks",
        "roles": ("Team lead", "Analyst", "Nurse", "Accountant", "Tester", "Editor", "Planner", "Clerk"),
        "mentor": "Head of support, led four teams",
    },
    Language.RU: {
        "goal": "Уходить в шесть, а команда пусть сама ведёт свои задачи и отчёты",
        "skill": ("Делегирование", "SQL и базы данных"),
        "still_open": "как проверять и не стоять над душой",
        "next_step": "Попросить у Ивана Петрова список открытых задач",
        "roles": ("Тимлид", "аналитик", "медсестра", "бухгалтер", "тестер", "редактор", "плановик", "клерк"),
        "mentor": "Руководитель поддержки, четыре команды за плечами",
    },
}


def a_thin_request(
    topic: Topic = DELEGATE,
    language: Language = Language.EN,
    format: Format = Format.ONE_TO_ONE,
    minutes: int = 20,
    people: int = 4,
    **changes: Any,
) -> AgendaRequest:
    """Return a request about which nothing is known but the topic."""
    request = AgendaRequest(topic, language, format, minutes, ("",) * (people if format is Format.GROUP else 1))
    return replace(request, **changes)


def a_rich_request(
    topic: Topic = DELEGATE,
    language: Language = Language.EN,
    format: Format = Format.ONE_TO_ONE,
    minutes: int = 20,
    people: int = 4,
    **changes: Any,
) -> AgendaRequest:
    """Return a request with a need, a goal, a gap, feedback, a last step, roles and a mentor."""
    told = _RICH[language]
    request = a_thin_request(
        topic,
        language,
        format,
        minutes,
        mentee_roles=tuple(told["roles"][: people if format is Format.GROUP else 1]),
        mentor=str(told["mentor"]),
        words=(OwnWords(FactKind.NEED, _NEEDS[topic.id, language]), OwnWords(FactKind.GOAL, str(told["goal"]))),
        gaps=(NamedGap(told["skill"][TOPICS.index(topic)], 1, 3, people=2),),
        last_still_open=str(told["still_open"]),
        last_next_step=str(told["next_step"]),
        colleague_names=("Ivan Petrov", "Иван Петров"),
    )
    return replace(request, **changes)


def words(*texts: str, kind: FactKind = FactKind.NEED) -> tuple[OwnWords, ...]:
    """Return own words of one kind."""
    return tuple(OwnWords(kind, text) for text in texts)
