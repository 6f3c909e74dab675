"""How close a need comes to its best text, by embeddings, words and characters."""

from itertools import pairwise

import numpy as np
import pytest

from domain.language import Language
from domain.suggestions import Need, NeedKind
from embeddings import VectorIndex
from recommender.passages import BEST_TEXT, COSINE_FLOOR, Closest, Passage, Passages, Reading, above_floor, calibrated
from recommender.requests import NeedVectors
from recommender.weights import SimilarityWeights
from tests.recommender.spaces import index_of

EN, RU = Language.EN, Language.RU
DENSE, WORDS = SimilarityWeights(1, 0, 0), SimilarityWeights(0, 1, 0)
TEXTS = [Passage(0, "hand over", EN), Passage(0, "let go", EN), Passage(2, "say no", EN), Passage(2, "откажи", RU)]


def an_index() -> VectorIndex:
    return index_of({"hand over": [1, 0], "let go": [0.6, 0.8], "say no": [0, 1], "откажи": [1, 0]})


def ask(text: str, *rows: list[float], language: Language = EN) -> NeedVectors:
    vectors = np.array(rows, dtype=np.float32).reshape(len(rows), 2)
    return NeedVectors(Need(NeedKind.GOAL, text, language), vectors)


def similarity_at(cosine: float) -> float:
    above = (cosine - COSINE_FLOOR) / (1 - COSINE_FLOOR)
    return above**4 / (above**4 + BEST_TEXT.half_by_embeddings**4)


def test_the_best_text_of_an_owner_counts() -> None:
    passages = Passages(3, TEXTS, an_index(), frozenset({EN}), DENSE)
    assert passages.similarity(ask("x", [0.8, 0.6])).tolist() == pytest.approx(
        [similarity_at(0.96), 0, similarity_at(0.6)]
    )


def test_the_whole_need_and_its_best_window_count_half_each() -> None:
    passages = Passages(3, TEXTS, an_index(), frozenset({EN}), DENSE)
    need = ask("x x x, y y y", [0.6, 0.8], [1, 0], [0, 1])  # whole 1.0 and .8; best window 1.0 and 1.0
    assert passages.similarity(need).tolist() == pytest.approx([similarity_at(1), 0, similarity_at(0.9)])


def test_a_window_that_fits_lifts_one_owner_only() -> None:
    passages = Passages(3, TEXTS, an_index(), frozenset({EN}), DENSE)
    whole, with_window = ask("x", [0, 1]), ask("x x x, y", [0, 1], [1, 0])
    assert passages.similarity(whole)[0] < passages.similarity(with_window)[0]
    assert passages.similarity(whole)[2] > passages.similarity(with_window)[2]


def test_texts_of_a_language_that_the_encoder_does_not_speak_take_no_part() -> None:
    english = Passages(3, TEXTS, an_index(), frozenset({EN}), DENSE)
    both = Passages(3, TEXTS, an_index(), frozenset({EN, RU}), DENSE)
    assert english.similarity(ask("x", [1, 0]))[2] == 0
    assert both.similarity(ask("x", [1, 0]))[2] == pytest.approx(similarity_at(1))


def test_a_need_without_embeddings_is_matched_by_words() -> None:
    passages = Passages(3, TEXTS, an_index(), frozenset({EN}))
    assert np.argmax(passages.similarity(ask("откажи им", language=RU))) == 2
    assert passages.similarity(ask("hand it over"))[0] > 0


def test_a_russian_need_with_english_words_is_read_as_both() -> None:
    passages = Passages(2, [Passage(0, "code review", EN), Passage(1, "ругань", RU)], None, frozenset({EN}), WORDS)
    similarity = passages.similarity(ask("ругань на code review", language=RU))
    assert (similarity > 0).all()


def test_without_any_text_nothing_is_close() -> None:
    assert Passages(2, []).similarity(ask("hand over", [1, 0])).tolist() == [0, 0]
    assert Passages(0, []).similarity(ask("hand over")).tolist() == []


def test_equal_texts_tie_whatever_stands_beside_them() -> None:
    rng = np.random.default_rng(7)
    vectors = {f"text {number}": rng.normal(size=48) for number in range(500)}
    texts = [Passage(owner, f"text {owner % 500}", EN) for owner in range(1_000)]
    need = NeedVectors(Need(NeedKind.GOAL, "a a, b b, c c, d d, e e", EN), rng.normal(size=(6, 48)).astype(np.float32))
    similarity = Passages(1_000, texts, index_of(vectors), frozenset({EN}), DENSE).similarity(need)
    assert similarity[:500].tolist() == similarity[500:].tolist()


