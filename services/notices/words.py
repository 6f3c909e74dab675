"""The words of every message, written natively in each language.

A key is the message, then what makes it another one: its kind (`chat`, `group`, ...) or its reader; the most exact one
counts. People are named in the nominative only, and nothing said of them shows a gender.
"""

from dataclasses import dataclass

from domain.language import LocalText
from domain.notices import DeclineReason

EMPTY = LocalText("", "")


@dataclass(frozen=True, slots=True)
class Words:
    """A message around its facts: the subject, what has happened, the words on its link, and what else to know.

    Placeholders: {topic}, {who} (the other side), {when}, {until}, {minutes}, {seats}, {taken}, {reason}.
    """

    subject: LocalText
    opening: LocalText
    action: LocalText
    closing: LocalText = EMPTY


_ANSWER = LocalText("Answer with one tap", "Ответить")
_OPEN = LocalText("Open the session", "Открыть встречу")
_OPEN_CHAT = LocalText("Open the chat", "Открыть переписку")
_OTHERS = LocalText("See other mentors", "Посмотреть других наставников")
_ANEW = LocalText("Find another time", "Выбрать другое время")
_OWN_SESSIONS = LocalText("See your sessions", "Посмотреть ваши встречи")
_MAY_CHANGE = LocalText(
    "Something came up? Move or cancel it there, the earlier the better.",
    "Планы изменились? Там же встречу можно перенести или отменить — лучше заранее.",
)

