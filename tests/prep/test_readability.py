"""Reading ease by the published formulas."""

import pytest

from domain.language import Language
from prep.readability import reading_ease


def test_english_counts_words_a_sentence_and_syllables_a_word() -> None:
    assert reading_ease("The cat sat. The dog ran.", Language.EN) == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 1)


def test_a_silent_e_is_no_syllable() -> None:
    assert reading_ease("Make it work.", Language.EN) == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 1)


def test_russian_counts_vowels() -> None:
    assert reading_ease("Мама мыла раму.", Language.RU) == pytest.approx(206.835 - 1.3 * 3 - 60.1 * 2)


def test_no_words_are_no_burden() -> None:
    assert reading_ease("…", Language.RU) == 100.0
