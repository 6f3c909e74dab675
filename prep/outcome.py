"""The one outcome of a session: what is in hand "by the end", for the person's words, a gap or the topic."""

from domain.agendas import FactKind, Line
from embeddings import lemmas
from prep.citing import cite, words_of
from prep.cleaning import lower_first, with_quotation_marks
from prep.content import content_lemmas
from prep.limits import MAX_OUTCOME_WORDS, fits_message, names_deliverable
from prep.material import Anchor, Material
from prep.quotes import is_question
from prep.wording import Deliverable

_DEFAULT = (Deliverable.PLAN, Deliverable.EXPERIMENT)


def write_outcome(material: Material) -> Line:
    """Return the outcome: what the topic's summary promises, or a deliverable for the mentee's words, gap or topic."""
    quote = None if material.request.is_group else _quote(material)
    own, summary = _for_quote(material, quote), _summary(material)
    prefers_own = bool(own) and material.pick(("own", "summary"), "outcome kind") == "own"
    candidates = [own, summary] if prefers_own else [summary, own]
    line = next((line for line in (*candidates, _for_gap(material)) if line and _fits(material, line.text)), None)
    if line is own and quote:
        material.anchors.remove(quote)
    return line or _for_topic(material)


def _fits(material: Material, text: str) -> bool:
    return len(text.split()) <= MAX_OUTCOME_WORDS and fits_message(text, material.request.format)


def _summary(material: Material) -> Line | None:
    """Return the topic's summary as an outcome, where it begins with a deed and leaves something in hand."""
    request = material.request
    summary = with_quotation_marks(request.topic.summary.get(request.language), request.language)
    summary = material.wording.in_half_an_hour.sub("", summary)
    number = material.first_number(FactKind.TOPIC)
    is_shared = request.is_group and material.wording.together in summary.casefold()
    if (
        not number
        or is_shared
        or not material.wording.starts_with_deed.match(summary)
        or not names_deliverable(summary)
    ):
        return None
    text = f"{material.wording.summary_openings[request.format]} {lower_first(summary)}"
    return Line(text if text.endswith(".") else f"{text}.", (number,))


def _for_quote(material: Material, quote: Anchor | None) -> Line | None:
    return Line(_sentence(material, "quote", quote=quote.quote), (quote.number,)) if quote else None


def _for_gap(material: Material) -> Line | None:
    anchor = next((anchor for anchor in (*material.anchors, *material.used) if anchor.gap), None)
    if not anchor or not anchor.gap:
        return None
    return Line(_sentence(material, "skill", skill=anchor.gap.skill), (anchor.number,))


def _for_topic(material: Material) -> Line:
    text = _sentence(material, "topic", topic=material.quoted_title)
    return Line(text, cite(text, material.usable))


def _quote(material: Material) -> Anchor | None:
    """Return an unused clause of a need or goal, whole and about the topic: a remark in passing is no outcome."""
    towards = words_of(material.usable, frozenset({FactKind.TOPIC}))
    own = (anchor for anchor in material.anchors if anchor.kind in (FactKind.NEED, FactKind.GOAL))
    return next((anchor for anchor in own if _is_about(anchor.quote, towards)), None)


def _is_about(quote: str, towards: frozenset[str]) -> bool:
    return not quote.endswith("…") and not is_question(quote) and bool(content_lemmas(quote) & towards)


def _sentence(material: Material, end: str, **words: str) -> str:
    wording = material.wording
    deliverable = material.pick(wording.deliverables[_deliverable(material)], "deliverable")
    endings = wording.outcome_ends[end][:1] if material.request.is_group else wording.outcome_ends[end]
    ending = material.pick(endings, "outcome").format(**words)  # the first of them speaks to nobody alone
    if ending.startswith(","):
        deliverable = deliverable.removesuffix(",")
    return f"{wording.outcome_openings[material.request.format]} {deliverable}{ending}"


def _deliverable(material: Material) -> Deliverable:
    """Return the deliverable whose words the topic uses most; a plan or an experiment where it uses none."""
    topic, language = material.request.topic, material.request.language
    about = [topic.title.get(language), topic.summary.get(language)]
    spoken = lemmas(" ".join([*about, *about, *topic.next_steps.get(language)]))  # a step says less of what it is about
    counts = {
        deliverable: sum(word in content_lemmas(words) for word in spoken)
        for deliverable, words in material.wording.deliverable_words.items()
    }
    best = max(counts.values())
    tied = [deliverable for deliverable, count in counts.items() if count == best] if best else list(_DEFAULT)
    return Deliverable(material.pick([str(deliverable) for deliverable in tied], "kind"))
