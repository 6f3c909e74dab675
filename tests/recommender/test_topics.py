"""Needs to topics, whole: order, reasons in both languages, what is left out."""

import random
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from domain.errors import InvalidInput
from domain.language import Language, LocalText, LocalTexts
from domain.people import Skill, SkillGap
from domain.sessions import SessionStatus
from domain.suggestions import Need, NeedKind, Rule
from embeddings import build_index, text_hash
from recommender import (
    NeedVectors,
    TopicWeights,
    build_topic_space,
    first_topics,
    need_texts,
    recommend_topics,
    topic_texts,
    with_mentors,
)
from recommender.mentors import MentorRanking
from recommender.topics import EXCLUDED_AMONG
from tests.builders import NOW, a_feedback, a_session, a_suggestion_set, a_topic, locals_of
from tests.recommender.spaces import BOTH, a_need, a_space, ask_topics, helped_by

EN, RU = Language.EN, Language.RU


def a_named_topic(id: str, english: tuple[str, ...], russian: tuple[str, ...], **changes: Any) -> Any:
    title = LocalText(english[0], russian[0])
    return a_topic(
        id, title=title, summary=title, aliases=LocalTexts(), phrases=LocalTexts(english, russian), **changes
    )


DELEGATE = a_named_topic(
    "delegate-work",
    ("hand over work", "I end up doing everyone's work"),
    ("передавать задачи", "всё делаю сама за всю команду"),
)
PRESENT = a_named_topic(
    "present", ("speak before directors", "my voice shakes on stage"), ("выступать", "голос дрожит на сцене"),
    skill_ids=("public-speaking",),
)  # fmt: skip
QUERIES = a_named_topic(
    "slow-queries", ("faster database queries", "the report takes an hour"), ("быстрые запросы", "отчёт строится час"),
    skill_ids=("sql",),
)  # fmt: skip
SPACE = a_space([DELEGATE, PRESENT, QUERIES])
WORK = "I moved to a new team. I end up doing everyone's work, and leave last."
SKILLS = {"delegation": Skill("delegation", LocalText("Delegation", "Делегирование"))}


def ids(ranking: Any) -> list[str]:
    return [suggestion.topic_id for suggestion in ranking.suggestions]


def test_the_topic_that_fits_the_goal_comes_first() -> None:
    ranking = recommend_topics(ask_topics(a_need(WORK)), SPACE)
    assert ids(ranking)[0] == "delegate-work"
    assert [suggestion.rank for suggestion in ranking.suggestions] == [1, 2, 3]


def test_a_goal_is_quoted_in_english() -> None:
    [first, *_] = recommend_topics(ask_topics(a_need(WORK)), SPACE).suggestions
    assert first.reasons[0].feature == "need"
    assert first.reasons[0].text == (
        "You wrote “I end up doing everyone's work, and leave last”: this topic is about exactly that"
    )


def test_a_goal_is_quoted_in_russian_without_any_embedding() -> None:
    need = NeedVectors(Need(NeedKind.GOAL, "Сменила отдел. Всё делаю сама, а команда смотрит!", RU))
    [first, *_] = recommend_topics(ask_topics(need, language=RU), SPACE).suggestions
    assert first.topic_id == "delegate-work"
    assert first.reasons[0].text == "Вы написали: «Всё делаю сама, а команда смотрит!» — эта тема как раз об этом"


def test_without_embeddings_the_clause_that_fits_best_by_itself_is_quoted() -> None:
    text = "У нас всё хорошо и команда что надо, за всю зиму ни разу не поругались. Отчёт строится час."
    need = NeedVectors(Need(NeedKind.GOAL, text, RU))
    quoted = {s.topic_id: s.reasons[0].text for s in recommend_topics(ask_topics(need, language=RU), SPACE).suggestions}
    assert quoted["slow-queries"].startswith("Вы написали: «Отчёт строится час» — ")


def test_the_score_is_the_weighted_mean_of_the_features_shown() -> None:
    ranking = recommend_topics(ask_topics(a_need(WORK), gaps=[SkillGap("sql", 0, 2)]), SPACE)
    shares = TopicWeights().shares()
    for suggestion in ranking.suggestions:
        by_hand = sum(shares[name] * value for name, value in suggestion.features.items())
        assert suggestion.score == pytest.approx(by_hand)
        for reason in suggestion.reasons:
            assert reason.contribution == pytest.approx(shares[reason.feature] * suggestion.features[reason.feature])


def test_a_need_typed_now_ranks_alone() -> None:
    typed = a_need(WORK, NeedKind.TYPED)
    gaps, supply = [SkillGap("sql", 0, 4), SkillGap("public-speaking", 0, 4)], {"delegate-work": 1, "present": 99}
    ranking = recommend_topics(ask_topics(typed, gaps=gaps, supply=supply), SPACE)
    assert ids(ranking) == ["delegate-work", "present"]
    assert ranking.suggestions[0].score == pytest.approx(ranking.suggestions[0].features["need"])


