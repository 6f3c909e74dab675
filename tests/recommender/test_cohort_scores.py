"""Scores of all pairs of a cohort are those of one person's page, and nobody is paired whom a rule forbids."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from domain.blocks import Blocks
from domain.language import Language
from domain.people import Format, MentorOffer, Person
from domain.programme import ProgrammeRules
from domain.sessions import SessionStatus
from domain.topics import Topic
from recommender import MentorPool, MentorRequest, NeedVectors, cohort_scores
from recommender.cohort_fits import ExactFits, QuickFits
from recommender.cohort_needs import cohort_needs
from recommender.cohort_scores import Cohort, PairScores, score_pairs
from recommender.eligibility import mentor_rules
from recommender.mentor_features import mentor_features
from recommender.scoring import weighted_scores
from recommender.weights import DEFAULT_MENTOR_WEIGHTS
from tests.builders import NOW, a_person, a_session, a_topic, an_offer
from tests.recommender.spaces import ENCODER, a_need, a_pool

TOPICS = (a_topic("delegate-work"), a_topic("say-no", formats=frozenset({Format.CHAT})))
BOTH = frozenset(Language)


def a_company() -> tuple[list[Person], list[Person], list[MentorOffer]]:
    """Return mentees and mentors that give every rule and feature something to do."""
    mentees = [
        a_person("e1"),
        a_person("e2", zone="Asia/Almaty", manager_id="m1"),
        a_person("e3", locale=Language.RU, languages=frozenset({Language.RU})),
        a_person("m2", languages=BOTH),
        a_person("boss"),
    ]
    mentors = [
        a_person("m1", languages=BOTH, zone="America/New_York"),
        a_person("m2", languages=BOTH),
        a_person("m3", manager_id="boss"),
        a_person("m4", is_active=False),
        a_person("m5"),
        a_person("m6", languages=frozenset({Language.RU})),
    ]
    every = frozenset({"delegate-work", "say-no"})
    offers = [
        an_offer("m1", topic_ids=every, biography="I hand over work every day."),
        an_offer("m2", topic_ids=every),
        an_offer("m3", topic_ids=frozenset({"say-no"}), formats=frozenset({Format.ONE_TO_ONE})),
        an_offer("m4", topic_ids=every),
        an_offer("m5", topic_ids=every, capacity_minutes_per_week=0),
        an_offer("m6", biography="Учу передавать дела.", language=Language.RU),
    ]
    return mentees, mentors, offers


def a_filled_pool() -> tuple[list[Person], MentorPool]:
    mentees, mentors, offers = a_company()
    sessions = [a_session(f"s{n}", mentor_id="m1", status=SessionStatus.HELD) for n in range(2)]
    return mentees, a_pool([*mentors, mentees[-1]], offers, sessions=sessions)


def needs_of(mentees: list[Person]) -> list[list[NeedVectors]]:
    return [[a_need("I do all the work myself"), a_need(f"{mentee.id} wants to say no")] for mentee in mentees]


def a_cohort(mentees: list[Person]) -> Cohort:
    scores = np.array([[0.8, 0.5], [0.3, 0.6], [0.9, 0.0], [0.4, 0.4], [0.7, 0.2]], dtype=np.float32)
    return Cohort(mentees, TOPICS, csr_array(scores), NOW, 20)


def requests(mentees: list[Person], topic: Topic) -> list[MentorRequest]:
    pairs = zip(mentees, needs_of(mentees), strict=True)
    return [MentorRequest(mentee, topic, needs, NOW, mentee.locale) for mentee, needs in pairs]


def scored(mentees: list[Person], pool: MentorPool) -> PairScores:
    return score_pairs(a_cohort(mentees), pool, ExactFits(requests(mentees, TOPICS[0]), pool))


def by_one_page_each(mentees: list[Person], pool: MentorPool) -> dict[tuple[int, int], tuple[float, int]]:
    """Return (score, topic) by pair as the rules and features of one person's page give them."""
    topic_scores, best = a_cohort(mentees).topic_scores.toarray(), {}
    everyone = np.arange(len(pool.offers))
    for column, topic in enumerate(TOPICS):
        for row, request in enumerate(requests(mentees, topic)):
            if not topic_scores[row, column]:
                continue
            scores = weighted_scores(mentor_features(request, pool, everyone), DEFAULT_MENTOR_WEIGHTS.shares())
            for mentor, rule in enumerate(mentor_rules(request, pool, everyone)):
                score = float(topic_scores[row, column] * scores[mentor])
                if rule is None and score > best.get((row, mentor), (-1, 0))[0]:
                    best[row, mentor] = (score, column)
    return best


