"""Russian becomes rough English: expressions first, whatever the ending, slang by its stem, names as they sound."""

import pytest

from domain.errors import ImportRejected
from embeddings.glossary import Glossary, parse_glossary, starter_glossary

GLOSSARY = Glossary(
    {
        "выступать": "speak in public",
        "не хватать": "lack",
        "время": "time",
        "один на один": "one-to-one",
        "встреча": "meeting",
        "ещё": "still",
        "апрув": "approval",
        "не": "not",
        "один": "one",
        "дать": "give",
        "данные": "data",
        "данных": "data",
    }
)


@pytest.mark.parametrize(
    ("text", "gloss"),
    [
        ("Выступаю", "speak in public"),
        ("не хватает времени", "lack time"),
        ("НЕ выступали", "not speak in public"),
        ("встречи один на один", "meeting one-to-one"),
        ("встречу одну", "meeting one"),
        ("еще встреча, ещё", "still meeting still"),
        ("ждём апрувов", "zhdem approval"),
        ("встреча про Code Review", "meeting pro code review"),
        ("Бостон", "boston"),
        ("наши данные", "nash data"),
        ("Данных нет", "data net"),
        ("дать", "give"),
        ("", ""),
    ],
)
def test_a_gloss_is_worked_out_word_by_word(text: str, gloss: str) -> None:
    assert GLOSSARY.gloss(text) == gloss


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("встреча", "row 3: must hold a Russian entry, a tab and its English meaning"),
        ("встреча\t", "row 3: must hold a Russian entry"),
        ("\tmeeting", "row 3: must hold a Russian entry"),
        ("встреча\tсобрание", "row 3: must hold a Russian entry"),
        ("время\thour", "row 3: “время” stands in the file twice"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(line: str, says: str) -> None:
    with pytest.raises(ImportRejected, match=says):
        parse_glossary("everyday.tsv", f"# remark\nвремя\ttime\n{line}\n")


def test_the_packaged_glossary_is_large_and_knows_the_words_of_work() -> None:
    glossary = starter_glossary()
    assert len(glossary) >= 6_000
    for russian, english in {
        "выступать": "speak",
        "повышение": "promotion",
        "руководство": "management",
        "тимлид": "lead",
        "созвон": "call",
        "выгорел": "burn",
        "прод": "production",
    }.items():
        assert english in glossary.gloss(russian)


def test_no_meaning_leads_back_to_russian() -> None:
    assert not [word for word in starter_glossary().gloss("созвон с руководством").split() if not word.isascii()]