def test_a_likely_gap_says_that_it_is_a_guess() -> None:
    gaps = [SkillGap("delegation", 1, 3, is_likely=True)]
    [first, *_] = recommend_topics(ask_topics(gaps=gaps, skills=SKILLS), SPACE).suggestions
    assert any("roles like the one you want usually ask for" in reason.text for reason in first.reasons)


def test_gaps_as_needs_change_nothing_where_no_feature_reads_them() -> None:
    named = a_need("delegation", NeedKind.SKILL_GAP, skill_id="delegation", gap_levels=2)
    gaps = [SkillGap("delegation", 1, 3)]
    with_it, without = (
        recommend_topics(ask_topics(*needs, gaps=gaps, skills=SKILLS), SPACE) for needs in ([named], [])
    )
    assert with_it == without


def test_a_skill_gap_brings_its_topic_forward_and_is_named() -> None:
    gaps = [SkillGap("delegation", 1, 3)]
    [first, *_] = recommend_topics(ask_topics(gaps=gaps, skills=SKILLS), SPACE).suggestions
    assert first.topic_id == "delegate-work"
    assert [reason.text for reason in first.reasons] == [
        "Builds the skill “Delegation”: you are at “first steps”, your target role asks for “confident”"
    ]
    [first, *_] = recommend_topics(ask_topics(gaps=gaps, skills=SKILLS, language=RU), SPACE).suggestions
    assert first.reasons[0].text == (
        "Развивает навык «Делегирование»: сейчас у вас «первые шаги», а для желаемой роли нужно «уверенно»"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (EN, "Close to “stage presence”: you are at “not started”, your target role asks for “confident”"),
        (
            RU,
            "Тема близка к навыку «сцена»: сейчас у вас «пока не начато», а для желаемой роли нужно «уверенно»",
        ),
    ],
)
def test_a_gap_that_no_topic_builds_leads_to_the_topic_like_its_name(language: Language, said: str) -> None:
    gap = a_need("my voice shakes on stage", NeedKind.SKILL_GAP, skill_id="esco-1", gap_levels=3)
    skills = {"esco-1": Skill("esco-1", LocalText("stage presence", "сцена"))}
    request = ask_topics(gap, gaps=[SkillGap("esco-1", 0, 3)], skills=skills, language=language)
    [first, *_] = recommend_topics(request, SPACE).suggestions
    assert first.topic_id == "present"
    assert first.reasons[0].text == said


def test_a_skill_that_the_catalog_does_not_name_is_called_by_the_words_of_its_gap() -> None:
    gap = a_need("my voice shakes on stage", NeedKind.SKILL_GAP, skill_id="esco-1", gap_levels=4)
    [first, *_] = recommend_topics(ask_topics(gap), SPACE).suggestions
    assert first.reasons[0].text == "Close to “my voice shakes on stage”, a skill that the role you want asks for"


def test_what_helped_others_is_told_by_the_own_topic_and_never_by_people() -> None:
    held = a_session(topic_id="present", status=SessionStatus.HELD, starts_at=NOW - timedelta(days=70))
    request = ask_topics(sessions=[held], helped=helped_by("present", "slow-queries", people=5))
    [first, *_] = recommend_topics(request, SPACE).suggestions
    assert first.topic_id == "slow-queries"
    assert "It helped others who, like you, had talked about “speak before directors”" in [
        reason.text for reason in first.reasons
    ]


def test_a_topic_begun_and_left_open_goes_before_one_that_is_mastered() -> None:
    sessions = [
        a_session(f"s-{topic}", topic_id=topic, status=SessionStatus.HELD, starts_at=NOW - timedelta(days=70))
        for topic in ("present", "delegate-work")
    ]
    words = [
        a_feedback("f1", session_id="s-present", level_after=1),
        a_feedback("f2", session_id="s-delegate-work", level_after=4, still_open=""),
    ]
    ranking = recommend_topics(ask_topics(sessions=sessions, own_feedback=words), a_space([DELEGATE, PRESENT]))
    assert ids(ranking) == ["present", "delegate-work"]
    assert [reason.text for reason in ranking.suggestions[0].reasons] == [
        "After your last session on this you were at “first steps”: there is more to gain"
    ]


def test_the_persons_own_words_lead_over_all_that_the_company_knows() -> None:
    """The need gives .40 times its fit; priority, help, newness and supply of another topic give .24 at the most."""
    held = a_session(topic_id="present", status=SessionStatus.HELD, starts_at=NOW - timedelta(days=200))
    request = ask_topics(
        a_need("I end up doing everyone's work"), sessions=[held], priorities={"slow-queries": 1.0},
        supply={"delegate-work": 1, "slow-queries": 50, "present": 1}, shown={"delegate-work": 500},
        helped=helped_by("present", "slow-queries", people=90),
    )  # fmt: skip
    assert ids(recommend_topics(request, SPACE))[:2] == ["delegate-work", "slow-queries"]


def test_what_feedback_left_open_is_quoted() -> None:
    left_open = a_need("my voice shakes on stage", NeedKind.FEEDBACK)
    [first, *_] = recommend_topics(ask_topics(left_open), SPACE).suggestions
    assert first.topic_id == "present"
    assert first.reasons[0].text == (
        "After an earlier session you wrote “my voice shakes on stage”: here you can take it further"
    )


def test_the_need_that_comes_closest_is_the_one_quoted() -> None:
    needs = [a_need("my voice shakes on stage"), a_need("the report takes an hour")]
    quoted = {s.topic_id: s.reasons[0].text for s in recommend_topics(ask_topics(*needs), SPACE, k=2).suggestions}
    assert "“my voice shakes on stage”" in quoted["present"]
    assert "“the report takes an hour”" in quoted["slow-queries"]


@pytest.mark.parametrize("name", list(TopicWeights().shares()))
def test_without_its_weight_a_feature_gives_no_reason(name: str) -> None:
    topics = [replace(DELEGATE, priority=1.0), PRESENT, QUERIES]
    sessions = [a_session(topic_id="present", status=SessionStatus.HELD, starts_at=NOW - timedelta(days=70))]
    needs = [a_need(WORK), a_need("hand over work", NeedKind.FEEDBACK)]
    request = ask_topics(
        *needs, gaps=[SkillGap("delegation", 0, 4)], skills=SKILLS, sessions=sessions,
        supply={"delegate-work": 9, "present": 1, "slow-queries": 1}, shown={"present": 99, "slow-queries": 99},
        own_feedback=[a_feedback(level_after=1)], helped=helped_by("present", "delegate-work", people=5),
    )  # fmt: skip
    alone = replace(TopicWeights(**dict.fromkeys(TopicWeights().shares(), 0.0) | {name: 1.0}))
    without = replace(TopicWeights(), **{name: 0.0})
    said = {r.feature for s in recommend_topics(request, a_space(topics), weights=alone).suggestions for r in s.reasons}
    silent = {
        r.feature for s in recommend_topics(request, a_space(topics), weights=without).suggestions for r in s.reasons
    }
    assert said == {name}
    assert name not in silent


def test_a_likeness_too_small_to_quote_is_not_claimed() -> None:
    [first, *_] = recommend_topics(ask_topics(a_need("zzz", NeedKind.TYPED)), SPACE).suggestions
    assert first.features["need"] < 0.2
    assert first.reasons == ()


def test_a_stranger_is_not_told_what_was_not_talked_about() -> None:
    request = ask_topics(person=None, gaps=[])
    assert all(suggestion.reasons == () for suggestion in recommend_topics(request, SPACE).suggestions)


def test_topics_left_out_say_why_in_the_persons_day() -> None:
    """Held on 1 March at 23:30 UTC: in Berlin that is 2 March already."""
    held = a_session(status=SessionStatus.HELD, starts_at=NOW.replace(day=1, hour=23, minute=30))
    ranking = recommend_topics(ask_topics(a_need(WORK), sessions=[held]), SPACE)
    assert "delegate-work" not in ids(ranking)
    assert [(e.candidate_id, e.rule, e.text) for e in ranking.excluded] == [
        (
            "delegate-work",
            Rule.DONE_LATELY,
            "You talked about “hand over work” on 2 March; it may come up again after 1 April",
        )
    ]


def test_only_topics_that_would_have_ranked_are_said_to_be_left_out() -> None:
    gone = [a_topic(f"gone-{n:02d}", status=DELEGATE.status.__class__.RETIRED, phrases=LocalTexts()) for n in range(40)]
    ranking = recommend_topics(ask_topics(a_need(WORK)), a_space([DELEGATE, *gone]))
    assert len(ranking.excluded) == 19
    assert ids(ranking) == ["delegate-work"]


def test_twins_make_room_for_another_topic() -> None:
    twin = replace(DELEGATE, id="delegate-twin")
    request = ask_topics(a_need(WORK), a_need("my voice shakes on stage", weight=0.95))
    ranking = recommend_topics(request, a_space([DELEGATE, twin, PRESENT, QUERIES]), k=3)
    assert ids(ranking) == ["delegate-twin", "present", "delegate-work"]


