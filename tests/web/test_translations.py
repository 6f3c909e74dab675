"""The Russian of the pages is whole: every text of templates and routes has one, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from domain.language import Language
from web.language import translations

WEB = Path(__file__).resolve().parents[2] / "web"
KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "text": (2,),
    "text_of_count": (2, 3),
    "later": (1,),
    "_": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    """Every text that stands in templates and python."""
    catalog = Catalog()
    with (WEB / "locales" / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    for _, _, message, _, _ in extract_from_dir(WEB, methods, options, keywords=KEYWORDS):
        catalog.add(message)
    return catalog


@pytest.fixture(scope="module")
def russian() -> Catalog:
    with (WEB / "locales" / "ru.po").open("rb") as source:
        return read_po(source, locale="ru", abort_invalid=True)


def forms_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids_of(catalog: Catalog) -> set[str | tuple[str, ...]]:
    return {tuple(m.id) if isinstance(m.id, (list, tuple)) else m.id for m in catalog if m.id}


def test_extraction_finds_templates_python_and_errors(extracted: Catalog) -> None:
    assert {"Worth talking about now", "Mentees", "There is nothing at this address", "Skill gap"} <= ids_of(extracted)


def test_every_text_has_its_russian_and_none_is_left_over(extracted: Catalog, russian: Catalog) -> None:
    assert ids_of(russian) - ids_of(extracted) == set()
    assert ids_of(extracted) - ids_of(russian) == set()
    assert list(russian.obsolete) == []


def test_no_russian_is_empty_or_doubtful(russian: Catalog) -> None:
    assert russian.num_plurals == 3
    assert [m.id for m in russian if m.id and (m.fuzzy or not all(form.strip() for form in forms_of(m)))] == []
    assert [m.id for m in russian if m.pluralizable and len(forms_of(m)) != 3] == []


def test_placeholders_are_the_same(russian: Catalog) -> None:
    def differs(message: Message) -> bool:
        wanted = set(PLACEHOLDER.findall(message.id[-1] if message.pluralizable else message.id))
        return any(set(PLACEHOLDER.findall(form)) != wanted for form in forms_of(message))

    assert [m.id for m in russian if m.id and differs(m)] == []


def test_the_russian_keeps_to_its_own_marks(russian: Catalog) -> None:
    texts = [form for m in russian if m.id for form in forms_of(m)]
    assert [text for text in texts if re.search(r"[“”\"!]|\b(ты|тебя|твой|данн\w+|осуществ\w+)\b", text)] == []


def test_russian_plurals_follow_their_rule() -> None:
    one, many = "%(count)s topic is shown.", "%(count)s topics are shown."
    words = translations(Language.RU)
    shown = [words.ngettext(one, many, count) % {"count": count} for count in (1, 3, 11, 22, 25)]
    assert shown == [
        "Показана 1 тема.",
        "Показаны 3 темы.",
        "Показано 11 тем.",
        "Показаны 22 темы.",
        "Показано 25 тем.",
    ]
