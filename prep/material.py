"""What the template may say about a person: clauses to quote, gaps, sentences of the topic; each is used once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from zlib import crc32

from domain.agendas import Fact, FactKind
from domain.language import Language
from embeddings import detect_language
from prep.citing import words_of
from prep.cleaning import clean_text
from prep.content import content_lemmas
from prep.facts import build_facts, phrase_fact, told_gaps, usable_facts
from prep.quotes import MAX_QUOTED_WORDS, is_showable, quotable_clauses, quoted_free, quoted_parts
from prep.requests import AgendaRequest, NamedGap
from prep.wording import Wording, wording_of

_CLAUSES_OF_A_NEED = 3
_LONGEST_PHRASE_WORDS = 17
_INNER_MARKS = {Language.RU: str.maketrans("«»", "„“"), Language.EN: str.maketrans("“”", "‘’")}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something of the mentee's that a sentence can be built around: a clause to quote, or a gap."""

    kind: FactKind
    number: int
    quote: str = ""
    gap: NamedGap | None = None


@dataclass(slots=True)
class Material:
    """The facts of one request and what is still unused of them; wording is picked by topic and facts, not chance."""

    request: AgendaRequest
    facts: tuple[Fact, ...]
    usable: tuple[Fact, ...]
    wording: Wording
    anchors: list[Anchor] = field(default_factory=list)
    foreign: list[Anchor] = field(default_factory=list)
    used: list[Anchor] = field(default_factory=list)
    has_phrase: bool = False

    @property
    def title(self) -> str:
        return clean_text(self.request.topic.title.get(self.request.language))

    @property
    def quoted_title(self) -> str:
        """The title as it stands inside quotation marks: its own marks are those of the second level."""
        return self.title.translate(_INNER_MARKS[self.request.language])

    def take(self, kinds: Collection[FactKind]) -> Anchor | None:
        """Return the first unused anchor of these kinds and use it up; None when there is none."""
        found = next((anchor for anchor in self.anchors if anchor.kind in kinds), None)
        if found:
            self.anchors.remove(found)
            self.used.append(found)
        return found

    def is_quoted_before(self, anchor: Anchor) -> bool:
        """Whether another clause of the same kind was used already: only then may a sentence say "also"."""
        return any(used is not anchor and used.kind is anchor.kind for used in self.used)

    def first_number(self, kind: FactKind) -> int | None:
        """Return the number of the first usable fact of a kind."""
        return next((fact.number for fact in self.usable if fact.kind is kind), None)

    def pick(self, variants: Sequence[str], slot: str) -> str:
        """Return one of the variants: the same for the same topic, facts and slot."""
        return self.shuffle(variants, slot)[0]

    def shuffle(self, variants: Sequence[str], slot: str) -> list[str]:
        """Return the variants in an order of this topic, these facts and this slot."""
        own = "|".join(fact.text for fact in self.facts if fact.kind is not FactKind.TOPIC)
        seed = f"{self.request.topic.id}|{own}|{slot}|"
        return sorted(variants, key=lambda variant: crc32((seed + variant).encode()))

    def phrases(self) -> list[tuple[int, str]]:
        """Return (fact number, text) of short "sounds like" sentences, closest to the mentee's words first."""
        sentences = {
            phrase_fact(self.request, text): text for text in self.request.topic.phrases.get(self.request.language)
        }
        own = words_of(self.usable, frozenset({FactKind.NEED, FactKind.GOAL, FactKind.LAST_FEEDBACK}))
        numbers = {fact.text: fact.number for fact in self.usable if fact.text in sentences}
        short = [text for text in self.shuffle(list(numbers), "phrase") if len(text.split()) <= _LONGEST_PHRASE_WORDS]
        short.sort(key=lambda text: -len(own & content_lemmas(text)))
        return [(numbers[text], quoted_parts(text)[0]) for text in short]


def gather_material(request: AgendaRequest) -> Material:
    """Return the facts of a request with everything that its sentences can be built around."""
    facts = build_facts(request)
    material = Material(request, facts, usable_facts(facts), wording_of(request.language))
    towards = words_of(material.usable, frozenset({FactKind.TOPIC}))
    for anchor in chain(_quotes(material, towards), _gaps(request, material.facts)):
        fits = anchor.gap or detect_language(anchor.quote) is request.language
        (material.anchors if fits else material.foreign).append(anchor)
    return material


def _quotes(material: Material, towards: frozenset[str]) -> Iterator[Anchor]:
    kinds = (FactKind.NEED, FactKind.GOAL, FactKind.LAST_FEEDBACK, FactKind.LAST_NEXT_STEP)
    has_need = any(fact.kind is FactKind.NEED for fact in material.usable)
    for fact in (fact for fact in material.usable if fact.kind in kinds):
        if fact.kind is FactKind.GOAL and has_need and not _is_about_topic(fact, material):
            continue  # a goal about something else would be quoted out of place
        limit = _CLAUSES_OF_A_NEED if fact.kind is FactKind.NEED else 1
        is_telling = fact.kind is not FactKind.LAST_NEXT_STEP  # what was agreed is taken up, however plain
        clauses = quotable_clauses(fact.text, towards, _placeholders(material), is_telling=is_telling)
        yield from (Anchor(fact.kind, fact.number, clause) for clause in clauses[:limit])


def _is_about_topic(fact: Fact, material: Material) -> bool:
    """Whether a fact shares a word with the topic's title, or two with one of its sentences."""
    content = content_lemmas(fact.text)
    topic_facts = (other for other in material.usable if other.kind is FactKind.TOPIC)
    return bool(content & content_lemmas(material.title)) or any(
        len(content & content_lemmas(o.text)) > 1 for o in topic_facts
    )


def _placeholders(material: Material) -> tuple[str, ...]:
    """Return the labels that stand for names: they are in no case, so a Russian clause is quoted around them."""
    named = material.request.mentee_names or material.request.mentor_names or material.request.colleague_names
    is_russian = material.request.language is Language.RU
    return tuple(material.wording.role_words.values()) if named and is_russian else ()


def _gaps(request: AgendaRequest, facts: Sequence[Fact]) -> Iterator[Anchor]:
    gap_facts = [fact for fact in facts if fact.kind is FactKind.SKILL_GAP]
    usable = set(usable_facts(gap_facts))
    for fact, gap in zip(gap_facts, told_gaps(request), strict=True):
        name = quoted_free(gap.skill)
        if fact in usable and is_showable(name) and len(name.split()) <= MAX_QUOTED_WORDS:
            yield Anchor(FactKind.SKILL_GAP, fact.number, gap=replace(gap, skill=name))
