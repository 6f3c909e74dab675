"""A question is repeated word for word or nearly so; about the same quotation two different things may be asked."""

import pytest

from prep.repeats import is_contained, is_repeated


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Which task will you hand over?", "which task will you hand over"),
        ("Which task of the team will you hand over first?", "Which tasks of the team will you first hand over?"),
        ("Какую задачу команды вы передадите первой?", "Какие задачи команды вы передадите первыми?"),
    ],
)
def test_other_endings_make_no_other_question(text: str, asked: str) -> None:
    assert is_repeated(text, [asked])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Which task will you hand over?", "Who would grow by this task?"),
        (
            "Which part of “Ward handovers that overrun every night” already goes well for you?",
            "Where does “Ward handovers that overrun every night” take most of your energy?",
        ),
        (
            "Вы написали: «Всё делаю за всех сам». Что пробовали?",
            "Вы написали: «Всё делаю за всех сам». С чего начнём?",
        ),
    ],
)
def test_another_question_about_the_same_words_is_another_question(text: str, asked: str) -> None:
    assert not is_repeated(text, [asked])


def test_a_step_is_contained_in_the_same_step_with_its_deadline() -> None:
    step = "Составьте список всего, чего вы ждёте, от кого и к какому дню."
    assert is_contained(step, "В течение недели составьте список всего, чего вы ждёте, от кого и к какому дню.")
    assert not is_contained(step, "В течение недели передайте одну задачу.")
    assert not is_contained(step, "")
