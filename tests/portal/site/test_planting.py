from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from portal.models import HomePage
from portal.planting import plant_everything


@pytest.mark.django_db
def test_planting_twice_changes_nothing_and_removes_the_welcome_page() -> None:
    plant_everything()
    pages = sorted(Page.objects.values_list("pk", flat=True))

    call_command("setup_site", stdout=StringIO())

    assert sorted(Page.objects.values_list("pk", flat=True)) == pages
    assert not Page.objects.filter(title__startswith="Welcome").exists()


@pytest.mark.django_db
def test_a_new_installation_has_a_list_of_consultations_in_each_language(client: Client) -> None:
    call_command("setup_site", "--if-new", stdout=StringIO())

    lists = ["/es/consultas/", "/en/consultations/", "/it/consultazioni/", "/pt/consultas/"]
    assert [client.get(path).status_code for path in lists] == [200] * 4
    assert 'hreflang="it" href="http://localhost:8000/it/consultazioni/"' in client.get("/sitemap.xml").text


@pytest.mark.django_db
def test_what_editors_took_away_does_not_come_back_with_the_next_version() -> None:
    plant_everything()
    Page.objects.get(slug="consultazioni").delete()

    call_command("setup_site", "--if-new", stdout=StringIO())

    assert not Page.objects.filter(slug="consultazioni").exists()


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
