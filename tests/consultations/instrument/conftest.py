"""A page of a real browser with logic.js loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

SCRIPT = Path(__file__).parents[3] / "consultations/static/consultations/logic.js"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    exports = "window.logic = { evaluate, visible, offered, truth, RULES };"
    page.add_script_tag(type="module", content=f"{SCRIPT.read_text()}\n{exports}")
    page.wait_for_function("window.logic !== undefined")
    yield page
    page.close()
