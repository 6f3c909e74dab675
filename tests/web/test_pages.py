"""Every page in both languages: nothing untranslated, nothing of Python, hostile texts as text, links that lead on."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from fastapi import FastAPI

from domain.language import Language
from services.context import Context
from services.suggest import suggest_for_need
from store import unit_of_work
from tests.builders import a_goal, a_person, a_session
from tests.web.conftest import ClientOf
from tests.web.test_translations import WEB, forms_of

PAGES = {
    "home": ("nora", "/"),
    "home of a mentor": ("dee", "/"),
    "first time": ("pip", "/"),
    "need": ("nora", "/needs/{answer}"),
    "topic": ("nora", "/topics/delegate-work"),
    "topic without mentors": ("nora", "/topics/kyc-without-losing-clients"),
    "topic for a need": ("nora", "/topics/delegate-work?asked={answer}"),
    "draft": ("nora", "/topics/delegate-work/agenda?mentor=dee"),
    "chat draft": ("nora", "/topics/delegate-work/agenda?mentor=dee&form=chat&minutes=30"),
    "sessions": ("nora", "/sessions"),
    "no sessions": ("pip", "/sessions"),
    "agenda": ("nora", "/sessions/booked/agenda"),
    "catalog": ("hana", "/catalog"),
    "catalog, nothing found": ("hana", "/catalog?q=zzz"),
    "not found": ("nora", "/nothing"),
    "bad address": ("nora", "/topics/delegate-work/agenda?mentor=dee&minutes=14"),
    "sign in": (None, "/sign-in"),
    "link": (None, "/sign-in/some-token"),
}
PYTHON = re.compile(r"None|True\b|False\b|&lt;[A-Z]\w+|object at 0x|Undefined|dataclass|\w+\(\w+=|%\(\w+\)s|\{\{|\{%")
LINKS_FOLLOWED = 12  # all of a page; of the catalog the first
IN_BOTH_LANGUAGES = {"HR", "“%(phrase)s”", "“%(example)s”"}


PageOf = Callable[..., str]


class Reader(HTMLParser):
    """Collects what a person reads, addresses of links, names of elements (but our one script file) and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_own_script = tag == "script" and (dict(attrs).get("src") or "").startswith("/static/htmx-")
        self.tags |= set() if is_own_script else {tag}
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]
        self.texts += [value or "" for name, value in attrs if name in {"aria-label", "data-label", "placeholder"}]

    def handle_data(self, data: str) -> None:
        self.texts.append(" ".join(data.split()))


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.fixture(scope="module")
def answer_of_nora(running: Context) -> str:
    return suggest_for_need(running, "I cannot say no to my boss", person_id="nora", language=Language.EN).answer.id


@pytest.fixture
def page_of(client_of: ClientOf, answer_of_nora: str) -> PageOf:
    def get(name: str, language: Language = Language.EN) -> str:
        person, path = PAGES[name]
        address = path.replace("{answer}", answer_of_nora)
        sign = "&" if "?" in address else "?"
        return client_of(person).get(f"{address}{sign}lang={language}").text

    return get


def english_texts() -> set[str]:
    """Return what would stand on a Russian page only by mistake: every English text without placeholders."""
    with (WEB / "locales" / "ru.po").open("rb") as source:
        messages = [m for m in read_po(source, locale="ru") if m.id and not m.pluralizable]
    return {m.id for m in messages if "%(" not in m.id and forms_of(m) != [m.id]} - IN_BOTH_LANGUAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_russian_page_holds_no_english_text_of_ours(name: str, page_of: PageOf) -> None:
    reader = read(page_of(name, Language.RU))
    assert set(reader.texts) & english_texts() == set()
    assert 'lang="ru"' in page_of(name, Language.RU)[:60]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_nothing_of_python(name: str, language: Language, page_of: PageOf) -> None:
    assert PYTHON.findall(page_of(name, language)) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_unique_ids_and_nothing_inline(name: str, page_of: PageOf) -> None:
    page = page_of(name)
    reader = read(page)
    assert page.count("<h1>") == 1
    assert len(reader.ids) == len(set(reader.ids))
    assert not {"script", "style", "iframe"} & reader.tags
    assert not {name for name in reader.attributes if name.startswith("on") or name == "style"}


