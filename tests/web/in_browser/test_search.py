"""Search in a real browser: topics come while one types, within our own rules for scripts, and without any script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser import CHROMIUM, follow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
PHONE = {"width": 360, "height": 740}
TYPED = {"en": ("nora", "I cannot say no to my boss"), "ru": ("lena", "не умею отказывать начальнику")}


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("language", TYPED)
def test_words_find_topics(language: str, has_script: bool, address: str, browser: Browser) -> None:
    person, words = TYPED[language]
    with browser.new_context(viewport=PHONE, java_script_enabled=has_script) as context:  # type: ignore[arg-type]
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"{address}/sign-in?lang={language}")
        follow(page.locator(f'button[value="{person}"]'))
        page.goto(f"{address}/search")
        page.locator("#need").press_sequentially(words)
        if not has_script:
            follow(page.locator("form.need button"))
        expect(page.locator("#found li.topic").first).to_be_visible()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
        assert words not in page.url
        follow(page.locator("#found .keep button"))
        assert words in page.locator("blockquote").inner_text()
        assert refused == []
