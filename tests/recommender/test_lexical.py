"""Word and character scores: known answers by hand, bounds, and what happens when nothing is known."""

from collections.abc import Callable
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.lexical import BM25Index, CharNgramIndex, TfidfIndex

MakeIndex = Callable[[list[str]], BM25Index | CharNgramIndex | TfidfIndex]
WORDS = st.lists(st.sampled_from(["plan", "code", "review", "budget", "risk"]), max_size=6).map(" ".join)
INDEXES = [lambda texts: BM25Index(texts, str.split), CharNgramIndex, lambda texts: TfidfIndex(texts, str.split)]
EACH = pytest.mark.parametrize("index_class", INDEXES, ids=["bm25", "characters", "tfidf"])


def test_bm25_is_the_hand_arithmetic() -> None:
    index = BM25Index(["code review", "code", "budget plan risk"], str.split, k1=1.2, b=0.75)

    got = index.scores("code budget")

    code, budget = log(1 + 1.5 / 2.5), log(1 + 2.5 / 1.5)  # 2 and 1 of 3 texts hold the word
    best = code + budget
    by_hand = [
        code * 1 / (1 + 1.2 * (0.25 + 0.75 * 2 / 2)) / best,  # the mean length is 2
        code * 1 / (1 + 1.2 * (0.25 + 0.75 * 1 / 2)) / best,
        budget * 1 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2)) / best,
    ]
    assert got == pytest.approx(by_hand, rel=1e-6)


def test_an_unknown_word_of_the_need_lowers_every_score_by_its_share() -> None:
    index = BM25Index(["code", "plan"], str.split)

    known, unknown = log(1 + 1.5 / 1.5), log(1 + 2.5 / 0.5)

    assert index.scores("code zebra")[0] == pytest.approx(index.scores("code")[0] * known / (known + unknown))


def test_a_repeated_word_adds_less_each_time() -> None:
    once, twice, thrice = BM25Index(["a", "a a", "a a a"], str.split, b=0.0).scores("a")
    assert once == pytest.approx(1 / 2.2)
    assert twice == pytest.approx(2 / 3.2)
    assert thrice == pytest.approx(3 / 4.2)


def test_bm25_reads_words_by_lemma_when_nothing_else_is_said() -> None:
    scores = BM25Index(["Код-ревью для команды", "Бюджет отдела"]).scores("команда")
    assert scores[0] > 0
    assert scores[1] == 0


def test_char_ngrams_find_a_word_with_another_ending_and_a_typing_error() -> None:
    index = CharNgramIndex(["delegating work", "reading a budget"])
    assert index.scores("delegate")[0] > index.scores("delegate")[1]
    assert index.scores("budjet")[1] > index.scores("budjet")[0]


def test_char_ngrams_give_one_to_the_same_text() -> None:
    assert CharNgramIndex(["plan", "code review"]).scores("code review")[1] == pytest.approx(1.0)


def test_tfidf_is_the_hand_arithmetic() -> None:
    index = TfidfIndex(["code review", "code code"], str.split)

    idf_code, idf_review = 1 + log(3 / 3), 1 + log(3 / 2)  # smoothed: 2 and 1 of 2 texts hold the word
    length = sqrt(idf_code**2 + idf_review**2)
    assert index.scores("review") == pytest.approx([idf_review / length, 0.0])
    assert index.scores("code") == pytest.approx([idf_code / length, 1.0])


@EACH
def test_an_empty_index_gives_an_empty_row(index_class: MakeIndex) -> None:
    assert index_class([]).scores("code").shape == (0,)
    assert index_class([]).scores_many(["a", "b"]).shape == (2, 0)


@EACH
@pytest.mark.parametrize("text", ["", "   ", "qqqq zzzz", "…!?"])
def test_a_text_without_a_known_part_scores_zero(index_class: MakeIndex, text: str) -> None:
    assert index_class(["code review", "", "plan"]).scores(text).tolist() == [0.0, 0.0, 0.0]


@EACH
def test_texts_without_any_word_score_zero(index_class: MakeIndex) -> None:
    assert index_class(["", " "]).scores("code").tolist() == [0.0, 0.0]


@EACH
def test_no_need_gives_no_row(index_class: MakeIndex) -> None:
    assert index_class(["code", "plan"]).scores_many([]).shape == (0, 2)


@EACH
@given(texts=st.lists(WORDS, max_size=6), needs=st.lists(WORDS, max_size=4))
def test_scores_lie_in_0_to_1_and_many_equal_single(index_class: MakeIndex, texts: list[str], needs: list[str]) -> None:
    index = index_class(texts)

    many = index.scores_many(needs)

    assert many.shape == (len(needs), len(texts))
    assert ((many >= 0) & (many <= 1)).all()
    for row, need in zip(many, needs, strict=True):
        np.testing.assert_allclose(row, index.scores(need), atol=1e-6)