WORDS: dict[str, Words] = {
    "requested": Words(
        LocalText("{who} asks you for {minutes}: {topic}", "Просьба о встрече, {minutes}: {topic}"),
        LocalText("{who} would like to talk with you.", "{who} просит вас о встрече."),
        _ANSWER,
        LocalText(
            "Please answer by {until}. After that we ask the next mentor, so that nobody waits in vain.",
            "Пожалуйста, ответьте до {until}. Потом мы спросим следующего наставника, чтобы никто не ждал напрасно.",
        ),
    ),
    "nudge": Words(
        LocalText("Your answer is still awaited: {topic}", "Ждём вашего ответа: {topic}"),
        LocalText(
            "{who} is waiting for your answer. Yes, another time or no: each of them helps.",
            "{who} ждёт вашего ответа. Да, нет или другое время — поможет любой ответ.",
        ),
        _ANSWER,
        LocalText(
            "Please answer by {until}. After that we ask the next mentor.",
            "Пожалуйста, ответьте до {until}. Потом мы спросим следующего наставника.",
        ),
    ),
    "passed_on": Words(
        LocalText("We have asked another mentor: {topic}", "Мы спросили другого наставника: {topic}"),
        LocalText(
            "There was no answer in time, so we have asked {who} for you. You need not do anything.",
            "Ответа вовремя не было, поэтому мы передали вашу просьбу дальше: {who}. Вам ничего делать не нужно.",
        ),
        _OWN_SESSIONS,
    ),
    "expired": Words(
        LocalText("No answer in time: {topic}", "Ответа пока нет: {topic}"),
        LocalText(
            "We have waited for an answer, and none has come. It is not about you: some weeks are full.",
            "Мы ждали ответа, но его так и нет. Дело не в вас: бывают плотные недели.",
        ),
        _OTHERS,
        LocalText("Others can help with this topic too.", "С этой темой помогут и другие."),
    ),
    "expired.not_chosen": Words(
        LocalText("The time to choose has passed: {topic}", "Срок выбора времени прошёл: {topic}"),
        LocalText(
            "No time was chosen, so this request is closed. Ask again whenever it suits you.",
            "Время так и не выбрано, поэтому просьба закрыта. Обратитесь снова, когда вам будет удобно.",
        ),
        LocalText("Ask again", "Попросить о встрече снова"),
    ),
    "declined": Words(
        LocalText("Not this time: {topic}", "В этот раз не получится: {topic}"),
        LocalText("{who} cannot take this on now. {reason}", "{who} сейчас не сможет помочь. {reason}"),
        _OTHERS,
        LocalText(
            "Your question is a good one: others can help with this topic too.",
            "Вопрос стоит того, чтобы его задать: с этой темой помогут и другие.",
        ),
    ),
    "withdrawn": Words(
        LocalText("No longer needed: {topic}", "Просьба отозвана: {topic}"),
        LocalText(
            "{who} no longer needs this session. You need not answer, and the time is yours again.",
            "Встреча больше не нужна. Отвечать не надо, время снова свободно.",
        ),
        _OWN_SESSIONS,
    ),
    "pick_a_time": Words(
        LocalText("{who} said yes: choose a time", "Вам сказали «да»: выберите время"),
        LocalText(
            "{who} would like to talk with you. Choose the time that suits you.",
            "{who} берётся за вашу тему. Выберите время, которое вам подходит.",
        ),
        LocalText("Choose a time", "Выбрать время"),
        LocalText("Please choose by {until}.", "Пожалуйста, выберите до {until}."),
    ),
    "time_proposed": Words(
        LocalText("Another time: {when} · {topic}", "Другое время: {when} · {topic}"),
        LocalText("{who} says yes, at another time.", "{who} предлагает другое время."),
        _ANSWER,
        LocalText("The time is kept for you until {until}.", "Мы держим это время для вас до {until}."),
    ),
    "booked": Words(
        LocalText("Booked: {when} · {topic}", "Встреча назначена: {when} · {topic}"),
        LocalText("Your session is booked.", "Ваша встреча назначена."),
        _OPEN,
        _MAY_CHANGE,
    ),
    "booked.chat": Words(
        LocalText("Your chat is open: {topic}", "Переписка открыта: {topic}"),
        LocalText("You can write to each other now.", "Теперь вы можете переписываться."),
        _OPEN_CHAT,
        LocalText("It stays open until {until}.", "Она открыта до {until}."),
    ),
    "booked.group.mentee": Words(
        LocalText("Your seat: {when} · {topic}", "Место за вами: {when} · {topic}"),
        LocalText("You have a seat in this group.", "У вас есть место в этой группе."),
        _OPEN,
        LocalText(
            "Can’t come? Give the seat back there: somebody may be waiting for it.",
            "Не сможете прийти? Освободите там же место: возможно, его кто-то ждёт.",
        ),
    ),
    "booked.group.mentor": Words(
        LocalText("Your group: {when} · {topic}", "Ваша группа: {when} · {topic}"),
        LocalText(
            "Your group is open, with {seats} seats. We tell you when people join.",
            "Ваша группа открыта, мест: {seats}. Мы напишем, когда появятся участники.",
        ),
        _OPEN,
        _MAY_CHANGE,
    ),
    "moved": Words(
        LocalText("New time: {when} · {topic}", "Новое время: {when} · {topic}"),
        LocalText("Your session has a new time.", "У вашей встречи новое время."),
        _OPEN,
        _MAY_CHANGE,
    ),
    "cancelled": Words(
        LocalText("Cancelled: {when} · {topic}", "Встреча отменена: {when} · {topic}"),
        LocalText("This session does not take place.", "Эта встреча не состоится."),
        _ANEW,
        LocalText(
            "You can ask for another time whenever it suits you.", "Вы можете выбрать другое время в любой день."
        ),
    ),
    "cancelled.mentor": Words(
        LocalText("Cancelled: {when} · {topic}", "Встреча отменена: {when} · {topic}"),
        LocalText(
            "This session does not take place. The time is yours again.",
            "Эта встреча не состоится. Время снова свободно.",
        ),
        _OWN_SESSIONS,
    ),
    "cancelled.left": Words(
        LocalText("Seat given back: {when} · {topic}", "Место освобождено: {when} · {topic}"),
        LocalText(
            "You have given your seat back. Thank you: somebody else can have it.",
            "Вы освободили место в группе. Спасибо: теперь оно достанется кому-то ещё.",
        ),
        _OWN_SESSIONS,
    ),
    "somebody_joined": Words(
        LocalText("{who} joins your group: {topic}", "В вашей группе пополнение: {topic}"),
        LocalText(
            "{who} has taken a seat: {taken} of {seats}.", "{who} теперь в группе. Занято мест: {taken} из {seats}."
        ),
        _OPEN,
    ),
    "somebody_left": Words(
        LocalText("A seat is free again: {topic}", "Место в группе освободилось: {topic}"),
        LocalText(
            "{who} cannot come after all. Seats taken: {taken} of {seats}.",
            "{who} всё же не сможет прийти. Занято мест: {taken} из {seats}.",
        ),
        _OPEN,
    ),
    "reminder": Words(
        LocalText("Reminder: {when} · {topic}", "Напоминание: {when} · {topic}"),
        LocalText(
            "Your session is coming up. Have a look at its agenda: what do you want to leave with?",
            "Скоро ваша встреча. Взгляните на план: с чем вы хотите уйти?",
        ),
        _OPEN,
        _MAY_CHANGE,
    ),
    "reminder.mentor": Words(
        LocalText("Reminder: {when} · {topic}", "Напоминание: {when} · {topic}"),
        LocalText("Your session is coming up. Its agenda is ready for you.", "Скоро ваша встреча. План встречи готов."),
        _OPEN,
        _MAY_CHANGE,
    ),
    "chat_message": Words(
        LocalText("New words in your chat: {topic}", "Новое сообщение: {topic}"),
        LocalText(
            "{who} wrote to you. The message waits for you in the chat.",
            "{who} пишет вам. Сообщение ждёт вас в переписке.",
        ),
        _OPEN_CHAT,
        LocalText(
            "However much is written, this mail comes once an hour at most.",
            "Сколько бы ни писали, такое письмо приходит не чаще раза в час.",
        ),
    ),
    "chat_closing": Words(
        LocalText("The chat closes soon: {topic}", "Переписка скоро закроется: {topic}"),
        LocalText(
            "The chat is open until {until}. Is there anything left to ask or to say?",
            "Переписка открыта до {until}. Осталось что-то, о чём хочется спросить или сказать?",
        ),
        _OPEN_CHAT,
    ),
    "feedback_wanted": Words(
        LocalText("How was it? {topic}", "Как всё прошло? {topic}"),
        LocalText(
            "You had a session. One minute of feedback makes the next one better.",
            "У вас была встреча. Минута на отзыв — и следующая будет лучше.",
        ),
        LocalText("Give feedback", "Оставить отзыв"),
        LocalText("Did it not take place? You can say so there.", "Встреча не состоялась? Отметьте это там же."),
    ),
    "no_show": Words(
        LocalText("It did not take place: {topic}", "Встреча не состоялась: {topic}"),
        LocalText(
            "We were told that not everybody was there. If the talk is still needed, find another time.",
            "Нам сообщили, что собрались не все. Если разговор ещё нужен, выберите другое время.",
        ),
        _OWN_SESSIONS,
    ),
    "no_show.missed": Words(
        LocalText("You were missed: {topic}", "Вас не хватало: {topic}"),
        LocalText(
            "We were told that you could not be there. It happens. If the talk is still needed, find another time.",
            "Нам сообщили, что вас не было на встрече. Так бывает. Если разговор ещё нужен, выберите другое время.",
        ),
        _OWN_SESSIONS,
        LocalText("If this is a mistake, write a line to the other side.", "Если это ошибка, напишите собеседнику."),
    ),
    "did_it_help": Words(
        LocalText("Did it help? {topic}", "Помогло? {topic}"),
        LocalText(
            "Some time has passed since your session. Did you get to your next step?",
            "После вашей встречи прошло время. Получилось сделать следующий шаг?",
        ),
        _ANSWER,
    ),
}

