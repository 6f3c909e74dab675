"""What a writer's answer says: one JSON object of the agreed shape, or nothing; an answer is never repaired."""

import json
import re
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

MAX_ANSWER_CHARACTERS = 65_536


class AnswerCode(StrEnum):
    """Why an answer is no proposal."""

    REFUSED = "refused"
    INVALID_JSON = "invalid_json"
    SCHEMA = "answer_schema"


class AnswerRejected(Exception):
    """An answer that holds no proposal: the code says why, the text of the answer stays out of it."""

    def __init__(self, code: AnswerCode) -> None:
        self.code = code
        super().__init__(f"The answer is no proposal: {code}.")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ProposedLine(_Strict):
    """A sentence and the numbers of the facts it rests on."""

    text: str
    facts: tuple[int, ...]


class ProposedSegment(_Strict):
    """Words for one given segment, in the given order."""

    title: str
    questions: tuple[ProposedLine, ...]


class Proposal(_Strict):
    """All that a writer proposes: words; minutes, stages, notes, names and links are not its business."""

    outcome: ProposedLine
    segments: tuple[ProposedSegment, ...]
    next_step: ProposedLine


def parse_proposal(answer: str) -> Proposal:
    """Return the proposal that an answer holds: one JSON object, bare or in one code fence, nothing beside it.

    Raises
    ------
    AnswerRejected
        If the answer is too long, a refusal in words, no JSON, cut, more than one object, or of another shape.
    """
    if len(answer) > MAX_ANSWER_CHARACTERS:
        raise AnswerRejected(AnswerCode.INVALID_JSON)
    text = answer.strip()
    fenced = _FENCE.fullmatch(text)
    body = fenced.group(1) if fenced else text
    if not body.startswith("{") and _REFUSAL.search(body):
        raise AnswerRejected(AnswerCode.REFUSED)
    _load(body)
    try:
        return Proposal.model_validate_json(body)
    except ValidationError:
        raise AnswerRejected(AnswerCode.SCHEMA) from None


def proposal_schema() -> dict[str, Any]:
    """Return the JSON schema of a proposal."""
    return Proposal.model_json_schema()


def _load(body: str) -> None:
    """Refuse what is not exactly one JSON value without doubled keys: a parser would keep the last of two."""
    try:
        json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise AnswerRejected(AnswerCode.INVALID_JSON) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError
    return dict(pairs)


_FENCE = re.compile(r"```(?:json)?[ \t]*\r?\n(.*)\n[ \t]*```", re.S | re.I)
_REFUSAL = re.compile(
    r"^\W*(?:i(?:['’]?m| am) (?:sorry|unable|not able)|sorry\b|i (?:cannot|can['’]t|won['’]t|must decline)"
    r"|as an ai\b|извините|простите|к сожалению|я не (?:могу|буду)|не могу)",
    re.I,
)
