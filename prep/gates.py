"""What no agenda may hold, whoever drafted it: each gate names the place, one is enough to reject."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.agendas import Agenda
from domain.characters import INVISIBLE
from domain.language import Language
from embeddings import detect_language, lemmas
from prep.content import content_lemmas
from prep.limits import MAX_QUESTION_WORDS, fits_message
from prep.patterns import LEAK, MARKUP, TABOO
from prep.quotes import has_third_script, plain_words, without_quotes
from prep.repeats import is_repeated
from prep.uncited import find_uncited

MAX_SEGMENTS = 8
MAX_QUESTIONS = 12
MAX_CHARACTERS = 6_000


class Gate(StrEnum):
    """Why a draft is rejected."""

    SCHEMA = "schema"
    MINUTES = "minutes"
    UNKNOWN_FACT = "unknown_fact"
    UNCITED = "uncited"
    LANGUAGE = "language"
    ADDRESS = "address"
    INVISIBLE = "invisible"
    MARKUP = "markup"
    LEAK = "leak"
    TABOO = "taboo"
    INVENTED_NAME = "invented_name"
    INVENTED_FIGURE = "invented_figure"
    LONG_QUESTION = "long_question"
    LONG_MESSAGE = "long_message"
    DUPLICATE = "duplicate"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Violation:
    """One gate that a draft runs into, and where; the place holds no text of the draft."""

    gate: Gate
    place: str


def find_violations(agenda: Agenda, known_text: str = "") -> list[Violation]:
    """Return every gate that the agenda runs into, in the order of the gates; empty when it may be shown.

    Parameters
    ----------
    known_text
        Reviewed text of the topic (`topic_text`): names, figures and terms that stand there are not invented.
    """
    known = "\n".join([*(fact.text for fact in agenda.facts), agenda.title, known_text])
    whole = [Violation(gate, "agenda") for gate, is_broken in _WHOLE if is_broken(agenda)]
    by_text = [
        Violation(gate, place)
        for gate, check in _BY_TEXT
        for place, text in texts_of(agenda)
        if check(text, known, agenda.language)
    ]
    uncited = [Violation(Gate.UNCITED, place) for place in find_uncited(agenda, known_text)]
    return sorted([*whole, *uncited, *by_text], key=lambda violation: list(Gate).index(violation.gate))


def texts_of(agenda: Agenda) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of all that the drafter wrote: title, outcome, segments, next step; not the facts."""
    yield "title", agenda.title
    yield "outcome", agenda.outcome.text
    for number, segment in enumerate(agenda.segments, start=1):
        yield f"segment {number} title", segment.title
        yield f"segment {number} note", segment.note.text
        for place, question in enumerate(segment.questions, start=1):
            yield f"segment {number} question {place}", question.text
    yield "next_step", agenda.next_step.text


def cited_numbers(agenda: Agenda) -> frozenset[int]:
    """Return the numbers of all facts that some line cites."""
    lines = (agenda.outcome, agenda.next_step, *(segment.note for segment in agenda.segments))
    cited = [*(line.citations for line in lines), *(question.citations for question in agenda.questions)]
    return frozenset(number for numbers in cited for number in numbers)


def _is_incomplete(agenda: Agenda) -> bool:
    texts = [text for place, text in texts_of(agenda) if not place.endswith("note")]
    return not agenda.segments or not agenda.questions or not all(text.strip() for text in texts)


def _has_wrong_minutes(agenda: Agenda) -> bool:
    minutes = [segment.minutes for segment in agenda.segments]
    return any(part <= 0 for part in minutes) or abs(sum(minutes) - agenda.minutes) > 1e-9


def _cites_unknown_fact(agenda: Agenda) -> bool:
    known = {fact.number for fact in agenda.facts}
    return not cited_numbers(agenda) <= known


def _has_long_message(agenda: Agenda) -> bool:
    return not all(fits_message(text, agenda.format) for _, text in texts_of(agenda))


def _has_duplicates(agenda: Agenda) -> bool:
    texts = [question.text for question in agenda.questions]
    return any(is_repeated(text, texts[:place]) for place, text in enumerate(texts))


def _is_too_big(agenda: Agenda) -> bool:
    characters = sum(len(text) for _, text in texts_of(agenda))
    return len(agenda.segments) > MAX_SEGMENTS or len(agenda.questions) > MAX_QUESTIONS or characters > MAX_CHARACTERS


def _mixes_address(agenda: Agenda) -> bool:
    """Whether a Russian agenda says «ты» beside «вы»; what stands in quotation marks is another's voice."""
    if agenda.language is not Language.RU:
        return False
    words = {word for _, text in texts_of(agenda) for word in plain_words(without_quotes(text)).split()}
    told = {word for fact in agenda.facts for word in plain_words(fact.text).split()}  # a title may say «когда сидишь»
    is_informal = words & _INFORMAL or any(_INFORMAL_VERB.fullmatch(word) for word in words - told - _NO_VERBS)
    return bool(is_informal and words & _FORMAL)


