"""The form of a question: open, not leading, one at a time, short."""

import re

from domain.language import Language
from prep.quotes import without_quotes

LONGEST_QUESTION = {Language.EN: 25, Language.RU: 22}
"""Words of the asking sentence that a listener still holds."""

_OPEN = re.compile(
    r"\b(?:what|how|which|who|whom|whose|when|where|why)\b|\b(?:tell|describe|walk)\s+(?:me|us)\b"
    r"|\b(?:что|чего|чему|чем|чём|как|како\w+|каки\w+|кака\w+|каку\w+|кто|кого|кому|кем|ком|когда|где|куда|откуда"
    r"|почему|зачем|сколько|скольк\w+"
    r"|чей|чья|чьё|чьи|чьих|чьим|чьей|чью|насколько|отчего|котор\w+)\b",
    re.I,
)
_CLOSED_START = re.compile(
    r"^(?:do|does|did|is|are|was|were|am|can|could|will|would|should|have|has|had|may|might|shall|isn't|aren't"
    r"|don't|doesn't|didn't|won't|can't)\b",
    re.I,
)
_LI = re.compile(r"\b(?:ли|разве|неужели)\b", re.I)
_LEADING = re.compile(
    r"\b(?:don't you|doesn't it|isn't it|wouldn't (?:it|you)|shouldn't you|couldn't you|aren't you|won't you"
    r"|have you (?:considered|thought about|thought of|tried)"
    r"|why (?:don't|didn't|haven't) you|surely|obviously|of course|right\?|you (?:should|must)|(?:do"
    r"|would) you agree|agree that)\b"
    r"|\b(?:разве|неужели|не думаете|не кажется|не лучше|не стоит|не пора|(?:вы|а) не пробовали|почему бы|почему вы не"
    r"|вы же|ведь вы|согласны|конечно|правда\?|верно\?|вам следует)\b",
    re.I,
)
_STACKED = re.compile(
    r"\?.*\?|\b(?:and|or)\s+(?:what|how|which|who|when|where|why|on which|by when)\b"
    r"|\b(?:и|или|а)\s+(?:что|как|какой|какая|какие|какое|кто|кому|когда|где|почему|зачем|сколько|в какой)\b.*\?",
    re.I,
)


def asking_sentence(text: str) -> str:
    """Return the sentence that asks, quotations cut out."""
    bare = without_quotes(text).replace("…", "")
    parts = re.split(r"(?<=[.!…])\s+", bare.strip())
    return next((part for part in parts if "?" in part), parts[-1])


def is_open(text: str) -> bool:
    """Whether the question cannot be answered by yes or no."""
    sentence = asking_sentence(text)
    return bool(_OPEN.search(sentence)) and not _CLOSED_START.search(sentence) and not _LI.search(sentence)


def is_leading(text: str) -> bool:
    """Whether the question carries its answer."""
    return bool(_LEADING.search(without_quotes(text)))


def is_stacked(text: str) -> bool:
    """Whether several questions are asked as one."""
    bare = without_quotes(text)
    if bare.count("?") > 1:
        return True
    start = _OPEN.search(asking_sentence(text))
    return bool(start and _STACKED.search(asking_sentence(text)[start.end() :]))


def is_well_formed(text: str, language: Language) -> bool:
    """Whether the question carries no answer, asks one thing and is short."""
    return not is_leading(text) and not is_stacked(text) and is_short(text, language)


def is_short(text: str, language: Language) -> bool:
    """Whether the asking sentence, without what it quotes, is short enough to be held in mind."""
    return len(asking_sentence(text).split()) <= LONGEST_QUESTION[language]
