"""Which facts a sentence rests on: those with which it shares a word that carries meaning."""

from collections.abc import Sequence

from domain.agendas import Fact, FactKind
from prep.content import content_lemmas
from prep.facts import PERSONAL_KINDS

_MOST_CITATIONS = 2
_CLOSE = 0.75


def cite(text: str, facts: Sequence[Fact]) -> tuple[int, ...]:
    """Return the numbers of up to two facts that share content lemmas with the text, the mentee's own facts first.

    A fact that shares clearly fewer than the best one is left out: one common word among many is no ground.
    Empty when the text rests on none of them.
    """
    content = content_lemmas(text)
    shared = [
        (len(content & content_lemmas(fact.text)), fact) for fact in facts if fact.kind is not FactKind.OUT_OF_SCOPE
    ]
    ranked = sorted(
        ((count, fact) for count, fact in shared if count),
        key=lambda pair: (pair[1].kind not in PERSONAL_KINDS, -pair[0], pair[1].number),
    )
    best = max((count for count, _ in ranked), default=0)
    close = [fact.number for count, fact in ranked if count >= _CLOSE * best]
    return tuple(sorted(close[:_MOST_CITATIONS]))


def words_of(facts: Sequence[Fact], kinds: frozenset[FactKind]) -> frozenset[str]:
    """Return the content lemmas of all facts of these kinds."""
    return frozenset().union(*(content_lemmas(fact.text) for fact in facts if fact.kind in kinds))
