"""A browser, a served company, and pages in it as somebody sees them."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from api import create_app
from services.context import Context
from settings import Settings
from tests.web.browser import served
from tests.web.conftest import SECRET, UNLIMITED, copied

SIZES = {"phone": (360, 740), "desktop": (1280, 900)}
OpenAs = Callable[..., Page]


@pytest.fixture(scope="module")
def running(untouched: Context, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A company of its own: what is booked here would stand in the way of other tests."""
    with copied(untouched, tmp_path_factory.mktemp("browser")) as context:
        yield context


@pytest.fixture(scope="module")
def app(running: Context) -> FastAPI:
    return create_app(Settings(secret_key=SECRET, **UNLIMITED), context=running)


@pytest.fixture(scope="module")
def address(running: Context) -> Iterator[str]:
    with served(create_app(Settings(**UNLIMITED), is_demo=True, context=running)) as url:
        yield url


@pytest.fixture
def page_for(browser: Browser, address: str) -> Iterator["OpenAs"]:
    """Open a page as somebody; the context and its page are gone afterwards."""
    opened = []

    def open_as(person: str, language: str, size: str = "phone", *, script: bool = True, dark: bool = False) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        opened.append(context)
        page = context.new_page()
        if person:
            assert page.request.post(f"{address}/demo/person", form={"person": person}, max_redirects=0).status == 303
        page.goto(f"{address}/?lang={language}")
        return page

    yield open_as
    for context in opened:
        context.close()


def width_of(page: Page) -> int:
    return int(page.evaluate("document.scrollingElement.scrollWidth"))
