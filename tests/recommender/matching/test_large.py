"""Large cohorts are solved on promising pairs: as good as on all of them, proven by prices."""

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.sparse import csr_array

from recommender.matching import Matching, MatchProblem, match_cohort, solve

MENTEES, MENTORS = 400, 60


def cohort(kind: str) -> tuple[csr_array, np.ndarray]:
    random = np.random.default_rng(7)
    capacity = random.integers(1, 16, MENTORS)
    popularity = random.random(MENTORS)
    scores = {
        "each to their own": random.random((MENTEES, MENTORS)),
        "all want the same": np.broadcast_to(popularity, (MENTEES, MENTORS)),
        "half and half": 0.5 * popularity + 0.5 * random.random((MENTEES, MENTORS)),
        "all alike": np.full((MENTEES, MENTORS), 0.5),
        "places are short": random.random((MENTEES, MENTORS)),
    }[kind]
    if kind == "places are short":
        capacity //= 3
    return csr_array(np.maximum(scores, 1e-6)), capacity


KINDS = ["each to their own", "all want the same", "half and half", "all alike", "places are short"]


def matched(kind: str, order: np.ndarray | None = None, floor: float = 0.3) -> Matching:
    scores, capacity = cohort(kind)
    order = np.arange(MENTEES) if order is None else order
    mentees, mentors = [f"e{i:03}" for i in order], [f"m{j:03}" for j in range(MENTORS)]
    return match_cohort(MatchProblem(mentees, mentors, csr_array(scores[order]), capacity, floor=floor))


@pytest.fixture
def _by_promising_pairs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(solve, "WHOLE", 0)
    monkeypatch.setattr(solve, "LOOKED_AT", 20)
    monkeypatch.setattr(solve, "SOLVED_WITH", 4)
    return


@pytest.mark.parametrize("kind", KINDS)
def test_promising_pairs_give_what_all_pairs_give(kind: str, request: pytest.FixtureRequest) -> None:
    whole = matched(kind)
    request.getfixturevalue("_by_promising_pairs")
    found = matched(kind)
    assert (len(found.pairs), found.poor) == (len(whole.pairs), whole.poor)
    assert found.is_proven
    assert whole.objective * 0.999 <= found.objective <= whole.objective + 1e-6
    assert whole.objective <= found.bound
    assert found.objective == pytest.approx(found.bound, rel=1e-3)


@pytest.mark.usefixtures("_by_promising_pairs")
def test_the_order_of_rows_changes_nothing() -> None:
    shuffled = np.random.default_rng(3).permutation(MENTEES)
    assert matched("half and half", shuffled).pairs == matched("half and half").pairs


@pytest.mark.usefixtures("_by_promising_pairs")
def test_a_bound_holds_even_when_the_search_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "MOST_FLOWS", 1)
    monkeypatch.setattr(solve, "SOLVED_WITH", 1)
    found = matched("half and half")
    assert not found.is_proven or found.objective < found.bound


@pytest.mark.usefixtures("_by_promising_pairs")
@pytest.mark.parametrize("kind", ["all want the same", "all alike"])
def test_mentees_who_think_the_same_are_not_all_sent_to_the_same_few(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, "MOST_FLOWS", 1)
    places = min(MENTEES, int(cohort(kind)[1].sum()))
    assert len(matched(kind).pairs) > 0.9 * places


def test_blocks_of_rows_give_what_all_rows_at_once_give(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("_by_promising_pairs")
    whole = matched("half and half")
    monkeypatch.setattr("recommender.matching.arcs._AT_ONCE", 1000)
    assert matched("half and half").pairs == whole.pairs
