"""Pages of a real Chromium against a running server."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, Route
from playwright.sync_api import Error as PlaywrightError

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
WITHOUT_SCRIPTS: WeakSet[BrowserContext] = WeakSet()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


class Traffic:
    """Counts the requests that the server is answering."""

    def __init__(self) -> None:
        self.begun = self.ended = 0

    def begin(self, **_kwargs: Any) -> None:
        self.begun += 1

    def end(self, **_kwargs: Any) -> None:
        self.ended += 1

    def wait_for_quiet(self, patience: float = 3.0) -> None:
        """A page may have sent something just before it closed; what follows empties the database."""
        deadline = time.monotonic() + patience
        quiet = 0
        # What was sent is on its way for a moment before anybody counts it.
        while quiet < 3 and time.monotonic() < deadline:
            quiet = 0 if self.ended < self.begun else quiet + 1
            time.sleep(0.02)


@pytest.fixture
def traffic() -> Iterator[Traffic]:
    counted = Traffic()
    request_started.connect(counted.begin)
    request_finished.connect(counted.end)
    yield counted
    request_started.disconnect(counted.begin)
    request_finished.disconnect(counted.end)


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, traffic: Traffic) -> Iterator[Any]:
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
        if not javascript:
            WITHOUT_SCRIPTS.add(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: _note_stranger(request.url, live_server.url, strangers))
        return page

    yield make
    for context in contexts:
        _leave_in_silence(context)
        context.close()
    traffic.wait_for_quiet()
    assert strangers == [], "a page asked somebody else for something"


# A page that is put away saves what stands in it, and here that would come after the end.
SILENCE = 'window.addEventListener("visibilitychange", event => event.stopImmediatePropagation(), true)'


def _leave_in_silence(context: BrowserContext) -> None:
    if context not in WITHOUT_SCRIPTS:
        for page in context.pages:
            with suppress(PlaywrightError):
                page.evaluate(SILENCE)


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
        # After a press the next page may have begun, and no more than that.
        page.wait_for_load_state()
        if within:
            page.locator(within).first.wait_for()
        # Wagtail's own bar of messages fades in, and its colours are not ours.
        part = {"include": [[within]], "exclude": [[".messages"]]} if within else None
        with _to_look_at(page) as looked_at:
            results = engine.run(looked_at, context=part)
        assert results.violations_count == 0, results.generate_report()

    return check


@contextmanager
def _to_look_at(page: Page) -> Iterator[Page]:
    """The page itself; one without scripts as a copy in which nothing but the looking runs.

    Where scripts are off, not even a test can run one that waits.
    """
    if page.context not in WITHOUT_SCRIPTS:
        yield page
        return
    assert page.context.browser
    html = re.sub(r"</?noscript[^>]*>", "", page.content())
    context = page.context.browser.new_context(viewport=page.viewport_size)
    try:
        copy = context.new_page()
        copy.route("**", lambda route: _answer_without_scripts(route, page.url, html))
        copy.goto(page.url)
        yield copy
    finally:
        context.close()


def _answer_without_scripts(route: Route, url: str, html: str) -> None:
    if route.request.resource_type == "script":
        route.abort()
    elif route.request.url == url:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.continue_()
