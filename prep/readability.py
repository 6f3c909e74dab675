"""How easily a text reads: Flesch's reading ease in English, its Russian form in Russian."""

import re

from domain.language import Language

_VOWELS = {Language.EN: re.compile("[aeiouy]+", re.I), Language.RU: re.compile("[аеёиоуыэюя]", re.I)}


def reading_ease(text: str, language: Language) -> float:
    """Return the reading ease, about 0 (hard) to 100 (easy); 100 for a text without words.

    English: 206.835 - 1.015 words per sentence - 84.6 syllables per word; Russian: 206.835 - 1.3 and 60.1.
    Source: R. Flesch, A new readability yardstick, J. Appl. Psychol. 32(3), 1948; I. V. Oborneva, Automated estimation
    of the complexity of educational texts (in Russian), 2006.
    """
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    if not words:
        return 100.0
    sentences = max(1, len(re.findall(r"[.!?…]+(?=\s|$|[»”])", text)))
    syllables = sum(_syllables(word, language) for word in words)
    by_length, by_syllables = (1.3, 60.1) if language is Language.RU else (1.015, 84.6)
    return 206.835 - by_length * len(words) / sentences - by_syllables * syllables / len(words)


def _syllables(word: str, language: Language) -> int:
    count = len(_VOWELS[language].findall(word))
    if language is Language.EN and re.search("[^aeiouyl]e$", word, re.I) and count > 1:
        count -= 1
    return max(1, count)
