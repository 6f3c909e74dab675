"""The way from the picker to an agenda in a real browser: on a phone's width, without scripts, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser import CHROMIUM, follow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
PHONE_WIDTH = 360
WAYS = {
    "en": ("nora", "Find topics", "See who can help", "See the agenda", "I cannot say no to my boss"),
    "ru": ("lena", "Найти темы", "Кто поможет", "Посмотреть план", "не умею отказывать начальнику"),
}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(
        viewport={"width": PHONE_WIDTH, "height": 740}, java_script_enabled=False, locale="en-GB"
    ) as context:
        yield context.new_page()


def check_page(page: Page, language: str) -> None:
    """Fail unless the page fits the phone and speaks the language."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE_WIDTH
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", WAYS)
def test_from_the_picker_to_an_agenda(language: str, address: str, phone: Page) -> None:
    person, find, who, agenda, need = WAYS[language]
    phone.goto(f"{address}/sign-in?lang={language}")
    check_page(phone, language)
    follow(phone.locator(f'button[value="{person}"]'))
    check_page(phone, language)
    phone.locator("textarea").fill(need)
    follow(phone.get_by_role("button", name=find))
    assert need in phone.locator("blockquote").inner_text()
    check_page(phone, language)
    follow(phone.get_by_role("link", name=who).first)
    check_page(phone, language)
    follow(phone.get_by_role("link", name=agenda).first)
    check_page(phone, language)
    assert phone.locator(".segment").count() == 4
    assert need in phone.locator(".facts").inner_text()


def test_the_style_is_let_in_by_our_own_rules(address: str, phone: Page) -> None:
    refused: list[str] = []
    phone.on("console", lambda message: refused.append(message.text))
    phone.goto(f"{address}/sign-in")
    assert phone.evaluate("getComputedStyle(document.querySelector('button')).minHeight") == "44px"
    assert refused == []


def test_the_skip_link_is_the_first_stop_of_the_keyboard(address: str, phone: Page) -> None:
    phone.goto(f"{address}/sign-in?lang=en")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.textContent") == "Skip to the page"
    assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_an_agenda_prints_without_the_frame(address: str, phone: Page) -> None:
    phone.goto(f"{address}/sign-in?lang=en")
    follow(phone.locator('button[value="nora"]'))
    phone.goto(f"{address}/topics/delegate-work/agenda?mentor=dee")
    phone.emulate_media(media="print")
    assert not phone.locator("header.site").is_visible()
    assert not phone.locator(".choosing").is_visible()
    assert phone.locator(".agenda").is_visible()
    assert phone.locator(".facts").is_visible()
