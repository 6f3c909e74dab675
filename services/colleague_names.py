"""Names of colleagues in what people wrote: found here, so that agendas can put a role word in their place."""

import re
from collections import defaultdict
from collections.abc import Iterable

from store import Store

_SHORTEST = 3
_LONGEST_ENDING = 3  # Russian cases: Петров, Петровой, Петровыми
_WORD_INSIDE = re.compile(r"(?<=[\w,;:—–-] )[A-ZА-ЯЁ][\w’'-]+")
_TWO_WORDS = re.compile(r"[A-ZА-ЯЁ][\w’'-]+ [A-ZА-ЯЁ][\w’'-]+")


def colleagues_named(store: Store, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names, or parts of names, of people of the company that stand in the texts, in order.

    A single part counts where it is capitalised within a sentence: "Mark the date" names nobody. Russian names are
    known in all cases by their stem.
    """
    found = {word for text in texts for word in _capitalised(text)}
    if not found:
        return ()
    by_start: defaultdict[str, set[str]] = defaultdict(set)
    for name in store.people.names():
        for part in name.split():
            if len(part) >= _SHORTEST:
                by_start[part[:_SHORTEST].casefold()].add(part)
    named = {part for word in found for part in by_start[word[:_SHORTEST].casefold()] if is_form_of(word, part)}
    return tuple(sorted(named))


def _capitalised(text: str) -> set[str]:
    return {*_WORD_INSIDE.findall(text), *(word for pair in _TWO_WORDS.findall(text) for word in pair.split())}


def is_form_of(word: str, part: str) -> bool:
    """Whether the word is this part of a name, for Russian ones in any case."""
    if not re.search("[а-яё]", part, re.I):
        return word.casefold().removesuffix("'s").removesuffix("’s") == part.casefold()
    stem = re.sub("[аяйьеоыи]$", "", part.casefold())
    return word.casefold().startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING
