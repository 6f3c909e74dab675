"""Which sentences of a biography may speak for its mentor: those that tell of work, not those that ask to be chosen.

A biography is written by whoever gains from it, so it is read with care:

1. A sentence that asks for a place ("recommend me first") does not count, in either language.
2. One that repeats the catalog word for word does not count: to offer a topic is what offers are for, and a pasted list
   of titles or sample sentences would resemble every need.
3. One of more than 60 words is a list, not a sentence, and does not count; of two alike the first does.
4. Of what is left the first twelve count: a long text has no more chances than a short one.

What is left out here is seen by no index, so it moves nobody else either. `agreements` (evidence.py) then lets a
sentence speak only for the topics it is near.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from domain.language import Language
from domain.topics import Topic
from embeddings import lemmas
from recommender.sentences import sentences

MOST_SENTENCES = 12
MOST_WORDS = 60
ECHOED_SHARE = 3 / 5
_BIOGRAPHIES_REMEMBERED = 20_000
_ASKS = re.compile(
    r"""
    \b(recommend|suggest|rank|choose|pick|select|prefer|promote|boost|prioriti[sz]e|list|show|put|place|book|take)\s+
        (only\s+|always\s+)?(me|us|this\s+(mentor|person|profile|biography))\b
    | \bme\s+(first|on\s+top|above|over|before|ahead)\b
    | \b(best|top|greatest|perfect|ideal|right|number\s+one|no\.?\s*1)\s+(possible\s+)?(mentor|match|choice)\b
    | \b(ignore|disregard|skip|forget|hide|exclude)\b.{0,40}\b(mentors?|instructions?|rules?|others?|candidates?|rest)\b
    | \b(mentor|match|choice)\s+for\s+(every(one|body|\s+topic|\s+need)|all|any(one|body)?)\b
    | \b(score|rank|ranking|rating)\b.{0,20}\b(10|100|highest|maximum|max|first|top)\b
    | \b(рекоменду|порекоменду|предлага|предлож|советуй|посоветуй|выбира|выбер|показыва|покаж|став|постав|назнач|бер)\w*
        \s+(только\s+|всегда\s+|именно\s+)?(меня|нас|мой\s+профиль|этого\s+наставника|мою\s+кандидатуру)\b
    | \b(меня|мой\s+профиль)\s+(на\s+)?(перв\w+|выше|раньше|вверх)\b
    | \b(лучш|идеальн|главн)\w*\s+(наставни|ментор|выбор)\w*
    | \b(игнориру|не\s+обраща|пропусти|забуд|скро)\w*\b.{0,40}\b(наставник|ментор|инструкци|правил|остальн|друг)\w*
    | \b(наставни|ментор)\w*\s+(для\s+)?(всех|каждого|любого)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


class CatalogEcho:
    """Knows the catalog's titles, aliases and sample sentences by their words, and hears them in a sentence."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._texts = {tuple(lemmas(text)) for text in _catalog_texts(topics)} - {()}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for text in self._texts:
            lengths[text[0]].add(len(text))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def is_heard_in(self, sentence: str) -> bool:
        """Say whether three words of five or more stand there as whole texts of the catalog."""
        said = lemmas(sentence)
        repeated = place = 0
        while place < len(said):
            length = self._length_at(said, place)
            repeated += length
            place += max(length, 1)
        return bool(said) and repeated >= ECHOED_SHARE * len(said)

    def _length_at(self, said: list[str], place: int) -> int:
        """Return how many words the longest text of the catalog has that begins here, 0 for none."""
        lengths = self._lengths.get(said[place], ())
        return next((length for length in lengths if tuple(said[place : place + length]) in self._texts), 0)


@lru_cache(maxsize=_BIOGRAPHIES_REMEMBERED)
def telling_sentences(biography: str, echo: CatalogEcho | None = None) -> tuple[str, ...]:
    """Return the sentences that may speak for the mentor, in their order."""
    kept = [
        sentence
        for sentence in dict.fromkeys(sentences(biography))
        if not asks_for_a_place(sentence)
        and len(sentence.split()) <= MOST_WORDS
        and not (echo and echo.is_heard_in(sentence))
    ]
    return tuple(kept[:MOST_SENTENCES])


def asks_for_a_place(sentence: str) -> bool:
    """Say whether a sentence speaks to whoever ranks instead of telling of the mentor's work."""
    return _ASKS.search(sentence) is not None


def _catalog_texts(topics: Iterable[Topic]) -> Iterator[str]:
    for topic in topics:
        for language in Language:
            yield from (topic.title.get(language), *topic.aliases.get(language), *topic.phrases.get(language))