def test_a_related_topic_makes_room_too_unless_the_need_was_typed() -> None:
    """Related are 1 alike: on a person's page the second place goes to another matter, after a typed need it stays."""
    close = replace(DELEGATE, id="other-work", related_ids=("delegate-work",))
    space = a_space([DELEGATE, close, PRESENT, QUERIES])
    own = ask_topics(a_need(WORK), a_need("my voice shakes on stage", weight=0.95))
    assert ids(recommend_topics(own, space, k=2)) == ["delegate-work", "present"]
    typed = ask_topics(a_need(WORK, NeedKind.TYPED))
    assert ids(recommend_topics(typed, space, k=2)) == ["delegate-work", "other-work"]


def test_the_topics_compared_are_those_that_would_be_shown() -> None:
    request, by_supply = (
        ask_topics(a_need(WORK), supply={"present": 9, "slow-queries": 1, "delegate-work": 1}),
        TopicWeights(need=0, supply=9),
    )
    weightings = [TopicWeights(), by_supply]
    shown = [ids(recommend_topics(request, SPACE, 2, weights)) for weights in weightings]
    assert first_topics(request, SPACE, weightings, k=2) == shown
    assert [each[0] for each in shown] == ["delegate-work", "present"]


def test_ties_come_by_id_whatever_the_order_of_the_catalog() -> None:
    topics = [replace(DELEGATE, id=id) for id in ("d", "a", "c", "b")]
    for seed in range(5):
        random.Random(seed).shuffle(topics)
        assert ids(recommend_topics(ask_topics(a_need(WORK)), a_space(topics), k=4)) == ["a", "b", "c", "d"]


def test_k_is_kept_and_an_empty_catalog_gives_nothing() -> None:
    assert len(ids(recommend_topics(ask_topics(a_need(WORK)), SPACE, k=2))) == 2
    assert ids(recommend_topics(ask_topics(a_need(WORK)), build_topic_space([]))) == []
    with pytest.raises(InvalidInput, match="k must be at least 1, got 0"):
        recommend_topics(ask_topics(), SPACE, k=0)


def test_a_person_who_wrote_nothing_still_gets_topics() -> None:
    assert len(ids(recommend_topics(ask_topics(), SPACE))) == 3


def test_mentors_are_put_beside_their_topic() -> None:
    [topic] = a_suggestion_set().topics
    ranking = MentorRanking(topic.mentors, topic.excluded_mentors)
    assert with_mentors(replace(topic, mentors=(), excluded_mentors=()), ranking) == topic


def test_300_topics_and_5_needs_rank_quickly() -> None:
    """The goal is 10 ms on a quiet machine once the words of the needs are known; ten times that is a fault."""
    rng = np.random.default_rng(1)

    def random_rows(count: int) -> np.ndarray:
        return rng.normal(size=(count, 384)).astype(np.float32)

    topics = [a_topic(f"t{n:03d}", phrases=LocalTexts(tuple(f"phrase {n} {p}" for p in range(18)))) for n in range(300)]
    texts = topic_texts(topics, frozenset({EN}))
    index = build_index([text_hash(text) for text in texts], random_rows(len(texts)))
    space = build_topic_space(topics, index, frozenset({EN}))
    goals = [f"goal {n}: {' '.join(f'word{word}' for word in range(9))}" for n in range(5)]
    needs = [NeedVectors(Need(NeedKind.GOAL, goal, EN), random_rows(len(need_texts(goal)))) for goal in goals]
    recommend_topics(ask_topics(*needs), space)
    started = perf_counter()
    ranking = recommend_topics(ask_topics(*needs, gaps=[SkillGap("delegation", 0, 3)]), space)
    assert perf_counter() - started < 0.1
    assert len(ranking.suggestions) == 5


def test_both_languages_of_the_encoder_are_read() -> None:
    ranking = recommend_topics(ask_topics(a_need("голос дрожит на сцене", language=RU), language=RU), SPACE)
    assert ids(ranking)[0] == "present"
    assert frozenset({EN, RU}) == BOTH


def test_a_topic_passed_on_is_named_however_far_below_it_stands() -> None:
    topics = [a_topic(f"t{number:02}", phrases=locals_of(f"words {number}")) for number in range(EXCLUDED_AMONG + 5)]
    ids = [topic.id for topic in topics]
    by_rank = [one.topic_id for one in recommend_topics(ask_topics(), a_space(topics), k=len(ids)).suggestions]
    last, supply = by_rank[-1], dict.fromkeys(by_rank[:-2], 1)
    ranking = recommend_topics(ask_topics(passed={last: NOW}, supply=supply), a_space(topics))
    assert [(gone.candidate_id, gone.rule) for gone in ranking.excluded] == [(last, Rule.PASSED)]
