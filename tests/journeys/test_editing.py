"""An editor writes and publishes a page, a translator translates it, a visitor reads it in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale

from portal.models import ContentPage, HomePage
from portal.roles import Role

from . import survey
from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISH = "footer button[name=action][value=publish]"
ITALIAN = {
    "Consulado móvil": "Consolato mobile",
    "Qué llevar": "Che cosa portare",
    "consulado-movil": "consolato-mobile",
}


@pytest.fixture(autouse=True)
def _tree(transactional_db: None) -> None:
    survey.plant_indexes()


def test_a_page_from_the_editor_to_readers_of_two_languages(open_page: Any, axe: Any) -> None:
    editor = signed_in(open_page(viewport=DESK), member(Role.EDITOR))
    write(editor)
    page = ContentPage.objects.get(slug="consulado-movil")
    assert page.live

    submit_for_translation(editor, page)
    italian = page.get_translation(Locale.objects.get(language_code="it"))
    reader = open_page(viewport=PHONE)
    reader.goto(page.get_url())
    expect(reader.locator("h1")).to_have_text("Consulado móvil")
    axe(reader)
    assert reader.request.get(italian.get_url()).status == 404, "handed to translators, and not out yet"

    translate(signed_in(open_page(viewport=DESK), member(Role.TRANSLATOR)), italian)
    publish(editor, italian)

    reader.reload()
    reader.locator(".lang a[lang=it]").click()
    expect(reader.locator("h1")).to_have_text("Consolato mobile")
    expect(reader.locator("h2").first).to_have_text("Che cosa portare")
    expect(reader.locator("html")).to_have_attribute("lang", "it")
    axe(reader)


def write(page: Page) -> None:
    home = HomePage.objects.get(locale__language_code="es")
    page.goto(f"/admin/pages/add/portal/contentpage/{home.pk}/")
    page.locator("#id_title").fill("Consulado móvil")
    page.locator("[data-streamfield-stream-container] button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Heading", exact=True).click()
    page.locator("input[name='body-0-value-text']").fill("Qué llevar")
    page.locator(".w-dropdown-button:visible button[data-w-dropdown-target=toggle]").last.click()
    page.locator("button[name=action-publish]:visible").click()
    expect(page.locator(".messages .success")).to_be_visible()


def submit_for_translation(page: Page, original: ContentPage) -> None:
    page.goto(f"/admin/localize/submit/page/{original.pk}/")
    page.locator("label:has-text('Ital')").first.click()
    page.locator("main form button[type=submit], main form input[type=submit]").last.click()
    page.wait_for_load_state("networkidle")


def translate(page: Page, draft: ContentPage) -> None:
    """Text by text, in the screen of translators. They cannot publish."""
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    for text, italian in ITALIAN.items():
        segment = page.locator("li.incomplete", has=page.get_by_text(text, exact=True))
        if not segment.is_visible():
            page.get_by_role("tab").last.click()
        segment.locator("button").last.click()
        segment.locator("textarea").fill(italian)
        segment.locator("button").last.click()
        expect(page.locator("li.complete", has=page.get_by_text(italian, exact=True))).to_be_visible()
    expect(page.locator(PUBLISH)).to_have_count(0)


def publish(page: Page, draft: ContentPage) -> None:
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    page.locator(PUBLISH).click()
    expect(page.locator(".messages .success")).to_be_visible()
