"""What a topic of the starter catalog must hold; each rule gives the places that break it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from domain.language import Language, LocalTexts
from domain.topics import Stage, Topic
from embeddings import lemmas

LEAST_PHRASES, LEAST_QUESTIONS, NEXT_STEPS = 8, 6, 2
ALIASES = range(3, 9)
LIKENESS = 0.6  # share of all their lemmas that two sentences of a topic may have in common
MOST_WITH_ONE_BEGINNING = 4  # of the sentences of a topic, with the same two first words
LONGEST_TITLE, LONGEST_SUMMARY_WORDS = 60, 32
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)

# what the catalog does not say, by language: spellings of a term that it writes another way, and officialese
NEVER = {
    Language.EN: re.compile(
        r"\b(?:1:1s?|one on ones?|codereview|AB[- ]tests?|pull[- ]requests? review|e-mails?|organiz\w+|prioritiz\w+"
        r"|behavior\w*|utili[sz]e\w*|leverage\w*|synerg\w+|deep dive)\b",
        re.IGNORECASE,
    ),
    Language.RU: re.compile(
        r"\b(?:данн(?:ый|ая|ое|ого|ой|ому)|осуществ\w+|явля[ею]т\w*|ментор\w*|фидбэк\w*|оффлайн\w*|ньюанс\w*"
        r"|посредством|вышеуказанн\w+)\b",
        re.IGNORECASE,
    ),
}
TO_THE_READER = re.compile(r"\b(?:ты|тебя|тебе|тобой|твой|твоя|твоё|твои|твоих|твоего)\b", re.IGNORECASE)


def incomplete(topic: Topic) -> Iterator[str]:
    """Yield what is missing or too much, by language."""
    for language in Language:
        counts = {
            "phrases": len(topic.phrases.get(language)) >= LEAST_PHRASES,
            "aliases": len(topic.aliases.get(language)) in ALIASES,
            "questions": len(questions(topic, language)) >= LEAST_QUESTIONS,
            "a stage": all(topic.questions.get(stage, LocalTexts()).get(language) for stage in Stage),
            "next steps": len(topic.next_steps.get(language)) == NEXT_STEPS,
            "out of scope": bool(topic.out_of_scope.get(language)),
            "a short title": 0 < len(topic.title.get(language)) <= LONGEST_TITLE,
            "a short summary": 0 < len(topic.summary.get(language).split()) <= LONGEST_SUMMARY_WORDS,
        }
        yield from (f"{topic.id} {language}: {what}" for what, holds in counts.items() if not holds)
    if not topic.skill_ids or not topic.related_ids or not topic.formats or topic.id in topic.related_ids:
        yield f"{topic.id}: skills, related topics (not itself), formats"


def in_the_wrong_language(topic: Topic) -> Iterator[str]:
    """Yield English texts with Cyrillic letters, and Russian sentences without any."""
    yield from (f"{topic.id}: {text}" for text in texts(topic, Language.EN) if CYRILLIC.search(text))
    sentences = (text for text in texts(topic, Language.RU) if text not in topic.aliases.ru)
    yield from (f"{topic.id}: {text}" for text in sentences if not CYRILLIC.search(text))


def alike(topic: Topic) -> Iterator[str]:
    """Yield pairs of sentences that say nearly the same words, and beginnings that come again and again."""
    for language in Language:
        phrases = topic.phrases.get(language)
        words = [frozenset(lemmas(phrase)) for phrase in phrases]
        for place, one in enumerate(words):
            for other in range(place):
                if len(one & words[other]) > LIKENESS * len(one | words[other]):
                    yield f"{topic.id}: “{phrases[other]}” ~ “{phrases[place]}”"
        beginnings = Counter(" ".join(phrase.casefold().split()[:2]) for phrase in phrases)
        often = (start for start, count in beginnings.items() if count > MOST_WITH_ONE_BEGINNING)
        yield from (f"{topic.id} {language}: “{start} …”" for start in often)


def badly_worded(topic: Topic) -> Iterator[str]:
    """Yield our own texts (not the sentences of people) with a word that the catalog does not use."""
    for language in Language:
        for text in own_texts(topic, language):
            found = NEVER[language].search(text) or (language is Language.RU and TO_THE_READER.search(text))
            if found:
                yield f"{topic.id}: “{found.group()}” in “{text}”"


def badly_asked(topic: Topic) -> Iterator[str]:
    """Yield questions that are none, are two, or are too long to be heard."""
    for language in Language:
        for text in questions(topic, language):
            if text.count("?") != 1 or not text.endswith("?") or len(text.split()) > 25:
                yield f"{topic.id}: {text}"


def questions(topic: Topic, language: Language) -> list[str]:
    """Return all focus questions in the order of the stages."""
    asked = (topic.questions[stage] for stage in Stage if stage in topic.questions)
    return list(chain.from_iterable(texts.get(language) for texts in asked))


def own_texts(topic: Topic, language: Language) -> Sequence[str]:
    """Return what we say ourselves: all but aliases and the sentences of people."""
    single = (topic.title, topic.summary, topic.out_of_scope)
    return [*(text.get(language) for text in single), *questions(topic, language), *topic.next_steps.get(language)]


def texts(topic: Topic, language: Language) -> Sequence[str]:
    """Return every text of the topic in one language."""
    return [*own_texts(topic, language), *topic.aliases.get(language), *topic.phrases.get(language)]
