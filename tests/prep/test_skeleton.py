"""Minutes and numbers of questions by stage: the table, exact sums, half a minute each in a group's rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Format
from domain.topics import Stage
from prep.skeleton import question_limits, split_minutes, split_questions

LENGTHS = (15, 20, 25, 30)


@pytest.mark.parametrize(
    ("minutes", "parts"), [(15, [2, 5, 5, 3]), (20, [3, 6, 7, 4]), (25, [3, 8, 9, 5]), (30, [4, 10, 10, 6])]
)
@pytest.mark.parametrize("format", [Format.ONE_TO_ONE, Format.CHAT])
def test_minutes_follow_the_table(minutes: int, parts: list[int], format: Format) -> None:
    assert list(split_minutes(minutes, format).values()) == parts


@given(st.sampled_from(LENGTHS), st.integers(3, 8))
def test_a_groups_minutes_sum_exactly_and_give_everybody_half_a_minute(minutes: int, people: int) -> None:
    parts = split_minutes(minutes, Format.GROUP, people)
    assert list(parts) == list(Stage)
    assert sum(parts.values()) == minutes
    assert parts[Stage.GOAL] >= people / 2
    assert parts[Stage.WILL] >= people / 2
    assert parts[Stage.REALITY] + parts[Stage.OPTIONS] >= 0.45 * minutes


def test_eight_people_in_a_quarter_of_an_hour_get_four_minutes_at_each_end() -> None:
    assert list(split_minutes(15, Format.GROUP, 8).values()) == [4, 3, 4, 4]


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("format", list(Format))
@pytest.mark.parametrize("has_carry_over", [False, True])
def test_the_number_of_questions_is_within_its_limits(minutes: int, format: Format, has_carry_over: bool) -> None:
    low, high = question_limits(minutes, format)
    assert low <= sum(split_questions(minutes, format, has_carry_over).values()) <= high


def test_a_chat_asks_two_fewer_at_both_ends_of_the_limits() -> None:
    assert question_limits(30, Format.CHAT) == (3, 6)
    assert question_limits(30, Format.GROUP) == (5, 8)


def test_what_is_left_from_last_time_gives_the_opening_a_second_question() -> None:
    assert split_questions(20, Format.ONE_TO_ONE, has_carry_over=True)[Stage.GOAL] == 2
    assert split_questions(20, Format.ONE_TO_ONE)[Stage.GOAL] == 1
