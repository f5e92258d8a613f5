"""A video of another site: nothing is asked of it until the reader presses the button."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from wagtail.blocks import StreamValue

from portal.models import ContentPage, HomePage

from . import survey
from .conftest import DESK, PHONE, Traffic

pytestmark = pytest.mark.django_db(transaction=True)

VIDEO = {
    "title": "Cómo participar",
    "url": "https://www.youtube.com/watch?v=abcDEF_12-3",
    "minutes": 3,
    "captions": "Subtítulos en español",
    "transcript": "<p>Todo lo que se dice.</p>",
}
PLAYER = "https://www.youtube-nocookie.com/embed/abcDEF_12-3?autoplay=1&rel=0&hl=es"


@pytest.fixture
def address(transactional_db: None) -> str:
    survey.plant_indexes()
    home = HomePage.objects.get(locale__language_code="es")
    raw = [{"type": "video", "value": VIDEO}]
    body = StreamValue(ContentPage._meta.get_field("body").stream_block, raw, is_lazy=True)
    page = home.add_child(instance=ContentPage(title="Video", slug="video", locale=home.locale, body=body))
    return str(page.get_url())


@pytest.fixture
def watched(chromium: Browser, live_server: Any, traffic: Traffic) -> Iterator[tuple[Page, list[Any]]]:
    """A page whose every request is listed; other sites answer with an empty page."""
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url)
    asked: list[Any] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Player</title>")

    context.route(lambda url: not url.startswith(live_server.url), answer)
    yield context.new_page(), asked
    context.close()
    traffic.wait_for_quiet()


def test_it_plays_in_the_page_after_a_press_and_asks_nothing_before(
    address: str, watched: tuple[Page, list[Any]], axe: Any
) -> None:
    page, asked = watched
    page.goto(address, wait_until="networkidle")
    axe(page)
    assert asked == []
    expect(page.locator("[data-left]")).to_be_hidden()
    expect(page.locator("[data-played]")).to_contain_text("youtube-nocookie.com")

    page.locator("[data-play]").focus()
    page.keyboard.press("Enter")

    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", PLAYER)
    expect(frame).to_have_attribute("title", "Cómo participar")
    expect(frame).to_be_focused()
    page.wait_for_load_state("networkidle")
    # The player learns which site shows it, as it demands, and nothing about the page.
    assert [(request.url, request.headers["referer"]) for request in asked] == [
        (PLAYER, page.url.split("/es/")[0] + "/")
    ]
    axe(page)


def test_without_scripts_it_is_a_link(address: str, open_page: Any, axe: Any) -> None:
    page = open_page(viewport=DESK, javascript=False)
    page.goto(address)

    expect(page.locator("[data-leave]")).to_have_attribute("href", str(VIDEO["url"]))
    expect(page.locator("[data-play]")).to_be_hidden()
    expect(page.locator("[data-left]")).to_contain_text("youtube.com")
