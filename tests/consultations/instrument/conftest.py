"""A page of a real browser with logic.js loaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

SCRIPT = Path(__file__).parents[3] / "consultations/static/consultations/logic.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page()
        exports = "window.logic = { evaluate, visible, offered, truth, RULES };"
        page.add_script_tag(type="module", content=f"{SCRIPT.read_text()}\n{exports}")
        page.wait_for_function("window.logic !== undefined")
        yield page
        browser.close()
