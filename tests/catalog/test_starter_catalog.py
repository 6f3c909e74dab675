"""The linter of the starter catalog: complete, in both languages, nothing twice, terms spelled one way."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from domain.language import Language, LocalText, LocalTexts
from domain.topics import Stage, Topic
from services.catalog_files import read_starter_areas, read_starter_roles, read_starter_skills
from tests.catalog import lint

AREAS = read_starter_areas()
TOPICS = [topic for file in AREAS for topic in file.topics]
ROLES = read_starter_roles()
SKILLS = {skill.id for skill in read_starter_skills()}
GOOD = next(topic for topic in TOPICS if topic.id == "delegate-work")
Rule = Callable[[Topic], Iterator[str]]
RULES: list[Rule] = [
    lint.incomplete,
    lint.in_the_wrong_language,
    lint.alike,
    lint.badly_worded,
    lint.badly_asked,
]


def test_it_is_as_wide_as_was_promised() -> None:
    assert len(AREAS) >= 18
    assert len(TOPICS) >= 240
    assert len(ROLES) >= 60


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_topic_keeps_to_the_rule(rule: Rule) -> None:
    assert [problem for topic in TOPICS for problem in rule(topic)] == []


def with_russian(topic: Topic, **texts: str) -> Topic:
    return replace(topic, **{name: LocalText(getattr(topic, name).en, text) for name, text in texts.items()})


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (lint.incomplete, replace(GOOD, phrases=LocalTexts(GOOD.phrases.en[:7], GOOD.phrases.ru))),
        (lint.incomplete, replace(GOOD, aliases=LocalTexts(GOOD.aliases.en, GOOD.aliases.ru[:2]))),
        (lint.incomplete, replace(GOOD, questions=GOOD.questions | {Stage.WILL: LocalTexts(("Who?",), ())})),
        (lint.incomplete, replace(GOOD, next_steps=LocalTexts(GOOD.next_steps.en[:1], GOOD.next_steps.ru))),
        (lint.incomplete, with_russian(GOOD, out_of_scope="")),
        (lint.incomplete, with_russian(GOOD, title="а" * 61)),
        (lint.incomplete, replace(GOOD, related_ids=(GOOD.id,))),
        (lint.in_the_wrong_language, with_russian(GOOD, summary="Hand one task over.")),
        (lint.in_the_wrong_language, replace(GOOD, title=LocalText("Делегирование", GOOD.title.ru))),
        (lint.alike, replace(GOOD, phrases=LocalTexts((*GOOD.phrases.en, GOOD.phrases.en[0] + " Really."), ()))),
        (lint.alike, replace(GOOD, phrases=LocalTexts(tuple(f"How do {word * 4}" for word in "abcde"), ()))),
        (lint.badly_worded, with_russian(GOOD, summary="Данный разговор осуществляется с ментором.")),
        (lint.badly_worded, with_russian(GOOD, summary="Как тебе отдать задачу.")),
        (lint.badly_worded, replace(GOOD, title=LocalText("Better 1:1s", GOOD.title.ru))),
        (lint.badly_asked, replace(GOOD, questions={Stage.GOAL: LocalTexts(("Who? And when?",), ())})),
        (lint.badly_asked, replace(GOOD, questions={Stage.GOAL: LocalTexts(("Tell me.",), ())})),
    ],
)
def test_each_rule_catches_what_it_is_for(rule: Rule, broken: Topic) -> None:
    assert list(rule(broken))
    assert not list(rule(GOOD))


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    ids = {topic.id for topic in TOPICS}
    assert len(ids) == len(TOPICS)
    assert {related for topic in TOPICS for related in topic.related_ids} <= ids
    assert {skill for topic in TOPICS for skill in topic.skill_ids} <= SKILLS
    assert {skill for role in ROLES for skill in role.required_levels} <= SKILLS


def test_every_skill_that_a_role_requires_is_built_by_a_topic() -> None:
    built = {skill for topic in TOPICS for skill in topic.skill_ids}
    assert {skill for role in ROLES for skill in role.required_levels} - built == set()


@pytest.mark.parametrize("language", Language)
def test_nothing_stands_in_two_topics(language: Language) -> None:
    for kind in ("title", "summary"):
        whole = Counter(getattr(topic, kind).get(language).casefold() for topic in TOPICS)
        assert [text for text, count in whole.items() if count > 1] == []
    told = Counter(text.casefold().rstrip(".!?…") for topic in TOPICS for text in topic.phrases.get(language))
    asked = Counter(text.casefold() for topic in TOPICS for text in lint.questions(topic, language))
    assert [text for text, count in (told + asked).items() if count > 1] == []
