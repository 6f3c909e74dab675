"""The note line of each segment: how to spend these minutes, built around a fact."""

from domain.agendas import FactKind, Line
from domain.people import Format
from domain.topics import Stage
from prep.cleaning import cut_at_word, lower_first
from prep.facts import has_material
from prep.limits import CHAT_CHARACTERS, fits_message
from prep.material import Anchor, Material
from prep.quotes import quotable_clauses
from prep.skeleton import VOLUNTARY_ABOVE, split_minutes


def write_note(material: Material, stage: Stage) -> Line:
    """Return the note of a stage; it uses up what it is built around."""
    if material.request.is_group:
        return _group_note(material, stage)
    by_stage = {Stage.GOAL: _opening, Stage.REALITY: _reality, Stage.OPTIONS: _options, Stage.WILL: _closing}
    return by_stage[stage](material)


def _opening(material: Material) -> Line:
    is_chat = material.request.format is Format.CHAT
    if not has_material(material.facts):
        return _topic_note(material, "opening_no_material_chat" if is_chat else "opening_no_material")
    if is_chat:
        quoted = _around(material, "opening_chat_quote", material.take({FactKind.NEED}))
        return quoted or _topic_note(material, "opening_chat")
    return (
        _around(material, "opening_quote", material.take({FactKind.NEED, FactKind.GOAL}))
        or _around(material, "opening_gap", material.take({FactKind.SKILL_GAP}))
        or (
            _phrase_note(material, "opening_phrase")
            if material.pick(("phrase", "topic"), "opening") == "phrase"
            else None
        )
        or _topic_note(material, "opening_topic")
    )


def _reality(material: Material) -> Line:
    prefers_phrase = material.pick(("role", "phrase"), "reality") == "phrase"
    note = _phrase_note(material, "reality_phrase") if prefers_phrase else _role_note(material)
    return (
        note
        or _role_note(material)
        or _phrase_note(material, "reality_phrase")
        or _topic_note(material, "reality_topic")
    )


def _options(material: Material) -> Line:
    gap = _around(material, "options_gap", material.take({FactKind.SKILL_GAP}))
    return gap or _mentor_note(material) or _topic_note(material, "options_topic")


def _closing(material: Material) -> Line:
    """Return what comes first if it is still open, how a chat closes, and what is out of scope: as much as fits."""
    scope, number = _scope(material)
    if not number:
        return _topic_note(material, "closing_topic")
    last_step = next((anchor.number for anchor in material.used if anchor.kind is FactKind.LAST_NEXT_STEP), None)
    carry = material.wording.carry_over if last_step else ""
    close = _variant(material, "closing_chat") if material.request.format is Format.CHAT else ""
    for parts in ((carry, close, scope), (carry, scope), (close, scope), (scope,)):
        text = " ".join(part for part in parts if part)
        if fits_message(text, material.request.format):
            break
    return Line(text, tuple(sorted({number, last_step if last_step and carry in parts else number})))


def _scope(material: Material) -> tuple[str, int | None]:
    """Return the topic's out-of-scope line, in chat within one message, with its fact."""
    fact = next((fact for fact in material.usable if fact.kind is FactKind.OUT_OF_SCOPE), None)
    if not fact:
        return "", None
    text = fact.text if fits_message(fact.text, material.request.format) else cut_at_word(fact.text, CHAT_CHARACTERS)
    return text if text.endswith((".", "…", "!")) else f"{text}.", fact.number


def _topic_note(material: Material, slot: str) -> Line:
    number = material.first_number(FactKind.TOPIC)
    return Line(_variant(material, slot).format(topic=material.quoted_title), (number,) if number else ())


def _around(material: Material, slot: str, anchor: Anchor | None) -> Line | None:
    """Return a note around an anchor; None without one, or where it makes too long a message."""
    if not anchor:
        return None
    if anchor.gap:
        gap = anchor.gap
        text = _variant(material, slot).format(skill=gap.skill, held=gap.held_level, wanted=gap.wanted_level)
    else:
        text = _variant(material, slot).format(quote=anchor.quote)
    return _fitting(material, text, anchor.number)


def _fitting(material: Material, text: str, number: int) -> Line | None:
    return Line(text, (number,)) if fits_message(text, material.request.format) else None


def _phrase_note(material: Material, slot: str) -> Line | None:
    """Return a note around a "sounds like" sentence of the topic; one in an agenda is enough."""
    phrases = material.phrases()
    if not phrases or material.has_phrase:
        return None
    material.has_phrase = True
    number, phrase = phrases[0]
    return _fitting(material, _variant(material, slot).format(phrase=phrase), number)


def _role_note(material: Material) -> Line | None:
    return _short_text_note(material, "reality_role", FactKind.ROLE)


def _mentor_note(material: Material) -> Line | None:
    return _short_text_note(material, "options_mentor", FactKind.MENTOR)


def _short_text_note(material: Material, slot: str, kind: FactKind) -> Line | None:
    fact = next((fact for fact in material.usable if fact.kind is kind), None)
    clauses = quotable_clauses(fact.text, frozenset(), min_words=1) if fact else []
    if not fact or not clauses:
        return None
    text = _variant(material, slot).format(role=lower_first(clauses[0]), mentor=clauses[0])
    return _fitting(material, text, fact.number)


def _group_note(material: Material, stage: Stage) -> Line:
    """Return what the facilitator does: rounds in opening and close, one case, ideas that train a shared gap."""
    slot = {Stage.GOAL: "opening", Stage.REALITY: "case", Stage.OPTIONS: "options", Stage.WILL: "closing"}[stage]
    is_voluntary = material.request.people > VOLUNTARY_ABOVE and f"group_{slot}_voluntary" in material.wording.notes
    variant = _variant(material, f"group_{slot}" + ("_voluntary" if is_voluntary else ""))
    text = variant.format(people=material.request.people, seconds=_seconds_each(material, stage))
    more, number = _scope(material) if stage is Stage.WILL else _shared_gap(material, stage)
    numbers = {material.first_number(FactKind.GROUP), number} - {None}
    return Line(f"{text} {more}".strip(), tuple(sorted(number for number in numbers if number)))


def _shared_gap(material: Material, stage: Stage) -> tuple[str, int | None]:
    """Return a sentence on a gap that several share, where no question speaks of it yet; never whose it is."""
    gap = material.take({FactKind.SKILL_GAP}) if stage is Stage.OPTIONS else None
    note = _around(material, "group_shared_gap", gap)
    return (note.text, note.citations[0]) if note else ("", None)


def _seconds_each(material: Material, stage: Stage) -> int:
    """Return how long one person may speak in a round of this stage: whole tens of seconds, a minute at most."""
    request = material.request
    minutes = split_minutes(request.minutes, request.format, request.people)[stage]
    return min(60, 60 * minutes // request.people // 10 * 10)


def _variant(material: Material, slot: str) -> str:
    return material.pick(material.wording.notes[slot], slot)
