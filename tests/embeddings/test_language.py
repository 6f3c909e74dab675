"""The language of a text goes by its letters; English terms do not make a Russian text English."""

import pytest

from domain.language import Language
from embeddings import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I want calmer on-call nights", Language.EN),
        ("Хочу нормальный code review", Language.RU),
        ("как поднять CI/CD pipeline в GitLab", Language.RU),
        ("Ёлка", Language.RU),
        ("SQL", Language.EN),
        ("The Russian word мост means bridge in my notes", Language.EN),
        ("", Language.EN),
        ("2026: 30 %", Language.EN),
        ("это abcdef", Language.RU),
        ("это abcdefg", Language.EN),
    ],
)
def test_language_by_share_of_letters(text: str, language: Language) -> None:
    assert detect_language(text) is language
