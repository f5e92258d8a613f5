"""An editor writes and publishes a page, a translator translates it, a visitor reads it in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from portal.models import ContentPage, HomePage
from portal.roles import Role

from . import survey
from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

ITALIAN = {"Consulado móvil": "Consolato mobile", "Qué llevar": "Che cosa portare"}


@pytest.fixture(autouse=True)
def _tree(transactional_db: None) -> None:
    survey.plant_indexes()


def test_a_page_from_the_editor_to_readers_of_two_languages(open_page: Any, axe: Any) -> None:
    editor = signed_in(open_page(viewport=DESK), member(Role.EDITOR))
    write(editor)
    page = ContentPage.objects.get(slug="consulado-movil")
    assert page.live

    submit_for_translation(editor, page)
    translate(page)

    reader = open_page(viewport=PHONE)
    reader.goto(page.get_url())
    expect(reader.locator("h1")).to_have_text("Consulado móvil")
    axe(reader)
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


def translate(original: ContentPage) -> None:
    """What a translator types, text by text, and publishes."""
    italian = Locale.objects.get(language_code="it")
    translation = Translation.objects.get(source__object_id=original.translation_key, target_locale=italian)
    for segment in translation.source.stringsegment_set.filter(string__data__in=ITALIAN):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=italian,
            context=segment.context,
            data=ITALIAN[segment.string.data],
        )
    translation.save_target(publish=True)
