"""The catalog's files are whole, and a broken one is refused with its line."""

import pytest

from domain.errors import ImportRejected
from domain.topics import Stage
from services.catalog_files import parse_area, read_starter_areas, read_starter_roles, read_starter_skills
from tests.builders import a_topic

AREAS = read_starter_areas()
TOPICS = [topic for file in AREAS for topic in file.topics]
SKILLS = {skill.id for skill in read_starter_skills()}

GOOD = """
area: {id: feedback, en: Feedback, ru: Обратная связь}
topics:
  - id: ask
    title: {en: Ask, ru: Просить}
    summary: {en: Ask well., ru: Просить хорошо.}
    aliases: {en: [asking], ru: [просьба]}
    phrases: {en: [nobody tells me], ru: [мне не говорят]}
    questions:
      goal: {en: [What for?], ru: [Зачем?]}
    next_steps: {en: [Ask one], ru: [Спросите]}
    out_of_scope: {en: Pay, ru: Оклад}
    skills: [receiving-feedback]
    level: starting
    related: []
    formats: [chat]
"""


def refusal(text: str) -> str:
    with pytest.raises(ImportRejected) as caught:
        parse_area("feedback.yaml", text)
    return str(caught.value)


def test_a_good_file_is_read() -> None:
    file = parse_area("feedback.yaml", GOOD)
    assert (file.area.id, [topic.id for topic in file.topics]) == ("feedback", ["ask"])
    assert file.topics[0].phrases.ru == ("мне не говорят",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: {en: Ask, ru: Просить}", "title: {en: Ask}", "row 5, column title.ru: Field required"),
        ("level: starting", "level: easy", "column level: Input should be 'starting'"),
        ("skills: [receiving-feedback]", "skils: [x]", "column skils: Extra inputs are not permitted"),
        (
            "phrases: {en: [nobody tells me]",
            "phrases: {en: []",
            "row 8, column phrases.en: List should have",
        ),
        ("id: ask", "id: Ask Me", "row 4, column id: String should match"),
        ("formats: [chat]", "formats: [phone]", "column formats.0"),
        ("  - id: ask", "  - id: [ask", "this is not YAML"),
        ("area: {id: feedback, en: Feedback, ru: Обратная связь}", "area: {}", "column id: Field required"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(old: str, new: str, says: str) -> None:
    assert says in refusal(GOOD.replace(old, new))


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    ids = [topic.id for topic in TOPICS]
    assert len(ids) == len(set(ids)) >= 72
    assert {related for topic in TOPICS for related in topic.related_ids} <= set(ids)
    assert {skill for topic in TOPICS for skill in topic.skill_ids} <= SKILLS
    assert {skill for role in read_starter_roles() for skill in role.required_levels} <= SKILLS


def test_every_topic_is_complete_in_both_languages() -> None:
    thin = [
        (topic.id, language)
        for topic in TOPICS
        for language in ("en", "ru")
        if len(getattr(topic.phrases, language)) < 8
        or not 3 <= len(getattr(topic.aliases, language)) <= 8
        or any(len(getattr(topic.questions[stage], language)) < 2 for stage in Stage)
        or len(getattr(topic.next_steps, language)) != 2
    ]
    assert thin == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_phrase_or_alias_stands_twice(language: str) -> None:
    for kind in ("phrases", "aliases"):
        texts = [text.casefold() for topic in TOPICS for text in getattr(getattr(topic, kind), language)]
        assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_the_linter_can_fail() -> None:
    assert len(a_topic().phrases.en) < 8
