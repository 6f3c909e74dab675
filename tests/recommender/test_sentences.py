"""A text is read sentence by sentence."""

from recommender.sentences import sentences


def test_sentences_and_lines_are_apart() -> None:
    biography = "I led three teams. Why did it work? We talked!\n• Ask me about 1:1s; or code review…\n---\n2019."
    assert sentences(biography) == [
        "I led three teams.", "Why did it work?", "We talked!", "Ask me about 1:1s", "or code review…",
    ]  # fmt: skip


def test_no_words_no_sentences() -> None:
    assert sentences(" \n 123. ") == []
