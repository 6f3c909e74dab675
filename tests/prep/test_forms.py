"""Open, not leading, one at a time, short: in both languages."""

import pytest

from domain.language import Language
from prep.forms import is_leading, is_open, is_short, is_stacked


@pytest.mark.parametrize(
    "text",
    [
        "What have you tried?",
        "To whom would you give it?",
        "You wrote: “Is it me?”. What would help?",
        "When a director interrupts, what happens to you?",
        "С какой части начнём?",
        "Вы написали: «Разве так можно?». Что должно проясниться?",
        "Кому вы скажете «нет» на этой неделе?",
    ],
)
def test_these_are_open(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize(
    "text", ["Do you know what to do?", "Is that how it is?", "Знаете ли вы, что делать?", "Готовы начать?"]
)
def test_these_are_closed(text: str) -> None:
    assert not is_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "Don't you think so?",
        "Why don't you ask?",
        "Have you considered a break?",
        "Не лучше ли подождать?",
        "Почему бы не спросить?",
    ],
)
def test_these_lead(text: str) -> None:
    assert is_leading(text)


@pytest.mark.parametrize("text", ["What will you say to somebody who thinks so?", "Что мешает попросить?"])
def test_these_do_not_lead(text: str) -> None:
    assert not is_leading(text)


@pytest.mark.parametrize(
    "text",
    [
        "What is it? Who knows?",
        "What is hard and why is that?",
        "Что мешает и как это обойти?",
        "Кто знает? Что делать?",
    ],
)
def test_these_ask_twice(text: str) -> None:
    assert is_stacked(text)


@pytest.mark.parametrize(
    "text",
    [
        "What do you do when it happens?",
        "Who decides what goes first?",
        "Что вы делаете, когда приходит задача?",
        "“Why?” What would you say?",
    ],
)
def test_these_ask_once(text: str) -> None:
    assert not is_stacked(text)


def test_what_is_quoted_does_not_count_as_asked_words() -> None:
    text = "You wrote: “" + "word " * 30 + "”. What would help?"
    assert is_short(text, Language.EN)
    assert not is_short("What " + "word " * 25 + "helps?", Language.EN)
    assert not is_short("Что " + "слово " * 22 + "?", Language.RU)