def test_embeddings_that_differ_by_rounding_tie() -> None:
    index = index_of({"one": [0.6, 0.8], "two": [0.6 + 3e-7, 0.8]})
    passages = Passages(2, [Passage(0, "one", EN), Passage(1, "two", EN)], index, frozenset({EN}), DENSE)
    first, second = passages.similarity(ask("x", [1, 0]))
    assert first == second


def test_similarity_stays_between_0_and_1() -> None:
    passages = Passages(3, TEXTS, an_index())
    for text, row in [("hand over let go", [1.0, 0.0]), ("say no", [-1.0, 0.0]), ("", [0.0, -1.0])]:
        similarity = passages.similarity(ask(text, row))
        assert ((similarity >= 0) & (similarity <= 1)).all()


def test_a_need_is_worked_out_anew_once_it_is_embedded() -> None:
    passages = Passages(3, TEXTS, an_index(), frozenset({EN}))
    before, after = passages.similarity(ask("x")), passages.similarity(ask("x", [1, 0]))
    assert before[0] == 0 < after[0]


def test_the_floor_rises_to_0_and_1_stays() -> None:
    values = above_floor(np.array([-1.0, COSINE_FLOOR, 0.5, 0.7, 1.0]))
    assert values[[0, 1, 4]].tolist() == [0, 0, 1]
    assert all(low < high for low, high in pairwise(values[1:]))


def test_calibration_is_a_half_at_the_half_and_keeps_the_order() -> None:
    values = calibrated(np.array([0.0, 0.2, 0.3, 0.6, 1.0]), half=0.3, steepness=4)
    assert values[[0, 2]].tolist() == pytest.approx([0, 0.5])
    assert values[3] == pytest.approx(16 / 17)  # (2 h)^4 / ((2 h)^4 + h^4)
    assert all(low < high < 1 for low, high in pairwise(values))


def test_where_need_and_owner_meet() -> None:
    passages = Passages(3, TEXTS, an_index(), frozenset({EN}))
    assert passages.closest(ask("x x x, y", [0, 1], [0.6, 0.8]), 0) == Closest("let go", 1)
    assert passages.closest(ask("x x x, y", [0, 1], [0.6, 0.8]), 2) == Closest("say no", 0)
    assert passages.closest(ask("x", [0, 1]), 1) is None
    assert passages.closest(ask("x"), 0) is None


def test_mean_vectors_have_unit_length_or_none() -> None:
    means = Passages(3, TEXTS, an_index(), frozenset({EN})).mean_vectors()
    assert means[0].tolist() == pytest.approx([1.6 / np.hypot(1.6, 0.8), 0.8 / np.hypot(1.6, 0.8)])
    assert means[1:].tolist() == [[0, 0], [0, 1]]


def test_a_sentence_that_fits_is_not_watered_down_by_the_others() -> None:
    passages = Passages(2, [Passage(0, "code review", EN), Passage(1, "slow queries", EN)], None, frozenset({EN}))
    alone = passages.similarity(ask("They tore my code review apart."))
    among = passages.similarity(ask("We moved to a new office. They tore my code review apart. I am fine otherwise."))
    joined = passages.similarity(ask("We moved to a new office, they tore my code review apart, I am fine otherwise"))
    assert alone[0] > among[0] > joined[0] > 0


def test_texts_that_agree_are_heard_beside_the_best_one() -> None:
    vectors = {"one": [1.0, 0.0], "two": [0.6, 0.8], "three": [0.0, 1.0], "four": [0.8, 0.6]}
    texts = [Passage(0, "one", EN), Passage(0, "two", EN), Passage(0, "three", EN), Passage(1, "four", EN)]
    reading = Reading(agreeing=2, whole=1.0, half_by_embeddings=0.5, half_by_words=0.5, steepness=2)
    passages = Passages(3, texts, index_of(vectors), frozenset({EN}), DENSE, reading)
    # owner 0: best 1, mean of 1 and 0.6 is 0.8; owner 1 has one text, its mean is itself; owner 2 has none
    fused = above_floor(np.array([(1 + 0.8) / 2, 0.8, 0.0]))
    expected = calibrated(fused, half=0.5, steepness=2)
    assert passages.similarity(ask("xyz", [1.0, 0.0])) == pytest.approx(expected, abs=1e-6)
