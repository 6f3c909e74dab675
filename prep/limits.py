"""The figures and marks that drafter, gates and rubric share."""

import re
from functools import lru_cache

from domain.language import Language
from domain.people import Format
from embeddings import lemmas
from prep.quotes import without_quotes

CHAT_CHARACTERS = 200
"""Longest message of a chat consult."""

MAX_QUESTION_WORDS = 35
MAX_OUTCOME_WORDS = 30
MAX_ACTION_WORDS = 25

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SPAN_RU = r"(?:два|две|три|пять|семь|десять|\d+) (?:дн\w+|недел\w+|месяц\w*)"
DEADLINE = re.compile(
    rf"\b(?:by|no later than)\s+(?:(?:the|your|our)\s+)?(?:end|next|close|start|middle|following|time|{_DAYS}|{_MONTHS}"
    r"|tomorrow|tonight|today|noon|lunch\w*|evening|then|\d+)\b"
    r"|\b(?:before|until)\s+(?:the|your|our|next)\s+(?!\w+ing\b)\w+"
    r"|\bwithin\s+(?:a|an|one|two|three|four|seven|ten|\d+|the(?: next)?)\s+(?:\w+\s+)?(?:hour|day|week|month)s?\b"
    r"|\bin the next (?:\w+ )?(?:days?|weeks?)|\b(?:today|tonight|tomorrow|this (?:week|month|afternoon))\b"
    rf"|\bnext (?:week|month|{_DAYS})\b|\bon (?:{_DAYS})\b|\bfor (?:a|one|two|three) (?:days?|weeks?)\b"
    r"|\bкажд\w+ (?:день|утро|вечер)|(?<!на )\bнеделю\b|\b(?:две|три) недели\b|\bв течение\b"
    r"|\b(?:до|к)\s+(?:конц[ау]|понедельник\w*|вторник\w*|сред[ыеу]|четверг\w*|пятниц\w+|следующ\w+|ближайш\w+|нашей"
    r"|вечера|завтра|\d+)"
    rf"|\b(?:за|через) (?:ближайш\w+|недел\w+|день|месяц|{_SPAN_RU})|\b(?:не позже|не позднее|сегодня|завтра)\b"
    r"|\bна (?:этой|следующей|ближайшей) неделе\b|\bв (?:ближайшие|эти|понедельник|вторник|среду|четверг|пятницу)\b",
    re.I,
)

_DELIVERABLES = """
plan step move draft list checklist decision choice sentence script experiment answer example question map table
outline note
agreement message summary priority criterion option rule scenario estimate sketch reason opening comparison hypothesis
phrase word rehearse repair fix shape sort trace
choose decide agree write draft prepare settle pick sketch list name rewrite turn find plan cut set build rephrase map
план шаг черновик список чек лист решение выбор фраза сценарий эксперимент ответ пример вопрос карта таблица набросок
заметка
договорённость сообщение приоритет критерий вариант правило оценка причина формулировка начало гипотеза
придумать отрепетировать записать выписать исправить описать настроить вынести отработать освоить закрыть изменить
выбрать решить договориться подготовить написать набросать составить найти определить превратить собрать разложить
отделить перевести
переписать спланировать сформулировать поставить разбить сжать продумать проверить
"""


def fits_message(text: str, format: Format) -> bool:
    """Whether a text may stand in this format: a chat message is short and asks one thing; elsewhere anything may."""
    return format is not Format.CHAT or (len(text) <= CHAT_CHARACTERS and without_quotes(text).count("?") <= 1)


def allowed_words(minutes: int, language: Language) -> int:
    """Return how many words an agenda of so many minutes may hold; Russian says the same in fewer."""
    return int((120 + 6 * minutes) * (0.9 if language is Language.RU else 1.0))


@lru_cache(maxsize=1)
def _deliverables() -> frozenset[str]:
    return frozenset(lemmas(_DELIVERABLES))


def names_deliverable(text: str) -> bool:
    """Whether a text names what is in hand at the end: a plan, a sentence, or that one is chosen or written."""
    return not _deliverables().isdisjoint(lemmas(text))
