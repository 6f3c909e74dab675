"""A real browser on a real server: Debian's Chromium, headless, and the application on a free loopback port."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
OFF = ("gpu", "quic", "background-networking", "component-update", "sync")
ARGUMENTS = ["--headless", "--no-sandbox", "--no-first-run", *(f"--disable-{part}" for part in OFF)]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Yield the address at which the application answers until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the browser, closed afterwards; each context of it begins with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def follow(link: Locator) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with link.page.expect_navigation():
        link.click()
