"""Session preparation: numbered facts -> skeleton -> template or writer -> gates and rubric. Pure."""

from prep.brief import Brief, BriefSegment, Limits, write_brief
from prep.draft import Attempt, Draft, Writer, WriterFailed, brief_of, draft_with, judge_draft
from prep.edit import EditedSegment, EditedTexts, apply_edit, edit_violations, editable_texts
from prep.facts import build_facts, is_flagged
from prep.gates import Gate, Violation, find_violations
from prep.parse import AnswerCode, AnswerRejected, Proposal, parse_proposal, proposal_schema
from prep.render import render_agenda
from prep.requests import AgendaRequest, NamedGap, OwnWords
from prep.rubric import Criterion, Verdict, judge_agenda, topic_text
from prep.template import draft_agenda, draft_on_all_facts, keep_cited

__all__ = [
    "AgendaRequest",
    "AnswerCode",
    "AnswerRejected",
    "Attempt",
    "Brief",
    "BriefSegment",
    "Criterion",
    "Draft",
    "EditedSegment",
    "EditedTexts",
    "Gate",
    "Limits",
    "NamedGap",
    "OwnWords",
    "Proposal",
    "Verdict",
    "Violation",
    "Writer",
    "WriterFailed",
    "apply_edit",
    "brief_of",
    "build_facts",
    "draft_agenda",
    "draft_on_all_facts",
    "draft_with",
    "edit_violations",
    "editable_texts",
    "find_violations",
    "is_flagged",
    "judge_agenda",
    "judge_draft",
    "keep_cited",
    "parse_proposal",
    "proposal_schema",
    "render_agenda",
    "topic_text",
    "write_brief",
]
