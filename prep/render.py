"""An agenda as plain text: for the command line and for mail."""

from collections.abc import Iterator

from domain.agendas import Agenda, FactKind, Line, Segment
from domain.language import Language
from prep.facts import is_flagged
from prep.gates import cited_numbers

_LABELS = {
    Language.EN: {
        "outcome": "Outcome",
        "next_step": "Next step",
        "facts": "What it rests on",
        "minutes": "min",
        "no_material": "No goal was written for this session: ask for one first.",
        "flagged": "reads like an instruction, not used",
        "flagged_cited": "reads like an instruction, judge the lines that cite it",
        FactKind.NEED: "need",
        FactKind.GOAL: "goal",
        FactKind.SKILL_GAP: "skill gap",
        FactKind.LAST_FEEDBACK: "open after the last session",
        FactKind.LAST_NEXT_STEP: "step from the last session",
        FactKind.ROLE: "role",
        FactKind.TOPIC: "topic",
        FactKind.OUT_OF_SCOPE: "not for this session",
        FactKind.MENTOR: "mentor",
        FactKind.GROUP: "group",
    },
    Language.RU: {
        "outcome": "Итог",
        "next_step": "Следующий шаг",
        "facts": "На чём это основано",
        "minutes": "мин",
        "no_material": "Цель к этой встрече не записана: сначала спросите о ней.",
        "flagged": "похоже на команду программе, не использовано",
        "flagged_cited": "похоже на команду программе, строки с этим номером прочтите критически",
        FactKind.NEED: "запрос",
        FactKind.GOAL: "цель",
        FactKind.SKILL_GAP: "навык",
        FactKind.LAST_FEEDBACK: "осталось после прошлой встречи",
        FactKind.LAST_NEXT_STEP: "шаг с прошлой встречи",
        FactKind.ROLE: "роль",
        FactKind.TOPIC: "тема",
        FactKind.OUT_OF_SCOPE: "за рамками встречи",
        FactKind.MENTOR: "наставник",
        FactKind.GROUP: "группа",
    },
}


def render_agenda(agenda: Agenda) -> str:
    """Return the agenda as lines of plain text, each with the numbers of its facts, the facts listed beneath."""
    labels = _LABELS[agenda.language]
    parts = [f"{agenda.title} · {agenda.minutes} {labels['minutes']}"]
    if not agenda.has_material:
        parts.append(labels["no_material"])
    parts.append(f"{labels['outcome']}: {_cited(agenda.outcome.text, agenda.outcome.citations)}")
    parts += ["\n".join(_segment_lines(segment, labels["minutes"])) for segment in agenda.segments]
    parts.append(f"{labels['next_step']}: {_cited(agenda.next_step.text, agenda.next_step.citations)}")
    parts.append("\n".join([f"{labels['facts']}:", *_fact_lines(agenda)]))
    return "\n\n".join(parts) + "\n"


def _segment_lines(segment: Segment, unit: str) -> Iterator[str]:
    yield f"{segment.minutes:g} {unit} · {segment.title}"
    yield f"  {_cited_line(segment.note)}"
    yield from (f"  – {_cited(question.text, question.citations)}" for question in segment.questions)


def _cited_line(line: Line) -> str:
    return _cited(line.text, line.citations)


def _cited(text: str, citations: tuple[int, ...]) -> str:
    numbers = ", ".join(str(number) for number in citations)
    return f"{text} [{numbers}]" if numbers else text


def _fact_lines(agenda: Agenda) -> Iterator[str]:
    labels, cited = _LABELS[agenda.language], cited_numbers(agenda)
    for fact in agenda.facts:
        mark = labels["flagged_cited" if fact.number in cited else "flagged"]
        yield f"  [{fact.number}] {labels[fact.kind]}{f' ({mark})' if is_flagged(fact) else ''}: {fact.text}"
