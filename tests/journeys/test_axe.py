"""The looker itself: a page without scripts is looked at as closely as one with them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route

BROKEN = "<html lang=es><title>Prueba</title><main><h1>Prueba</h1><img src='data:,'></main></html>"
HIDDEN = BROKEN.replace("<img src='data:,'>", "<noscript><img src='data:,'></noscript>")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("html", [BROKEN, HIDDEN])
def test_a_picture_without_words_is_found_wherever_it_is_shown(
    open_page: Any, axe: Any, html: str, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    page.route("**/broken/", lambda route: _show(route, html))
    page.goto("/broken/")
    if javascript and html == HIDDEN:
        axe(page)
        return

    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def _show(route: Route, html: str) -> None:
    route.fulfill(body=html, content_type="text/html")
