"""Short clauses of a person's own words, fit to stand in quotation marks; and how to tell quoted from unquoted text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from prep.content import content_lemmas
from prep.patterns import LEAK, MARKUP, TABOO, reads_like_instruction

MAX_QUOTED_WORDS = 12
_MIN_WORDS = 3
_GAP = "\ue000"  # stands for a name while clauses are cut; private use, so no text holds it
_TELLING = 3  # content words that make a clause worth quoting
_SENTENCE = re.compile(r"([.!?…;\n]+(?=\s|$)|[()])")
_BREAK = re.compile(r",\s|:\s|\s[—–-]\s|\s(?=(?:and|but|so|because|и|а|но|потому что|чтобы)\s)", re.I)
_MARKS = re.compile(r"""[«»“”„"]|(?<!\w)['’‘]|['’](?!\w)""")
_QUOTED = re.compile('«[^«»]*»|“[^“”]*”|„[^„”“]*[”“]|"[^"]*"')
_LOOSE_START = re.compile(
    r"^(?:(?:and|but|so|because|then|also|plus|or|well|basically|mostly|honestly|actually"
    r"|а|и|но|или|зато|поэтому|потому что|так что|ещё|еще|ну|вот|короче|в общем|вообще-то)\b[\s,]*)+",
    re.I,
)
_DEPENDENT = re.compile(
    r"^(?:who|which|that|what|whose|when|where|if|than|as|котор\w+|что|чтобы|чем|где|когда|если|хотя|как|кто|чего"
    r"|куда|пока)\b",
    re.I,
)
_ASKING = re.compile(
    r"^(?:(?:at|in|by|to|on|from|with|в|на|с|из|до|о|об|к) )?"
    r"(?:how|what|which|who|when|where|why|should|can|is it|как|какой|какая|какие|каким|какую|кто|кому|почему"
    r"|зачем|сколько|что(?= \w+т[ьи]\b)|стоит ли|можно ли)\b",
    re.I,
)
_WISH = re.compile(
    r"\bi(?:'d| would)? (?:want|wish|hope|need|like|love)\b|\bwould (?:like|love|value)\b"
    r"|\b(?:looking for|want to|need to)\b"
    r"|\b(?:хочу|хочется|хотел\w* бы|нуж(?:ен|н\w+)|надо|мечтаю|ищу)\b",
    re.I,
)
_STRUGGLE = re.compile(
    r"n't\b|\b(?:cannot|never|nobody|no one|still|afraid|hate|stuck|fail\w*|struggl\w+|lost|hard|difficult)\b"
    r"|\b(?:не|ни|никак|никто|боюсь|устал\w*|трудно|сложно|страшно|нельзя|до сих пор)\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:i|we|you|he|she|they|it|nobody|everybody|everyone|people|there|who|is|are|was|were|am|be|has|have|had|do|does|did"
    r"|can|could|will|would|should|must|may|need|wants?|gets?|got|goes?|went|makes?|feels?)\b|\b[a-z]{3,}(?:ed|ing)\b"
    r"|\b[а-яё]{2,}(?:ю|ешь|ет|ёт|ём|ете|ут|ют|ишь|ит|ите|ат|ят|ла|ло|ли|ал|ял|ел|ил|ул|ть|ти|чь)(?:ся|сь)?\b"
    r"|\b(?:нет|есть|нужн\w+|надо|можно|нельзя|страшно|трудно|сложно)\b",
    re.I,
)
_LOOSE_END = re.compile(
    r"[\s,:—–-]+(?:a|an|the|to|of|in|on|at|for|with|and|or|but|that|which|who|my|our|is|are|from|by|as|и|а|но|или"
    r"|в|во|на|с|со|к|о|об|от|до|"
    r"из|за|у|по|для|без|не|что|чтобы|как|мой|моя|свой|который\w*|при|про|над|под)$",
    re.I,
)


def quotable_clauses(
    text: str,
    towards: frozenset[str],
    placeholders: Iterable[str] = (),
    min_words: int = _MIN_WORDS,
    is_telling: bool = True,
) -> list[str]:
    """Return clauses of 3-12 words of the text that read on their own, the one closest to `towards` first.

    Clauses with instructions, taboo matters, markup or a third script are left out; a placeholder becomes an ellipsis.

    Parameters
    ----------
    towards
        Content lemmas of the topic: a clause that shares them is preferred.
    placeholders
        Role words that stand for names; in Russian they would be in the wrong case.
    is_telling
        Whether a clause must hold a word that carries meaning.
    """
    for word in placeholders:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", _GAP, text)
    parts = [*_SENTENCE.split(text), ""]
    found = [_of_sentence(parts[at], "?" in parts[at + 1], towards) for at in range(0, len(parts) - 1, 2)]
    clauses = [_without_gaps(clause) for clause in dict.fromkeys(found)]
    fit = [
        clause
        for clause in clauses
        if min_words <= len(clause.split()) and is_showable(clause) and (content_lemmas(clause) or not is_telling)
    ]
    best, *others = sorted(fit, key=lambda clause: -_fitness(clause, towards)) or [""]
    return [best, *(clause for clause in others if _adds(clause, towards))] if best else []


