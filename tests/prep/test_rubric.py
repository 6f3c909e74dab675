"""The rubric likes good agendas and rejects degraded ones, each for the reason meant."""

from dataclasses import replace

import pytest

from domain.agendas import Line, Question
from domain.people import Format
from prep import Criterion, Gate, judge_agenda
from tests.prep.agendas import DELEGATING, GOOD, GROUP_MEETINGS, RUSSIAN_QUERIES
from tests.prep.degraded import DEGRADED, ungrounded, with_minutes


@pytest.mark.parametrize("name", GOOD)
def test_good_agendas_of_people_score_97_or_more(name: str) -> None:
    agenda, people = GOOD[name]
    verdict = judge_agenda(agenda, people=people)
    assert verdict.passes
    assert verdict.score >= 97


def test_there_are_six_good_agendas_and_more_than_twenty_degraded_ones() -> None:
    assert len(GOOD) == 6
    assert len(DEGRADED) >= 20
    assert {reason for _, reason in DEGRADED.values()} >= set(Gate) - {Gate.SCHEMA, Gate.SIZE}


@pytest.mark.parametrize("name", DEGRADED)
def test_a_degraded_agenda_is_rejected_for_the_reason_meant(name: str) -> None:
    agenda, reason = DEGRADED[name]
    people = next(people for good, people in GOOD.values() if good.title == agenda.title)
    verdict = judge_agenda(agenda, people=people)
    gates = {violation.gate for violation in verdict.violations}
    assert not verdict.passes
    if isinstance(reason, Gate):
        assert (gates, verdict.below_floor) == ({reason}, ())
    else:
        assert reason in verdict.below_floor
        assert gates <= {Gate.UNCITED}


def test_a_good_sum_is_no_pass_without_grounding() -> None:
    verdict = judge_agenda(ungrounded(DELEGATING))
    assert verdict.score >= 80
    assert verdict.below_floor == (Criterion.GROUND,)


def test_a_generic_agenda_scores_about_67() -> None:
    generic = replace(
        ungrounded(DELEGATING),
        outcome=Line("Get to know each other better.", ()),
        next_step=Line("Keep in touch.", ()),
        segments=(*with_minutes(ungrounded(DELEGATING), 8, 3, 5, 4).segments,),
    )
    assert 45 <= judge_agenda(generic).score <= 70


def test_asking_last_times_questions_again_is_rejected() -> None:
    asked = [question.text for question in DELEGATING.questions]
    assert Criterion.NOVELTY in judge_agenda(DELEGATING, last_questions=asked).below_floor
    assert judge_agenda(DELEGATING, last_questions=asked).parts[Criterion.NOVELTY] == 0


def test_copied_words_cost_points_and_quoted_ones_do_not() -> None:
    copied = replace(
        DELEGATING, outcome=Line("By the end you still fix every dashboard myself, and have a plan for it.", (1,))
    )
    quoted = replace(
        DELEGATING, outcome=Line("By the end you have a plan for “still fix every dashboard myself”.", (1,))
    )
    lines = 1 + 4 + 6 + 1
    assert judge_agenda(copied).parts[Criterion.SYNTH] == pytest.approx((lines - 1) / lines)
    assert judge_agenda(quoted).parts[Criterion.SYNTH] == 1


@pytest.mark.parametrize(("count", "part"), [(4, 1.0), (3, 0.6), (2, 0.2)])
def test_each_question_off_the_limits_costs_two_fifths(count: int, part: float) -> None:
    kept = DELEGATING.questions[:count]
    segments = tuple(
        replace(segment, questions=tuple(question for question in segment.questions if question in kept))
        for segment in DELEGATING.segments
    )
    assert judge_agenda(replace(DELEGATING, segments=segments)).parts[Criterion.COUNT] == pytest.approx(part)


def test_a_group_without_half_a_minute_each_does_not_fit() -> None:
    assert judge_agenda(GROUP_MEETINGS, people=6).parts[Criterion.FIT] == 1
    assert judge_agenda(GROUP_MEETINGS, people=7).parts[Criterion.FIT] == 0.5


def test_a_long_chat_message_does_not_fit() -> None:
    chat = replace(DELEGATING, format=Format.CHAT)
    lengthy = replace(chat, next_step=Line("By Friday " + "x" * 200, (1,)))
    messages = 1 + 1 + 8 + 6 + 1
    assert judge_agenda(lengthy).parts[Criterion.FIT] == pytest.approx((messages - 1) / messages)


def test_a_citation_that_shares_nothing_is_no_ground() -> None:
    segments = tuple(
        replace(segment, questions=tuple(Question(q.text, q.stage, (2,)) for q in segment.questions))
        for segment in RUSSIAN_QUERIES.segments
    )
    verdict = judge_agenda(replace(RUSSIAN_QUERIES, segments=segments))
    assert verdict.parts[Criterion.GROUND] == pytest.approx(2 / 4 / 0.6)


def test_one_gate_rejects_the_best_of_agendas() -> None:
    verdict = judge_agenda(replace(DELEGATING, next_step=replace(DELEGATING.next_step, citations=(1, 99))))
    assert verdict.score >= 97
    assert verdict.below_floor == ()
    assert not verdict.passes


def test_a_large_groups_rounds_may_take_more_than_a_quarter_of_the_time() -> None:
    short = replace(with_minutes(GROUP_MEETINGS, 4, 3, 4, 4), minutes=15)
    assert judge_agenda(short, people=8).parts[Criterion.TIME] == 1
    assert judge_agenda(short, people=4).parts[Criterion.TIME] == 0.75