@pytest.mark.parametrize("name", [name for name, (person, _) in PAGES.items() if person])
def test_every_link_of_a_page_leads_somewhere(name: str, page_of: PageOf, client_of: ClientOf) -> None:
    client = client_of(PAGES[name][0])
    reader = read(page_of(name))
    inner = set(sorted({link for link in reader.links if link.startswith("/")})[:LINKS_FOLLOWED])
    assert inner
    assert {link: client.get(link).status_code for link in inner} == dict.fromkeys(inner, 200)
    anchors = {link[1:] for link in reader.links if link.startswith("#")}
    assert anchors <= set(reader.ids)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/topics/delegate-work/agenda?mentor=dee&minutes=30", "?mentor=dee&amp;minutes=30&amp;lang=ru"),
        ("/topics/delegate-work/agenda?mentor=dee&lang=en", "?mentor=dee&amp;lang=ru"),
        ("/sessions", "?lang=ru"),
    ],
)
def test_the_language_link_keeps_the_address(path: str, expected: str, client_of: ClientOf) -> None:
    assert f'href="{expected}"' in client_of("nora").get(path).text


def test_a_chosen_language_stays(client_of: ClientOf) -> None:
    client = client_of("nora")
    assert 'lang="en"' in client.get("/").text[:60]
    client.get("/sessions?lang=ru")
    assert 'lang="ru"' in client.get("/").text[:60]
    assert 'lang="en"' in client.get("/?lang=en").text[:60]
    assert 'lang="en"' in client.get("/?lang=xx").text[:60]


@pytest.mark.parametrize(
    ("person", "headers", "language"),
    [
        ("lena", {}, "ru"),
        ("lena", {"Accept-Language": "en-GB"}, "ru"),
        (None, {"Accept-Language": "ru,en;q=0.5"}, "ru"),
        (None, {"Accept-Language": "de"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_persons_then_the_browsers(
    person: str | None, headers: dict[str, str], language: str, client_of: ClientOf
) -> None:
    page = client_of(person).get("/nothing", headers=headers).text
    assert f'lang="{language}"' in page[:60]


HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*7}}%(name)s</textarea><script>"


def test_hostile_texts_are_only_text(client_of: ClientOf, running: Context) -> None:
    person = a_person("hostile", name=HOSTILE, job_title=HOSTILE, department=HOSTILE)
    session = a_session("hostiles", mentee_ids=("hostile",), mentor_id="dee", need=HOSTILE, starts_at=None)
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([person])
        store.goals.save([a_goal("hostile-goal", "hostile", text=HOSTILE)])
        store.sessions.save([session])
    client = client_of("hostile")
    answered = client.post("/needs", data={"text": HOSTILE})
    pages = ["/", "/sessions", "/sessions/hostiles/agenda", answered.headers["location"], "/topics/delegate-work"]
    texts = [client.get(page).text for page in pages]
    texts += [client.post("/needs", data={"text": HOSTILE * 50}).text, client_of("dee").get("/sessions").text]
    texts.append(client_of("hana").get("/catalog", params={"q": HOSTILE}).text)
    for text in texts:
        assert not {"script", "img"} & read(text).tags
        assert "49" not in text.partition("onerror")[2][:40]
    assert all("&lt;img src=x onerror=alert(1)&gt;" in text for text in texts[:1] + texts[3:4] + texts[5:])


def test_nothing_but_our_own_style_is_loaded(app: FastAPI, client_of: ClientOf) -> None:
    page = client_of("nora").get("/").text
    assert set(re.findall(r'(?:src|href)="(https?:[^"]*|//[^"]*)"', page)) == set()
    assert re.findall(r"url\(|@import", (WEB / "static" / "halfhour.css").read_text()) == []