def is_wish(clause: str) -> bool:
    """Whether a quoted clause says what somebody wants, not what is."""
    return bool(_WISH.search(clause))


def is_question(clause: str) -> bool:
    """Whether a quoted clause asks something, its question mark gone."""
    return bool(_ASKING.search(clause))


def quoted_parts(text: str) -> list[str]:
    """Return what stands in quotation marks of either language, without the marks."""
    return [part[1:-1] for part in _QUOTED.findall(text)]


def without_quotes(text: str, sources: Iterable[str] | None = None) -> str:
    """Return the text with its quotations cut out; with `sources`, only those that really stand in one of them."""
    known = None if sources is None else " \n ".join(plain_words(source) for source in sources)

    def cut(match: re.Match[str]) -> str:
        pieces = match.group()[1:-1].split("…")
        return " … " if known is None or all(plain_words(piece) in known for piece in pieces) else match.group()

    return _QUOTED.sub(cut, text)


def quoted_free(text: str) -> str:
    """Return the text without quotation marks, fit to stand inside a pair of them."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=4_000)
def plain_words(text: str) -> str:
    """Return the words of a text, lowercase, single-spaced, ё as е: what a quotation is compared by."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def _of_sentence(sentence: str, is_asked: bool, towards: frozenset[str]) -> str:
    """Return what to quote of a sentence: the whole, its beginning, or a later clause that says more."""
    whole = _trim(sentence)
    if len(whole.split()) <= MAX_QUOTED_WORDS:
        return whole
    later = (_trim(part) for part in _BREAK.split(sentence)[1:])
    candidates = [_beginning(whole), *(part for part in later if _is_whole(part, is_asked))]
    return max(candidates, key=lambda part: _fitness(part, towards))


def _trim(clause: str) -> str:
    clause = re.sub(r"\s[-–]\s", " — ", _MARKS.sub("", clause)).strip(" ,.;:!?…—–-'’\t/\\|*_")
    return _LOOSE_START.sub("", clause)


def _is_whole(clause: str, is_asked: bool = False) -> bool:
    stands_alone = not _DEPENDENT.search(clause) or (is_asked and is_question(clause))
    return _MIN_WORDS < len(clause.split()) <= MAX_QUOTED_WORDS and stands_alone


def _beginning(clause: str) -> str:
    """Return the longest run of whole clauses from the start that is short enough, else the first words."""
    cuts = [match.start() for match in _BREAK.finditer(clause)]
    heads = [clause[:cut] for cut in cuts if _MIN_WORDS < len(clause[:cut].split()) <= MAX_QUOTED_WORDS]
    head = heads[-1] if heads else " ".join(clause.split()[: MAX_QUOTED_WORDS - 1])
    while (shorter := _LOOSE_END.sub("", head)) != head:
        head = shorter
    return head.rstrip(" ,:;—–-") + "…"


def _without_gaps(clause: str) -> str:
    inner = re.sub(rf"(?:{_GAP}\s*)+", "… ", clause)
    return inner.strip(" ,…") + ("…" if clause.endswith("…") else "")


def is_showable(text: str) -> bool:
    """Whether a text may stand in an agenda at all, were it in quotation marks."""
    if has_third_script(text) or reads_like_instruction(text):
        return False
    return not any(pattern.search(text) for pattern in (TABOO, LEAK, *MARKUP))


def _adds(clause: str, towards: frozenset[str]) -> bool:
    """Whether a further clause of the same person is worth quoting beside the best one."""
    content = content_lemmas(clause)
    is_near = bool(content & towards) or is_wish(clause) or bool(_STRUGGLE.search(clause))
    return len(content) >= _TELLING or (len(content) == _TELLING - 1 and is_near)


def _fitness(clause: str, towards: frozenset[str]) -> float:
    """Return how much a clause tells: of the topic, of a deed, a wish or a struggle; fragments tell less."""
    content = content_lemmas(clause)
    shared = min(3, len(content & towards))
    is_brief = len(clause.split()) <= _MIN_WORDS
    is_dependent = bool(_DEPENDENT.search(clause)) and not is_question(clause)
    felt = is_wish(clause) or bool(_STRUGGLE.search(clause))
    telling = 2 * shared + 0.5 * min(4, len(content)) + 1.5 * bool(_VERB.search(clause)) + 1.5 * felt
    return telling - 3 * (not content) - 2 * is_brief - 2 * is_dependent - ("…" in clause)


def has_third_script(text: str) -> bool:
    """Whether a letter is neither Latin, Cyrillic nor a Greek one as used in formulas."""
    return any(
        character.isalpha()
        and not unicodedata.name(character, "").startswith(
            ("LATIN", "CYRILLIC", "GREEK SMALL", "MICRO", "FEMININE ORD", "MASCULINE ORD")
        )
        for character in text
        if character > "\u007f"
    )