REASONS: dict[DeclineReason, LocalText] = {
    DeclineReason.NO_TIME: LocalText("Their weeks are full just now.", "В ближайшие недели нет свободного времени."),
    DeclineReason.OTHERS_KNOW_BETTER: LocalText(
        "Somebody else can help you better with this.", "С этим вам лучше поможет кто-то другой."
    ),
    DeclineReason.TOO_CLOSE: LocalText(
        "You work too closely together for this talk.", "Для такого разговора вы слишком тесно работаете вместе."
    ),
}

# the names of facts
TOPIC = LocalText("Topic", "Тема")
WITH_MENTOR = LocalText("Mentor", "Наставник")
WITH_MENTEE = LocalText("With", "С кем")
NOBODY_YET = LocalText("nobody yet", "пока никого")
WHEN = LocalText("When", "Когда")
CLOSES = LocalText("Closes", "Закроется")
TO_BE_FOUND = LocalText("a time to be found together", "время ещё предстоит выбрать")
LENGTH = LocalText("How long", "Сколько")
WHERE = LocalText("Where", "Где")
TO_BE_AGREED = LocalText("to be agreed, for instance by mail: {email}", "договоритесь, например, письмом: {email}")
WAS_ASKED = LocalText("In their own words", "Своими словами")
WAS_SAID = LocalText("From the mentor", "Слова наставника")
NEXT_STEP = LocalText("Your next step", "Ваш следующий шаг")
