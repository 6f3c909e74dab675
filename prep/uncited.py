"""Lines that take up what a person wrote and do not say so: a reader must see where every line comes from."""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from domain.agendas import Agenda, FactKind
from domain.language import Language
from embeddings import detect_language
from embeddings.glossary import starter_glossary
from prep.content import content_lemmas
from prep.facts import is_flagged
from prep.wording import Wording, wording_of

_TAKEN_UP = 2
"""So many telling words of a person, uncited, are no accident; of a flagged fact one is enough."""

_ABOUT_THE_TOPIC = frozenset({FactKind.TOPIC, FactKind.OUT_OF_SCOPE})
_SLOT = re.compile(r"\{\w+\}")
_Line = tuple[str, str, tuple[int, ...] | None]


def find_uncited(agenda: Agenda, known_text: str) -> Iterator[str]:
    """Yield the places of lines that share telling words with facts about people of which they cite none.

    Words of the topic (`known_text`) and of the drafter's own sentences tell nothing. A title can cite nothing, so it
    may only not follow a flagged fact. A flagged fact in the other language is compared through the glossary.
    """
    told = [fact for fact in agenda.facts if fact.kind not in _ABOUT_THE_TOPIC]
    flagged = {fact.number for fact in told if is_flagged(fact)}
    is_foreign = any(detect_language(fact.text) is not agenda.language for fact in told if fact.number in flagged)
    sources = {fact.number: _words(fact.text, is_foreign) for fact in told}
    plain = _words("\n".join(_of_the_topic(agenda, known_text)), is_foreign) | _own_words(agenda.language, is_foreign)
    for place, text, citations in _lines(agenda):
        words = _words(text, is_foreign) - plain
        carriers = [{n for n, source in sources.items() if word in source} for word in words]
        uncited = [numbers for numbers in carriers if numbers and not numbers & set(citations or ())]
        is_much = citations is not None and len(uncited) >= _TAKEN_UP
        if is_much or any(numbers & flagged for numbers in uncited):
            yield place


def _lines(agenda: Agenda) -> Iterator[_Line]:
    yield "outcome", agenda.outcome.text, agenda.outcome.citations
    for number, segment in enumerate(agenda.segments, start=1):
        yield f"segment {number} title", segment.title, None
        yield f"segment {number} note", segment.note.text, segment.note.citations
        for place, question in enumerate(segment.questions, start=1):
            yield f"segment {number} question {place}", question.text, question.citations
    yield "next_step", agenda.next_step.text, agenda.next_step.citations


def _of_the_topic(agenda: Agenda, known_text: str) -> Iterator[str]:
    yield from (agenda.title, known_text)
    yield from (fact.text for fact in agenda.facts if fact.kind in _ABOUT_THE_TOPIC)


def _words(text: str, with_english: bool) -> frozenset[str]:
    """Return the content lemmas of a text, and where asked those of its English gloss."""
    return content_lemmas(text) | (_english(text) if with_english else frozenset())


@lru_cache(maxsize=4_000)
def _english(text: str) -> frozenset[str]:
    return content_lemmas(starter_glossary().gloss(text))


@lru_cache(maxsize=4)
def _own_words(language: Language, with_english: bool) -> frozenset[str]:
    """Return the content lemmas of all sentences that the template may write."""
    wording = wording_of(language)
    texts = [
        text
        for field in fields(Wording)
        if field.name != "deliverable_words"
        for text in _texts(getattr(wording, field.name))
    ]
    return frozenset().union(*(_words(text, with_english) for text in texts))


def _texts(part: object) -> Iterator[str]:
    """Yield the sentences of a part of the wording, their slots left out."""
    if isinstance(part, str):
        yield _SLOT.sub(" ", part)
    elif isinstance(part, dict):
        yield from (text for inner in part.values() for text in _texts(inner))
    elif isinstance(part, tuple):
        yield from (text for inner in part for text in _texts(inner))
