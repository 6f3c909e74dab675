"""The allow-list as numbered facts: what an agenda may rest on, cleaned, at most 600 characters each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.agendas import Fact, FactKind
from prep.cleaning import clean_text, cut_at_word, replace_names
from prep.patterns import reads_like_instruction
from prep.quotes import quoted_free
from prep.requests import AgendaRequest, NamedGap
from prep.wording import wording_of

PERSONAL_KINDS = frozenset(
    {FactKind.NEED, FactKind.GOAL, FactKind.SKILL_GAP, FactKind.LAST_FEEDBACK, FactKind.LAST_NEXT_STEP}
)
"""Facts about this mentee or group; without any of them an agenda has no material."""

WRITTEN_KINDS = frozenset(
    {FactKind.NEED, FactKind.GOAL, FactKind.LAST_FEEDBACK, FactKind.LAST_NEXT_STEP, FactKind.MENTOR}
)
"""Facts in a person's own words: quoted only in quotation marks, never copied."""

PHRASES_TOLD = 12  # the rest of a topic's sentences is for finding it, not for reading
_SHARED_BY = 2  # a gap told to a group is one of at least so many people


def build_facts(request: AgendaRequest) -> tuple[Fact, ...]:
    """Return the facts of a request, numbered from 1: the mentee's first, then roles and mentor, then the topic's."""
    texts = ((kind, safe_text(request, text)) for kind, text in _told(request) if kind in request.allowed_kinds)
    kept = [(kind, text) for kind, text in texts if text]
    return tuple(Fact(number, kind, text) for number, (kind, text) in enumerate(kept, start=1))


def told_gaps(request: AgendaRequest) -> tuple[NamedGap, ...]:
    """Return the gaps that become facts, in the order of those facts: in a group only the shared ones."""
    if FactKind.SKILL_GAP not in request.allowed_kinds:
        return ()
    cleaned = (replace(gap, skill=safe_text(request, gap.skill)) for gap in request.gaps)
    return tuple(gap for gap in cleaned if gap.skill and (not request.is_group or gap.people >= _SHARED_BY))


def is_flagged(fact: Fact) -> bool:
    """Whether the text reads like an instruction to a program: it stays a fact, and no draft quotes or follows it."""
    return reads_like_instruction(fact.text)


def usable_facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that a draft may quote and cite: all but the flagged ones."""
    return tuple(fact for fact in facts if not is_flagged(fact))


def has_material(facts: Sequence[Fact]) -> bool:
    """Whether anything usable is known about this mentee or group."""
    return any(fact.kind in PERSONAL_KINDS for fact in usable_facts(facts))


def safe_text(request: AgendaRequest, text: str) -> str:
    """Return a text of a person, cleaned, names as role words, at most 600 characters."""
    words = wording_of(request.language).role_words
    cleaned = clean_text(text)
    for names, role in (
        (request.mentee_names, "mentee"),
        (request.mentor_names, "mentor"),
        (request.colleague_names, "colleague"),
    ):
        cleaned = replace_names(cleaned, names, words[role])
    return cut_at_word(cleaned, 600)


def _told(request: AgendaRequest) -> Iterator[tuple[FactKind, str]]:
    wording = wording_of(request.language)
    yield from ((own.kind, own.text) for own in request.words if own.kind is FactKind.NEED or not request.is_group)
    pattern = wording.shared_gap_fact if request.is_group else wording.gap_fact
    for gap in told_gaps(request):
        yield FactKind.SKILL_GAP, pattern.format(skill=gap.skill, held=gap.held_level, wanted=gap.wanted_level)
    if not request.is_group:
        yield FactKind.LAST_FEEDBACK, request.last_still_open
    yield FactKind.LAST_NEXT_STEP, request.last_next_step
    yield _roles(request)
    yield FactKind.MENTOR, request.mentor
    yield from _topic_texts(request)


def _roles(request: AgendaRequest) -> tuple[FactKind, str]:
    if not request.is_group:
        return FactKind.ROLE, request.mentee_roles[0]
    roles = ", ".join(dict.fromkeys(role for role in request.mentee_roles if role))
    wording = wording_of(request.language)
    are_all = all(request.mentee_roles)
    told = f": {roles}" if are_all else wording.among.format(roles=roles)
    return FactKind.GROUP, wording.group_fact.format(people=request.people, roles=told if roles else "")


def _topic_texts(request: AgendaRequest) -> Iterator[tuple[FactKind, str]]:
    topic, language, wording = request.topic, request.language, wording_of(request.language)
    yield FactKind.TOPIC, f"{topic.title.get(language)}. {topic.summary.get(language)}"
    if aliases := topic.aliases.get(language):
        yield FactKind.TOPIC, wording.alias_fact.format(aliases=", ".join(aliases))
    yield from ((FactKind.TOPIC, phrase_fact(request, phrase)) for phrase in topic.phrases.get(language)[:PHRASES_TOLD])
    yield from ((FactKind.TOPIC, step_fact(request, step)) for step in topic.next_steps.get(language))
    yield FactKind.OUT_OF_SCOPE, topic.out_of_scope.get(language)


def phrase_fact(request: AgendaRequest, phrase: str) -> str:
    """Return the text of the fact that a "sounds like" sentence becomes."""
    bare = quoted_free(clean_text(phrase)).rstrip(".?!… ")
    return wording_of(request.language).phrase_fact.format(phrase=bare)


def step_fact(request: AgendaRequest, step: str) -> str:
    """Return the text of the fact that a next step of the topic becomes."""
    return wording_of(request.language).step_fact.format(step=clean_text(step))
