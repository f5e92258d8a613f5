"""Editors at work in the admin: pages, menus, translations."""

import pytest
from django.test import Client
from wagtail.models import Locale, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.models import ContentPage, Footer, Menu
from tests.factories.pages import ContentPageFactory
from tests.factories.portal import UserFactory


@pytest.fixture
def editor(client: Client, site: Site) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.mark.parametrize("model", ["contentpage", "newsindexpage"])
def test_pages_can_be_begun(editor: Client, site: Site, model: str) -> None:
    assert editor.get(f"/admin/pages/add/portal/{model}/{site.root_page_id}/").status_code == 200


def test_pages_can_be_edited_and_previewed(editor: Client, site: Site) -> None:
    page = ContentPageFactory(title="Privacidad", slug="privacidad")

    assert editor.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert "Privacidad" in page.make_preview_request().rendered_content


@pytest.mark.parametrize("model", [Menu, Footer])
def test_menu_and_footer_can_be_edited(editor: Client, model: type[Menu | Footer]) -> None:
    setting = model.load()

    response = editor.get(f"/admin/settings/portal/{model._meta.model_name}/{setting.pk}/")

    assert response.status_code == 200


def test_a_page_is_translated_piece_by_piece(site: Site) -> None:
    body = '[{"type": "heading", "value": {"text": "Cómo", "level": "2"}}]'
    page = ContentPageFactory(title="Privacidad", slug="privacidad", body=body)
    english = Locale.objects.get(language_code="en")
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            data=f"EN {segment.string.data}",
        )

    translation.save_target()

    translated = ContentPage.objects.get(locale=english)
    assert translated.title == "EN Privacidad"
    assert translated.body[0].value["text"] == "EN Cómo"
    assert page.get_translation(english).pk == translated.pk
