"""Session preparation: numbered facts -> skeleton -> template draft -> gates and rubric. Pure functions, no I/O."""

from prep.edit import EditedSegment, EditedTexts, apply_edit, edit_violations, editable_texts
from prep.facts import build_facts, is_flagged
from prep.gates import Gate, Violation, find_violations
from prep.render import render_agenda
from prep.requests import AgendaRequest, NamedGap, OwnWords
from prep.rubric import Criterion, Verdict, judge_agenda, topic_text
from prep.template import draft_agenda

__all__ = [
    "AgendaRequest",
    "Criterion",
    "EditedSegment",
    "EditedTexts",
    "Gate",
    "NamedGap",
    "OwnWords",
    "Verdict",
    "Violation",
    "apply_edit",
    "build_facts",
    "draft_agenda",
    "edit_violations",
    "editable_texts",
    "find_violations",
    "is_flagged",
    "judge_agenda",
    "render_agenda",
    "topic_text",
]
