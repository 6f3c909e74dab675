"""Groups of needs that no topic meets, and what of them may be told."""

import numpy as np
import pytest

from recommender.unmet import UNMET_BELOW, UnmetNeed, unmet_groups

PARKING = np.array([1.0, 0.0, 0.0], dtype=np.float32)
PAY = np.array([0.0, 1.0, 0.0], dtype=np.float32)


def needs(people: range, vector: np.ndarray, *words: str, best: float = 0.0) -> list[UnmetNeed]:
    return [UnmetNeed(f"p{number}", {word: word for word in words}, vector, best) for number in people]


def test_needs_that_say_the_same_form_a_group_of_their_people() -> None:
    found = unmet_groups([*needs(range(6), PARKING, "parking"), *needs(range(10, 15), PAY, "salary", "bands")])
    assert [(group.people, group.words) for group in found] == [(6, ("parking",)), (5, ("bands", "salary"))]


def test_a_person_counts_once_however_often_they_write() -> None:
    assert unmet_groups(needs(range(4), PARKING, "parking") * 3) == []


def test_a_need_that_a_topic_meets_is_not_among_them() -> None:
    assert unmet_groups(needs(range(6), PARKING, "parking", best=UNMET_BELOW)) == []


def test_a_word_of_four_people_is_not_told() -> None:
    both = [*needs(range(5), PARKING, "parking"), *needs(range(4), PARKING, "wheelchair")]
    [group] = unmet_groups(both)
    assert group.words == ("parking",)


def test_a_group_without_a_shared_word_says_nothing() -> None:
    apart = [UnmetNeed(f"p{number}", {f"w{number}": f"w{number}"}, PARKING, 0.0) for number in range(6)]
    assert unmet_groups(apart) == []


def test_a_word_is_told_as_most_wrote_it() -> None:
    said = ["bands", "bands", "band", "bands", "band"]
    some = [UnmetNeed(f"p{n}", {"band": word}, PAY, 0.0) for n, word in enumerate(said)]
    assert [group.words for group in unmet_groups(some)] == [("bands",)]


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_anybody_gives_nothing(count: int) -> None:
    assert unmet_groups(needs(range(count), PARKING, "parking")) == []


def test_a_need_without_embedding_is_left_out() -> None:
    assert unmet_groups(needs(range(6), np.zeros(3, dtype=np.float32), "parking")) == []
