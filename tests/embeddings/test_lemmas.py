"""Words fold to one form for all their endings, in both languages, whoever asks at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from embeddings import lemmas


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("руководителям", ["руководитель"]),
        ("Мы обсуждали сложные переговоры", ["мы", "обсуждать", "сложный", "переговоры"]),
        ("ещё ёлки, еще елки", ["еще", "елка", "еще", "елка"]),
        ("code-review в C++ и C#", ["cod", "review", "в", "c++", "и", "c#"]),
        ("30 минут", ["30", "минута"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_words_of_a_text(text: str, folded: list[str]) -> None:
    assert lemmas(text) == folded


@pytest.mark.parametrize(
    "forms",
    [
        "manage manages managed managing",
        "review reviews reviewed reviewing",
        "plan plans planned planning",
        "query queries",
        "team team's team’s teams",
        "call calls called calling",
        "feed feeds",
        "process",
        "status",
    ],
)
def test_english_endings_fold_to_one_form(forms: str) -> None:
    assert len(set(lemmas(forms))) == 1


@pytest.mark.parametrize("word", ["bring", "speed", "analysis", "red", "class", "is"])
def test_words_that_only_look_inflected_stay(word: str) -> None:
    assert lemmas(word) == [word]


def test_threads_agree() -> None:
    words = [f"{stem}{ending}" for stem in ("встреч", "задач", "команд") for ending in ("а", "и", "ам", "ами")] * 20
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lemmas, words)) == [lemmas(word) for word in words]
