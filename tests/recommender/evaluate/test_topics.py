"""Entries for a need: the window that fits counts, not the length of the need around it."""

from collections.abc import Sequence

import numpy as np

from recommender.evaluate.tasks import AskedNeed, Encode, Entry, TopicsTask
from recommender.evaluate.topics import rank_entries
from tests.fakes.encoder import FakeEncoder

ENTRIES = (
    Entry("t1", "negotiate deadlines", "Agree with others on dates that can be kept."),
    Entry("t2", "read a balance sheet", ""),
    Entry("t3", "write unit tests", "Check small parts of code by themselves."),
)


def best(need: str, encode: Encode) -> str:
    scores = rank_entries(TopicsTask(ENTRIES, (AskedNeed("n", need),)), encode)
    return ENTRIES[int(scores[0].argmax())].id


def blind(texts: Sequence[str]) -> np.ndarray:
    """Encode every text alike."""
    return np.ones((len(texts), 1))


def test_a_few_words_within_a_long_need_find_their_entry() -> None:
    """Read whole, the need shares more words with t3; one window of it is the title of t1."""
    long = "check the unit, write of code and parts, see tests and small things by themselves, negotiate deadlines"
    assert best(long, FakeEncoder().encode) == "t1"


def test_a_word_with_another_ending_is_found_by_its_characters() -> None:
    assert best("balanced sheets", blind) == "t2"


def test_a_description_is_read_where_the_title_says_nothing() -> None:
    assert best("check small parts of code", FakeEncoder().encode) == "t3"


def test_every_need_has_a_row_and_every_entry_a_column() -> None:
    task = TopicsTask(
        ENTRIES, (AskedNeed("a", "tests"), AskedNeed("b", "dates, money, code and so much more than that"))
    )
    scores = rank_entries(task, FakeEncoder().encode)
    assert scores.shape == (2, 3)
    assert np.isfinite(scores).all()
