"""The first outline of a topic that people need and the catalog lacks: by template, or read from a model's answer.

An outline is a draft for HR in both languages. It is made from words that several people share, never from one text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.characters import INVISIBLE
from domain.language import Language, LocalText, LocalTexts
from domain.topics import Stage
from embeddings import detect_language
from prep.gates import Gate
from prep.patterns import LEAK, MARKUP, TABOO
from prep.quotes import has_third_script
from prep.template import DRAFTED_BY
from prep.wording import wording_of

MAX_WORDS_TOLD = 3
_LONGEST = 300
_TITLE = LocalText("About {words}", "О том, что пишут: {words}")
_SUMMARY = LocalText(
    "Several people write about this and no topic of the catalog fits: {words}. Say in one sentence what half an hour "
    "can do here.",
    "Об этом пишут несколько человек, а подходящей темы в каталоге нет: {words}. Скажите одной фразой, с чем поможет "
    "получасовая встреча.",
)


@dataclass(frozen=True, slots=True)
class TopicOutline:
    """What a topic may begin with; `drafted_by` names the template or the model."""

    title: LocalText
    summary: LocalText
    phrases: LocalTexts
    questions: dict[Stage, LocalTexts]
    next_steps: LocalTexts
    drafted_by: str


def outline_from_words(words: Sequence[str]) -> TopicOutline:
    """Return the template's outline: the shared words, general questions, nothing that nobody said."""
    told = ", ".join(words[:MAX_WORDS_TOLD])
    steps = LocalTexts(*((_step(language, told),) for language in Language))
    return TopicOutline(
        title=_filled(_TITLE, told),
        summary=_filled(_SUMMARY, ", ".join(words)),
        phrases=LocalTexts((), ()),
        questions={stage: _questions(stage, told) for stage in Stage},
        next_steps=steps,
        drafted_by=DRAFTED_BY,
    )


class OutlineRejected(Exception):
    """A model's answer that is no outline; the gate says why, the text stays out of it."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        super().__init__(f"The answer is no outline: {gate}.")


def read_outline(answer: str, drafted_by: str) -> TopicOutline:
    """Return the outline that a model wrote: one JSON object of the agreed shape, never repaired.

    Raises
    ------
    OutlineRejected
        The answer has another shape, or holds what no draft may: links, markup, hidden characters, another language.
    """
    try:
        read = _Answer.model_validate_json(answer)
    except ValidationError:
        raise OutlineRejected(Gate.SCHEMA) from None
    for language, text in read.texts():
        if (gate := _broken_gate(language, text)) is not None:
            raise OutlineRejected(gate)
    return TopicOutline(
        title=read.title.one(),
        summary=read.summary.one(),
        phrases=read.phrases.many(),
        questions={stage: getattr(read.questions, stage).many() for stage in Stage},
        next_steps=read.next_steps.many(),
        drafted_by=drafted_by,
    )


def outline_schema() -> dict[str, Any]:
    """Return the JSON schema of an outline."""
    return _Answer.model_json_schema()


def _filled(pattern: LocalText, words: str) -> LocalText:
    return LocalText(*(pattern.get(language).format(words=words) for language in Language))


def _step(language: Language, told: str) -> str:
    text = wording_of(language).general_step.format(topic=told)  # it stands within a sentence elsewhere
    return text[:1].upper() + text[1:]


def _questions(stage: Stage, told: str) -> LocalTexts:
    general = (wording_of(language).general[stage] for language in Language)
    return LocalTexts(*(tuple(text.format(topic=told) for text in texts[:2]) for texts in general))


def _broken_gate(language: Language, text: str) -> Gate | None:
    checks = (
        (Gate.INVISIBLE, bool(INVISIBLE.search(text))),
        (Gate.MARKUP, any(pattern.search(text) for pattern in MARKUP)),
        (Gate.LEAK, bool(LEAK.search(text))),
        (Gate.TABOO, bool(TABOO.search(text))),
        (Gate.LANGUAGE, has_third_script(text) or detect_language(text) is not language),
    )
    return next((gate for gate, is_broken in checks if is_broken), None)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Text(_Strict):
    en: str = Field(min_length=3, max_length=_LONGEST)
    ru: str = Field(min_length=3, max_length=_LONGEST)

    def one(self) -> LocalText:
        return LocalText(self.en, self.ru)


class _Texts(_Strict):
    en: list[str] = Field(min_length=1, max_length=12)
    ru: list[str] = Field(min_length=1, max_length=12)

    def many(self) -> LocalTexts:
        return LocalTexts(tuple(self.en), tuple(self.ru))


class _Questions(_Strict):
    goal: _Texts
    reality: _Texts
    options: _Texts
    will: _Texts


class _Answer(_Strict):
    title: _Text
    summary: _Text
    phrases: _Texts
    questions: _Questions
    next_steps: _Texts

    def texts(self) -> Iterator[tuple[Language, str]]:
        lists = (self.phrases, self.next_steps, *(getattr(self.questions, stage) for stage in Stage))
        for language in Language:
            yield from ((language, getattr(text, language)) for text in (self.title, self.summary))
            yield from ((language, text) for texts in lists for text in getattr(texts, language))
