"""Topics for a cohort: exact ones are those of a page, quick ones come near."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from domain.people import SkillGap
from domain.suggestions import NeedKind
from recommender import NeedVectors, TopicRequest, TopicSpace, recommend_topics
from recommender.cohort_needs import cohort_needs
from recommender.cohort_topics import ByVectors, ByWords, exact_topics, quick_topics
from tests.builders import a_person, a_session, a_topic, locals_of
from tests.recommender.spaces import ENCODER, a_need, a_space, ask_topics

SPACE = a_space(
    [
        a_topic("calm", phrases=locals_of("I stay calm in a storm")),
        a_topic("delegate", phrases=locals_of("I hand over work to others")),
        a_topic("focus", phrases=locals_of("I get distracted by messages"), skill_ids=("attention",)),
    ]
)
NEEDS = [
    [a_need("I hand over work to others")],
    [a_need("I get distracted by messages"), a_need("I stay calm in a storm", NeedKind.FEEDBACK, weight=0.5)],
    [],
]


def asked() -> list[TopicRequest]:
    requests = [ask_topics(*needs, person=a_person(f"e{n}")) for n, needs in enumerate(NEEDS)]
    requests[2] = replace(requests[2], gaps=[SkillGap("attention", 0, 4)])
    return requests


def best(scores: csr_array, space: TopicSpace = SPACE) -> list[str]:
    return [space.topics[column].id for column in scores.toarray().argmax(axis=1)]


def without_needs(requests: list[TopicRequest]) -> list[TopicRequest]:
    return [replace(request, needs=()) for request in requests]


def test_exact_topics_are_those_of_a_page() -> None:
    table = exact_topics(asked(), SPACE).toarray()
    for row, request in enumerate(asked()):
        shown = {SPACE.row_of[s.topic_id]: s.score for s in recommend_topics(request, SPACE).suggestions}
        assert {column: table[row, column] for column in shown} == pytest.approx(shown, abs=1e-6)


@pytest.mark.parametrize("way", ["words", "vectors"])
def test_quick_topics_find_the_same_first(way: str) -> None:
    needs = cohort_needs(NEEDS, ENCODER.dim)
    similarities = ByWords(NEEDS, SPACE) if way == "words" else ByVectors(needs, SPACE)
    found = best(quick_topics(asked(), similarities, SPACE))
    assert (found[0], found[2]) == ("delegate", "focus")


def test_quick_topics_without_needs_are_exact() -> None:
    exact = exact_topics(without_needs(asked()), SPACE).toarray()
    nothing: list[list[NeedVectors]] = [[], [], []]
    quick = quick_topics(without_needs(asked()), ByWords(nothing, SPACE), SPACE).toarray()
    assert quick == pytest.approx(exact, abs=1e-6)


def test_quick_topics_leave_out_what_a_rule_removes() -> None:
    booked = replace(asked()[0], sessions=[a_session(topic_id="delegate")])
    scores = quick_topics([booked], ByWords(NEEDS[:1], SPACE), SPACE)
    assert "delegate" not in {SPACE.topics[column].id for column in scores.indices}


def test_needs_are_cut_out_by_mentee_and_kind() -> None:
    needs = cohort_needs(NEEDS, ENCODER.dim)
    assert needs.owners.tolist() == [0, 1, 1]
    feedback = needs.of(1, 3, NeedKind.FEEDBACK)
    assert (feedback.owners.tolist(), feedback.weights.tolist()) == ([0], [0.5])
    assert np.allclose(feedback.vectors[0], NEEDS[1][1].vectors[0])
