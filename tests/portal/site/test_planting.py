from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from portal.models import HomePage
from portal.planting import plant


@pytest.mark.django_db
def test_planting_twice_changes_nothing_and_removes_the_welcome_page() -> None:
    plant()
    pages = sorted(Page.objects.values_list("pk", flat=True))

    call_command("setup_site", stdout=StringIO())

    assert sorted(Page.objects.values_list("pk", flat=True)) == pages
    assert not Page.objects.filter(title__startswith="Welcome").exists()


@pytest.mark.django_db
def test_front_pages_are_translations_of_each_other(site: Site) -> None:
    languages = HomePage.objects.values_list("locale__language_code", flat=True)

    assert sorted(languages) == ["en", "es", "it", "pt", "quy"]
    assert len(set(HomePage.objects.values_list("translation_key", flat=True))) == 1


@pytest.mark.parametrize("language", ["es", "en", "it", "pt", "quy"])
def test_every_language_has_an_address(client: Client, site: Site, language: str) -> None:
    response = client.get(f"/{language}/")

    assert response.status_code == 200
    expected = "es" if language == "quy" else language
    assert f'<html lang="{expected}">' in response.text


def test_quechua_pages_say_that_the_interface_is_in_spanish(client: Client, site: Site) -> None:
    assert "partial-language" in client.get("/quy/").text
    assert "partial-language" not in client.get("/it/").text
