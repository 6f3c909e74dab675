"""A topic as HR would write it in the form."""

from typing import Any

from domain.language import LocalText, LocalTexts
from domain.topics import Stage
from services.topic_fields import TopicFields

_QUESTIONS = LocalTexts(
    ("Who gets a place now?", "What would be fair?"), ("Кому сейчас достаётся место?", "Что было бы честно?")
)


def some_fields(**changes: Any) -> TopicFields:
    """Return a topic about the garage lottery that may be published, with these changes."""
    right: dict[str, Any] = {
        "id": "garage-lottery",
        "area": "first-time-leading",
        "title": LocalText("Sharing garage places", "Как делить места в гараже"),
        "summary": LocalText("Leave with a fair rule.", "Вы уйдёте с честным правилом."),
        "phrases": LocalTexts(
            ("garage lottery again", "I never win a place", "the lottery is unfair"),
            ("опять жребий в гараже", "мне никогда не достаётся место", "жребий нечестный"),
        ),
        "questions": dict.fromkeys(Stage, _QUESTIONS),
        "next_steps": LocalTexts(("Write down the rule by Friday",), ("Запишите правило до пятницы",)),
    }
    return TopicFields(**right | changes)
