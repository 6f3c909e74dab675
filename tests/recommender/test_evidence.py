"""How close needs come to evidence: by meaning and by words, in parts, and the same whatever else stands beside it."""

import numpy as np
import pytest

from domain.language import Language
from recommender.evidence import READ_IN_PARTS, EvidenceTexts, agreements, wordings_of
from recommender.passages import Passage
from tests.builders import a_topic, local, locals_of
from tests.recommender.spaces import BOTH, a_need, a_space, encoded

EN = Language.EN
NEED = a_need("I cannot hand over work to my team")
TEXTS = ["I hand over work to my team", "long walks by the sea", "I cannot hand over work to my team"]


def evidence_of(texts: list[str], languages: frozenset[Language] = BOTH) -> EvidenceTexts:
    passages = [Passage(owner, text, EN) for owner, text in enumerate(texts)]
    return EvidenceTexts(passages, wordings_of(passages), encoded(texts) if languages else None, languages)


def test_what_says_the_same_comes_closest_by_meaning_and_by_words() -> None:
    for languages in (BOTH, frozenset[Language]()):
        [found] = evidence_of(TEXTS, languages).similarities([NEED], slice(0, 3))
        assert np.argsort(-found).tolist() == [2, 0, 1]
        assert found[2] > 0.9
        assert found[1] < 0.15


def test_several_needs_are_read_as_each_alone() -> None:
    texts, other = evidence_of(TEXTS), a_need("walks by the sea. And more of them")
    both = texts.similarities([NEED, other], slice(0, 3))
    for row, need in enumerate((NEED, other)):
        assert both[row] == pytest.approx(texts.similarities([need], slice(0, 3))[0])


def test_texts_laid_out_anew_keep_their_similarity() -> None:
    texts = evidence_of(TEXTS)
    turned = texts.laid_out(np.array([2, 0, 2]))
    assert turned.texts == (TEXTS[2], TEXTS[0], TEXTS[2])
    plain = texts.similarities([NEED], slice(0, 3))[0]
    assert turned.similarities([NEED], slice(0, 3))[0] == pytest.approx(plain[[2, 0, 2]])


def test_of_many_texts_the_nearest_are_read_in_parts_and_equal_ones_stay_equal() -> None:
    filler = [f"walk number {number} by the sea" for number in range(2 * READ_IN_PARTS)]
    need = a_need("The sea is wide. I cannot hand over work to my team. The sea is deep.")
    many = evidence_of([*TEXTS, *filler, TEXTS[2]])
    [found] = many.similarities([need], slice(0, len(many.texts)))
    assert found[2] == found[-1]
    assert found[2] == pytest.approx(many.similarities([need], slice(2, 3))[0, 0])


def test_without_needs_or_texts_there_is_nothing() -> None:
    texts = evidence_of(TEXTS)
    assert texts.similarities([], slice(0, 3)).shape == (0, 3)
    assert texts.similarities([NEED], slice(1, 1)).shape == (1, 0)


def test_a_text_speaks_for_the_topics_nearest_to_it_by_meaning_or_by_characters() -> None:
    topics = [
        a_topic(
            f"t{n}", title=local(f"{word} {word}s"), summary=local(word), phrases=locals_of(word), aliases=locals_of()
        )
        for n, word in enumerate(["hiring", "budget", "python", "sea", "poetry", "tax", "law", "music", "sport"])
    ]
    space = a_space(topics)
    for languages in (BOTH, frozenset[Language]()):
        near = agreements(evidence_of(["budget budget budgets"], languages), space)[0]
        assert near[1]
        assert not near[2]
