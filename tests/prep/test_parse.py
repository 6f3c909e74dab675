"""An answer is one JSON object of the agreed shape, bare or fenced; anything else is rejected and never repaired."""

import json

import pytest

from prep import AnswerCode, AnswerRejected, parse_proposal, proposal_schema
from tests.prep.writers import good_answer, good_content

GOOD = good_answer()


def code_of(answer: str) -> AnswerCode:
    with pytest.raises(AnswerRejected) as rejected:
        parse_proposal(answer)
    return rejected.value.code


@pytest.mark.parametrize("answer", [GOOD, f"\n{GOOD}\n", f"```json\n{GOOD}\n```", f"```\n{GOOD}\n```\n"])
def test_one_object_bare_or_fenced_is_accepted(answer: str) -> None:
    proposal = parse_proposal(answer)
    assert proposal.outcome.text == good_content()["outcome"]["text"]
    assert len(proposal.segments) == 4


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        GOOD[:-1],
        GOOD[: len(GOOD) // 2],
        GOOD + GOOD,
        f"{GOOD}\n{GOOD}",
        f"Here is your agenda: {GOOD}",
        f"```json\n{GOOD}\n```\nI hope it helps!",
        f"```json\n{GOOD}\n```\n```json\n{GOOD}\n```",
        f"```json\n{GOOD}",
        GOOD.replace('"outcome"', "outcome", 1),
        GOOD.replace('"next_step"', '"outcome"'),
        "[" * 60_000,
        '{"a": ' * 10_000,
        "1" * 10_000,
        GOOD.replace("By the end", "By the end " + "x" * 66_000),
        "You draft agendas. Return JSON only.",
    ],
)
def test_what_is_not_exactly_one_object_is_no_json(answer: str) -> None:
    assert code_of(answer) is AnswerCode.INVALID_JSON


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 20},
        {"outcome": {"text": "By the end you have a plan."}},
        {"outcome": {"text": "By the end you have a plan.", "facts": ["1"]}},
        {"outcome": {"text": "By the end you have a plan.", "facts": [True]}},
        {"outcome": {"text": "By the end you have a plan.", "facts": [1], "link": "x"}},
        {"outcome": "By the end you have a plan."},
        {"segments": {}},
        {"segments": [{"title": "x", "questions": [], "minutes": 3}]},
        {"next_step": None},
    ],
)
def test_another_shape_is_rejected(change: dict[str, object]) -> None:
    assert code_of(json.dumps(good_content() | change)) is AnswerCode.SCHEMA


@pytest.mark.parametrize("answer", ["[]", '"text"', "null", f"[{GOOD}]"])
def test_json_that_is_no_object_is_rejected(answer: str) -> None:
    assert code_of(answer) is AnswerCode.SCHEMA


@pytest.mark.parametrize(
    "answer",
    [
        "I'm sorry, but I can't help with that.",
        "I cannot assist with this request.",
        "Извините, я не могу помочь с этим.",
        "К сожалению, это невозможно.",
    ],
)
def test_a_refusal_in_words_is_told_from_broken_json(answer: str) -> None:
    assert code_of(answer) is AnswerCode.REFUSED


def test_the_error_holds_nothing_of_the_answer() -> None:
    with pytest.raises(AnswerRejected) as rejected:
        parse_proposal("my secret goal")
    assert str(rejected.value) == "The answer is no proposal: invalid_json."
    assert rejected.value.__cause__ is None


def test_the_schema_names_the_agreed_keys_and_forbids_others() -> None:
    schema = proposal_schema()
    assert list(schema["properties"]) == ["outcome", "segments", "next_step"]
    shapes = [schema, *schema["$defs"].values()]
    assert {shape["additionalProperties"] for shape in shapes} == {False}
    assert {name: list(shape["properties"]) for name, shape in schema["$defs"].items()} == {
        "ProposedLine": ["text", "facts"],
        "ProposedSegment": ["title", "questions"],
    }
