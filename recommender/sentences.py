"""Sentences of a text: each is compared by itself, so that none can lift or water down another."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\n\r;•]+")


def sentences(text: str) -> list[str]:
    """Return the sentences in order, without those that hold no letter.

    >>> sentences("I led three teams. Ask me about delegation!")
    ['I led three teams.', 'Ask me about delegation!']
    """
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if any(character.isalpha() for character in part)]
