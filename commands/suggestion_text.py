"""Suggestions as lines for a terminal, in the language of the answer."""

from collections.abc import Iterator
from datetime import datetime

from domain.language import Language
from domain.suggestions import TopicSuggestion
from services.suggest import Suggested

EXCLUDED_SHOWN = 5
WORDS = {
    Language.EN: {
        "none": "No topic fits yet. Say it another way, or add a goal.",
        "gone": "Left out:",
        "free": "next free",
        "but": "missing",
    },
    Language.RU: {
        "none": "Подходящей темы пока нет. Скажите иначе или добавьте цель.",
        "gone": "Не предложено:",
        "free": "ближайшее время",
        "but": "учтите",
    },
}


def suggestion_lines(suggested: Suggested) -> Iterator[str]:
    """Yield the lines: topics with reasons, mentors with reasons and next slot, what was left out by which rule."""
    answer, words = suggested.answer, WORDS[suggested.answer.language]
    if not answer.topics:
        yield words["none"]
    for suggestion in answer.topics:
        yield from _topic_lines(suggested, suggestion)
    if answer.excluded:
        yield words["gone"]
        for gone in answer.excluded[:EXCLUDED_SHOWN]:
            yield f"  {suggested.topics[gone.candidate_id].title.get(answer.language)}: {gone.text}"


def _topic_lines(suggested: Suggested, suggestion: TopicSuggestion) -> Iterator[str]:
    language = suggested.answer.language
    words = WORDS[language]
    yield f"{suggestion.rank}. {suggested.topics[suggestion.topic_id].title.get(language)}  [{suggestion.topic_id}]"
    yield from (f"   - {reason.text}" for reason in suggestion.reasons)
    for mentor in suggestion.mentors:
        slot = f", {words['free']}: {_slot(mentor.next_slot)}" if mentor.next_slot else ""
        yield f"   > {suggested.people[mentor.mentor_id].name} [{mentor.mentor_id}]{slot}"
        yield from (f"       {reason.text}" for reason in mentor.reasons)
        yield from (f"       {words['but']}: {lack.text}" for lack in mentor.missing)
    yield ""


def _slot(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
