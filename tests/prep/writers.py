"""A writer that plays a script, and the answers that stand in it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.topics import Stage
from prep import AgendaRequest, Brief, WriterFailed
from prep.template import draft_on_all_facts
from tests.prep.cases import a_rich_request

Answer = str | WriterFailed
Content = dict[str, Any]


@dataclass
class ScriptedWriter:
    """Gives the answers of its script in turn and keeps what it was asked with; one call too many fails the test."""

    script: Sequence[Answer]
    briefs: list[Brief] = field(default_factory=list)
    codes: list[tuple[str, ...]] = field(default_factory=list)

    def write(self, brief: Brief, codes: Sequence[str]) -> str:
        answer = self.script[len(self.briefs)]
        self.briefs.append(brief)
        self.codes.append(tuple(codes))
        if isinstance(answer, WriterFailed):
            raise answer
        return answer


def good_content(request: AgendaRequest | None = None) -> Content:
    """Return what a capable writer proposes for a request: here the template's own words, said to be its own."""
    draft = draft_on_all_facts(request or a_rich_request())
    return {
        "outcome": {"text": draft.outcome.text, "facts": list(draft.outcome.citations)},
        "segments": [
            {
                "title": segment.title,
                "questions": [{"text": q.text, "facts": list(q.citations)} for q in segment.questions],
            }
            for segment in draft.segments
        ],
        "next_step": {"text": draft.next_step.text, "facts": list(draft.next_step.citations)},
    }


def good_answer(request: AgendaRequest | None = None) -> str:
    return json.dumps(good_content(request), ensure_ascii=False)


def changed(change: Callable[[Content], object], request: AgendaRequest | None = None) -> str:
    """Return the good answer after one change of its content."""
    content = good_content(request)
    change(content)
    return json.dumps(content, ensure_ascii=False)


def asking(text: str, facts: Sequence[int] | None = None, request: AgendaRequest | None = None) -> str:
    """Return the good answer with another question about options; its facts stay unless given."""

    def change(content: Content) -> None:
        question = content["segments"][list(Stage).index(Stage.OPTIONS)]["questions"][0]
        question["text"] = text
        question["facts"] = question["facts"] if facts is None else list(facts)

    return changed(change, request)
