"""Words of a text with their endings folded, for counting and comparing words in both languages."""

import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:\+\+|#)?")
_CYRILLIC = re.compile(r"[а-яё]")
_VOWEL = re.compile(r"[aeiouy]")
_one_at_a_time = Lock()


def lemmas(text: str) -> list[str]:
    """Return the words of a text in order, lowercase, each folded to one form for all its endings.

    Russian words become their dictionary form with ё written as е; English ones lose plural s, -ed, -ing and a final e
    (the outcome is a key to compare by, not always a word); digits and names such as c++ and c# stay.

    >>> lemmas("Reviewing reviews of C# code; сложные разговоры с ёжиками")
    ['review', 'review', 'of', 'c#', 'cod', 'сложный', 'разговор', 'с', 'ежик']
    """
    return [lemma(word) for word in words(text)]


def words(text: str) -> list[str]:
    """Return the words of a text in order, lowercase, with their endings.

    >>> words("C++ and Don't")
    ['c++', 'and', "don't"]
    """
    return _TOKEN.findall(text.casefold())


def spans(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text, lowercase, each with the places where it starts and stops.

    >>> spans("C++ and Don't")
    [('c++', 0, 3), ('and', 4, 7), ("don't", 8, 13)]
    """
    return [(found.group().casefold(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


@lru_cache(maxsize=100_000)
def lemma(token: str) -> str:
    """Return the form that one word of `words` has in `lemmas`."""
    if _CYRILLIC.search(token):
        with _one_at_a_time:
            return str(_russian().parse(token)[0].normal_form).replace("ё", "е")
    return _english(token)


@lru_cache(maxsize=1)
def _russian() -> "MorphAnalyzer":
    # Loading the dictionary takes 0.2 s and 15 MB: only where a Russian word is met.
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def _english(token: str) -> str:
    """Return the token without what stands after an apostrophe, plural s, -ed or -ing, and final e.

    Plurals as in the S-stemmer; -ed and -ing go where a vowel stays, then a doubled consonant becomes one.
    Source: D. Harman, How effective is suffixing?, JASIS 42(1), 1991; M. Porter, An algorithm for suffix stripping,
    Program 14(3), 1980, step 1b.
    """
    word = _without_plural(re.split(r"['’]", token)[0])
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and _VOWEL.search(stem) and not word.endswith("eed"):
            word = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _without_plural(word: str) -> str:
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("us", "ss", "is")):
        return word[:-1]
    return word
