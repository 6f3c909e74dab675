"""What speaks for a mentor: sentences of the biography, one by one, so that no sentence can lift another."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\n\r;•]+")


def biography_sentences(biography: str) -> list[str]:
    """Return the sentences in order, without those that hold no letter; a need is compared with each of them.

    >>> biography_sentences("I led three teams. Ask me about delegation!")
    ['I led three teams.', 'Ask me about delegation!']
    """
    sentences = (sentence.strip() for sentence in _SENTENCE_END.split(biography))
    return [sentence for sentence in sentences if any(character.isalpha() for character in sentence)]