def test_scores_rules_and_topics_are_those_of_one_page_each() -> None:
    mentees, pool = a_filled_pool()
    pairs, expected = scored(mentees, pool), by_one_page_each(mentees, pool)
    table = pairs.scores.tocoo()
    found = {
        (int(row), int(column)): float(score) for row, column, score in zip(*table.coords, table.data, strict=True)
    }
    assert found == pytest.approx({pair: score for pair, (score, _) in expected.items()}, abs=1e-6)
    assert {pair: pairs.topic_of(*pair) for pair in found} == {pair: topic for pair, (_, topic) in expected.items()}


def test_the_pairs_left_are_the_allowed_ones() -> None:
    mentees, pool = a_filled_pool()
    table = scored(mentees, pool).scores.tocoo()
    found = {(mentees[row].id, str(pool.ids[column])) for row, column in zip(*table.coords, strict=True)}
    # m1 manages e2, m2 is one of the mentees, m3 offers no fitting format, m4 left, m5 has no time, m6 speaks Russian
    assert found == {
        ("e1", "m1"), ("e1", "m2"), ("e2", "m2"), ("e3", "m1"), ("e3", "m2"), ("e3", "m6"),
        ("m2", "m1"), ("m2", "m6"), ("boss", "m1"), ("boss", "m2"),
    }  # fmt: skip


def test_a_manager_is_not_paired_with_an_own_report() -> None:
    mentees, mentors, offers = a_company()
    offers[2] = replace(offers[2], formats=frozenset(Format))
    pool = a_pool([*mentors, mentees[-1]], offers)
    pairs = scored(mentees, pool)
    assert pairs.topic_of(0, 2) == 1
    assert pairs.topic_of(4, 2) is None


def test_who_blocked_whom_and_departments_kept_apart_leave_pairs_out() -> None:
    mentees, pool = a_filled_pool()
    fits = ExactFits(requests(mentees, TOPICS[0]), pool)
    blocks = {"e1": Blocks(own=frozenset({"m1"})), "e3": Blocks(of_others=frozenset({"m2"}))}
    parted = score_pairs(replace(a_cohort(mentees), blocks=blocks), pool, fits)
    whole = scored(mentees, pool)
    assert [whole.topic_of(0, 0) is None, whole.topic_of(2, 1) is None] == [False, False]
    assert [parted.topic_of(0, 0), parted.topic_of(2, 1)] == [None, None]
    assert parted.scores.nnz == whole.scores.nnz - 2
    department = mentees[0].department
    apart = replace(a_cohort(mentees), rules=ProgrammeRules(frozenset({(department, department)})))
    assert score_pairs(apart, pool, fits).scores.nnz < whole.scores.nnz


def test_parts_of_mentees_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    mentees, pool = a_filled_pool()
    whole = scored(mentees, pool)
    monkeypatch.setattr(cohort_scores, "_CELLS", 1)
    parts = scored(mentees, pool)
    assert (parts.scores != whole.scores).nnz == 0
    assert parts.topics.tolist() == whole.topics.tolist()


def test_nobody_gives_no_pairs() -> None:
    _, pool = a_filled_pool()
    cohort = Cohort([], TOPICS, csr_array((0, 2), dtype=np.float32), NOW, 20)
    assert score_pairs(cohort, pool, ExactFits([], pool)).scores.shape == (0, 6)


def test_quick_fits_read_the_closest_sentence_of_the_closest_need() -> None:
    mentees, pool = a_filled_pool()
    needs = [[a_need("I hand over work every day."), a_need("x")], [], [a_need("x")], [], [a_need("walks")]]
    fits = QuickFits(cohort_needs(needs, ENCODER.dim), pool, len(mentees), NOW)
    block = fits.block(TOPICS[0], np.array([0, 1, 4]), np.array([0, 1]))
    alone = 3 / 4 + 1 / 4 / 3  # the best, and the mean of the best three of which two are not there
    assert block[0, 0] == pytest.approx(alone * 0.8**4 / (0.8**4 + 0.45**4), abs=1e-4)  # the same sentence: cosine 1
    assert block[1].tolist() == [0, 0]
    assert block[0, 0] > block[2, 0]


def test_weak_needs_count_less() -> None:
    _, pool = a_filled_pool()
    fits = QuickFits(cohort_needs([[a_need("I hand over work every day.", weight=0.5)]], ENCODER.dim), pool, 1, NOW)
    whole = (3 / 4 + 1 / 4 / 3) * 0.8**4 / (0.8**4 + 0.45**4)
    assert fits.block(TOPICS[0], np.array([0]), np.array([0]))[0, 0] == pytest.approx(whole / 2, abs=1e-4)