def _is_wrong_language(text: str, known: str, language: Language) -> bool:
    own = without_quotes(text, [known])
    if has_third_script(text):
        return True
    if language is Language.EN:
        return bool(re.search("[а-яё]", own, re.I))
    return len(re.findall("[a-z]", own, re.I)) > 3 and detect_language(own) is not language


def _has_invisible(text: str, known: str, language: Language) -> bool:
    return bool(INVISIBLE.search(text)) or any(ord(character) < 32 for character in text)


def _has_markup(text: str, known: str, language: Language) -> bool:
    return any(pattern.search(text) for pattern in MARKUP)


def _found_outside(pattern: re.Pattern[str]) -> Callable[[str, str, Language], bool]:
    """Return a check for matches that neither a fact nor the topic holds word for word."""

    def check(text: str, known: str, language: Language) -> bool:
        return any(match.group().casefold() not in known.casefold() for match in pattern.finditer(text))

    return check


def _has_invented_name(text: str, known: str, language: Language) -> bool:
    own = without_quotes(text, [known])
    names = [name for pattern in (_NAME_INSIDE, _NAME_OF_TWO) for name in pattern.findall(own)]
    allowed = _names_in(known)
    return any(lemma not in allowed for name in names for lemma in content_lemmas(name))


@lru_cache(maxsize=64)
def _names_in(known: str) -> frozenset[str]:
    return frozenset(lemmas(known)) | frozenset(lemmas(_CALENDAR))


def _has_invented_figure(text: str, known: str, language: Language) -> bool:
    carried = set(re.findall(r"\d+(?:[.,]\d+)?", known))
    figures = [figure for match in _FIGURE.finditer(text) for figure in re.findall(r"\d+(?:[.,]\d+)?", match.group())]
    return any(figure not in carried for figure in figures)


def _is_long_question(text: str, known: str, language: Language) -> bool:
    return text.rstrip().endswith("?") and len(text.split()) > MAX_QUESTION_WORDS


_YOU_TO_A_FRIEND = "ты тебя тебе тобой твой твоя твое твои твоего твоей твоему твоем твоим твоими твоих твою"
_YOU_TO_A_COLLEAGUE = "вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашем вашим вашими ваших вашу"
_INFORMAL = frozenset(_YOU_TO_A_FRIEND.split())
_FORMAL = frozenset(_YOU_TO_A_COLLEAGUE.split())
_INFORMAL_VERB = re.compile(r"\w{2,}(?:ешь|ишь)(?:ся)?")
_NO_VERBS = frozenset(["тишь", "лишь", "брешь", "плешь"])
_CALENDAR = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September "
    "October November December I I'm I'd I've I'll OK HR IT Q&A GROW English Russian"
)
_NAME_INSIDE = re.compile(r"(?<=[^\W\d_])[ ,]\s*([A-ZА-ЯЁ][\w'’-]+)")
_NAME_OF_TWO = re.compile(r"(?:^|[.!?:] )([A-ZА-ЯЁ][\w-]+ [A-ZА-ЯЁ][\w-]+)")
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:%|percent|процент\w*)|[$€£₽]\s?\d+(?:[.,]\d+)?|\b(?:19|20)\d\d\b"
    r"|\d+(?:[.,]\d+)?\s?(?:[$€£₽]|(?:dollars?|euros?|usd|eur|k\b|million|руб\w*|тыс\w*|млн|миллион\w*|евро"
    r"|доллар\w*))",
    re.I,
)
_WHOLE: tuple[tuple[Gate, Callable[[Agenda], bool]], ...] = (
    (Gate.SCHEMA, _is_incomplete),
    (Gate.MINUTES, _has_wrong_minutes),
    (Gate.UNKNOWN_FACT, _cites_unknown_fact),
    (Gate.ADDRESS, _mixes_address),
    (Gate.LONG_MESSAGE, _has_long_message),
    (Gate.DUPLICATE, _has_duplicates),
    (Gate.SIZE, _is_too_big),
)
_BY_TEXT: tuple[tuple[Gate, Callable[[str, str, Language], bool]], ...] = (
    (Gate.LANGUAGE, _is_wrong_language),
    (Gate.INVISIBLE, _has_invisible),
    (Gate.MARKUP, _has_markup),
    (Gate.LEAK, _found_outside(LEAK)),
    (Gate.TABOO, _found_outside(TABOO)),
    (Gate.INVENTED_NAME, _has_invented_name),
    (Gate.INVENTED_FIGURE, _has_invented_figure),
    (Gate.LONG_QUESTION, _is_long_question),
)
