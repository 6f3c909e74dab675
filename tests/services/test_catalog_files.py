"""A good area file is read, and a broken one is refused with its line; tests/catalog lints what the files say."""

import pytest

from domain.errors import ImportRejected
from services.catalog_files import parse_area

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
