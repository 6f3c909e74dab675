"""Every message reads as its golden says, in both languages, and says what people need to know."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from domain.language import Language
from domain.notices import DeclineReason, Notice
from services.notices.letter import Letter
from services.notices.words import REASONS, WORDS
from store import Engine, Store, unit_of_work
from tests.databases import empty_all_tables
from tests.services.notices.letters import FOLDER, NEED, cases, fill, golden, letters


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


@pytest.fixture
def store(migrated: Engine, language: Language) -> Iterator[Store]:
    empty_all_tables(migrated)
    with unit_of_work(migrated, write=True) as filling:
        fill(filling, language)
    with unit_of_work(migrated) as reading:
        yield reading


def test_every_letter_reads_as_its_golden(store: Store, language: Language) -> None:
    assert golden(store, language) == (FOLDER / f"{language}.txt").read_text(encoding="utf-8")


def test_every_message_has_a_letter() -> None:
    assert {told.notice for _, _, _, told, _ in cases(Language.EN)} == set(Notice)


def test_every_wording_is_used_and_complete() -> None:
    assert {key.partition(".")[0] for key in WORDS} == set(Notice)
    assert set(REASONS) == set(DeclineReason)
    for found in WORDS.values():
        assert all(text.en and text.ru for text in (found.subject, found.opening, found.action))
        assert bool(found.closing.en) == bool(found.closing.ru)


def test_only_the_mentor_reads_what_was_asked_and_only_while_it_waits(store: Store, language: Language) -> None:
    telling = [name for name, letter in letters(store, language) if NEED[language] in letter.text() + letter.subject]
    assert telling == ["requested", "requested without a time", "nudge"]


def test_every_letter_has_one_link_and_no_empty_line_twice(store: Store, language: Language) -> None:
    for name, letter in letters(store, language):
        ours = letter.text().replace("https://meet.example.org/dee", "")
        assert ours.count("https://") == 1, name
        assert "\n\n\n" not in letter.text(), name


class Words(HTMLParser):
    """Collects what a reader of the HTML sees, and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen = ""
        self.links: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.seen += f" {data} "

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_the_html_says_the_same(store: Store, language: Language) -> None:
    for _, letter in letters(store, language):
        read = Words(letter.html())
        assert read.links == [letter.link]
        plain = letter.text().replace(letter.link, "").replace(f"{letter.action}:", letter.action)
        assert read.seen.split() == plain.split()


def test_words_of_people_are_only_words() -> None:
    letter = Letter("s", Language.EN, "<img src=x onerror=alert(1)>", "Open", "https://x", (("<b>", '"><script>'),))
    assert "<img" not in letter.html()
    assert "<script" not in letter.html()
    assert Words(letter.html()).links == ["https://x"]


def test_what_would_break_a_header_stays_out_of_it(migrated: Engine, store: Store, language: Language) -> None:
    mentee = replace(store.people.get("p1"), name="Nora\r\nBcc: everybody@example.org")
    with unit_of_work(migrated, write=True) as writing:
        writing.people.save([mentee])
    with unit_of_work(migrated) as reading:
        subjects = [letter.subject for _, letter in letters(reading, language)]
    assert not any("\n" in subject or "\r" in subject for subject in subjects)
