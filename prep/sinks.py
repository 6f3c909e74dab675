"""An agenda where others would read its words as commands: chat tools, subject lines. All words stay words.

Slack reads <...> and &, Teams reads Markdown, mail headers read line breaks; calendars have `integrations/ical.py`.
Sources: Slack's reference on formatting text; the Adaptive Cards schema; RFC 5322, 2.2.
"""

import re
from typing import Any

from domain.agendas import Agenda, Segment
from domain.characters import CONTROL, INVISIBLE
from domain.language import Language

SLACK_LONGEST = 3_000  # characters of one section
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~<])")
_SLACK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LABELS = {Language.EN: ("Outcome", "Next step", "min"), Language.RU: ("Итог", "Следующий шаг", "мин")}


def slack_text(text: str) -> str:
    """Return the words for a Slack message: no mention, channel call or link can be read from them."""
    return _plain(text).translate(_SLACK)


def teams_text(text: str) -> str:
    """Return the words for a TextBlock of an Adaptive Card: its Markdown is shown, not followed."""
    return _MARKDOWN.sub(r"\\\1", _plain(text))


def header_text(text: str) -> str:
    """Return the words for one mail header line."""
    return " ".join(_plain(text).split())


def slack_blocks(agenda: Agenda) -> list[dict[str, Any]]:
    """Return the agenda as Slack blocks: a plain heading and one section a segment, all words escaped."""
    outcome, step, unit = _LABELS[agenda.language]
    parts = [f"*{outcome}:* {slack_text(agenda.outcome.text)}"]
    parts += [_slack_segment(segment, unit) for segment in agenda.segments]
    parts.append(f"*{step}:* {slack_text(agenda.next_step.text)}")
    heading = {"type": "plain_text", "text": _plain(agenda.title)[:150], "emoji": False}
    return [{"type": "header", "text": heading}, *(_section(part) for part in parts)]


def teams_card(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda as an Adaptive Card 1.4 for Teams, without any action."""
    outcome, step, unit = _LABELS[agenda.language]
    body = [_block(teams_text(agenda.title), size="Large", weight="Bolder")]
    body.append(_block(f"{outcome}: {teams_text(agenda.outcome.text)}"))
    for segment in agenda.segments:
        body.append(_block(f"{segment.minutes:g} {unit} · {teams_text(segment.title)}", weight="Bolder"))
        body += [_block(teams_text(text)) for text in _lines(segment)]
    body.append(_block(f"{step}: {teams_text(agenda.next_step.text)}"))
    return {"type": "AdaptiveCard", "version": "1.4", "body": body}


def _plain(text: str) -> str:
    bare = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return CONTROL.sub("", bare.replace("\n", " "))


def _lines(segment: Segment) -> list[str]:
    return [text for text in (segment.note.text, *(question.text for question in segment.questions)) if text]


def _slack_segment(segment: Segment, unit: str) -> str:
    lines = (f"• {slack_text(text)}" for text in _lines(segment))
    return "\n".join([f"*{segment.minutes:g} {unit} · {slack_text(segment.title)}*", *lines])


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:SLACK_LONGEST], "verbatim": True}}


def _block(text: str, **style: str) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **style}
