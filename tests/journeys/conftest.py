"""A real Chromium for journeys, the one of the system; says in one line how to get it where it is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright's loop runs in this thread; the tests themselves are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is missing: apt-get install chromium, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Make pages: ``open_page(viewport=DESK, javascript=False)``. A request to elsewhere fails the test."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []

    def make(
        *, viewport: Any = PHONE, javascript: bool = True, zone: str = "Europe/Rome", dark: bool = False
    ) -> Page:
        context = chromium.new_context(
            viewport=viewport,
            java_script_enabled=javascript,
            base_url=live_server.url,
            timezone_id=zone,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: _note_stranger(request.url, live_server.url, strangers))
        return page

    yield make
    for context in contexts:
        context.close()
    assert strangers == [], "a page asked somebody else for something"


def _note_stranger(url: str, home: str, strangers: list[str]) -> None:
    if not url.startswith((home, "data:", "blob:", "about:")):
        strangers.append(url)


@pytest.fixture(scope="session")
def axe() -> Any:
    """``axe(page)`` asserts that the page has no accessibility violation.

    ``within`` looks at a part alone: in the admin, the frame around our pages is Wagtail's.
    """
    engine = Axe()

    def check(page: Page, within: str | None = None) -> None:
        results = engine.run(page, context=within)
        assert results.violations_count == 0, results.generate_report()

    return check
