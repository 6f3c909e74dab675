"""The first outline of a topic that the catalog lacks."""

import json
from typing import Any

import pytest

from domain.language import Language
from domain.topics import Stage
from prep.gates import Gate
from prep.topic_outline import OutlineRejected, outline_from_words, outline_schema, read_outline


def answer(**changes: Any) -> str:
    """Return an answer as a model should write it, with these changes."""
    both = {"en": ["How do you park now?"], "ru": ["Как вы паркуетесь сейчас?"]}
    right: dict[str, Any] = {
        "title": {"en": "Finding a parking place", "ru": "Найти место на парковке"},
        "summary": {"en": "Agree how the places are shared.", "ru": "Договориться, как делить места."},
        "phrases": both,
        "questions": dict.fromkeys(Stage, both),
        "next_steps": both,
    }
    return json.dumps(right | changes, ensure_ascii=False)


def test_the_template_says_only_what_people_share() -> None:
    outline = outline_from_words(["parking", "places", "morning", "queue"])
    assert outline.title.en == "About parking, places, morning"
    assert outline.title.ru == "О том, что пишут: parking, places, morning"
    assert "parking, places, morning, queue" in outline.summary.en
    assert outline.phrases.en == outline.phrases.ru == ()
    assert all(len(outline.questions[stage].get(language)) == 2 for stage in Stage for language in Language)
    assert outline.next_steps.en == (
        "Try one idea from “parking, places, morning” in a real situation and note what happened.",
    )
    assert "{" not in "".join((*outline.next_steps.en, *outline.next_steps.ru))


def test_an_answer_of_the_right_shape_is_read() -> None:
    outline = read_outline(answer(), "model x")
    assert (outline.title.en, outline.drafted_by) == ("Finding a parking place", "model x")
    assert outline.questions[Stage.WILL].ru == ("Как вы паркуетесь сейчас?",)


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("{}", Gate.SCHEMA),
        ("Here is your topic!", Gate.SCHEMA),
        (answer(extra=1), Gate.SCHEMA),
        (answer() + answer(), Gate.SCHEMA),
        (answer(title={"en": "See https://evil.example now", "ru": "Найти место"}), Gate.MARKUP),
        (answer(title={"en": "A parking\u202e place here", "ru": "Найти место"}), Gate.INVISIBLE),
        (answer(title={"en": "Найти место на парковке", "ru": "Найти место"}), Gate.LANGUAGE),
        (answer(summary={"en": "As an AI I cannot help with this", "ru": "Договориться"}), Gate.LEAK),
        (answer(summary={"en": "Parking while pregnant at work", "ru": "Договориться"}), Gate.TABOO),
    ],
)
def test_any_other_answer_is_refused(text: str, gate: Gate) -> None:
    with pytest.raises(OutlineRejected) as refused:
        read_outline(text, "model x")
    assert refused.value.gate is gate


def test_the_schema_names_all_parts() -> None:
    assert set(outline_schema()["required"]) == {"title", "summary", "phrases", "questions", "next_steps"}
