from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from tests.factories.pages import ContentPageFactory, home

SWITCH = '<a href="{url}" lang="{code}" hreflang="{code}" rel="alternate">'


def test_switcher_leads_to_the_same_page_in_the_other_language(client: Client, site: Site) -> None:
    spanish = ContentPageFactory(title="Privacidad", slug="privacidad")
    ContentPageFactory(title="Privacy", slug="privacy", language="en", of=spanish)

    page = client.get("/es/privacidad/").text

    assert SWITCH.format(url="/en/privacy/", code="en") in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/privacy/">' in page


def test_switcher_leads_to_a_page_that_says_it_is_not_translated(client: Client, site: Site) -> None:
    spanish = ContentPageFactory(title="Privacidad", slug="privacidad")
    with override("it"):
        address = reverse("untranslated", args=[spanish.pk])

    page = client.get("/es/privacidad/").text
    said = client.get(address)

    assert f'<a href="{address}" lang="it">' in page
    assert 'hreflang="it"' not in page
    assert said.status_code == 200
    assert '<html lang="it">' in said.text
    assert '<a href="/es/privacidad/" lang="es" hreflang="es">Privacidad</a>' in said.text


def test_untranslated_address_goes_to_the_translation_once_there_is_one(client: Client, site: Site) -> None:
    spanish = ContentPageFactory(slug="privacidad")
    ContentPageFactory(slug="privacy", language="en", of=spanish)
    with override("en"):
        address = reverse("untranslated", args=[spanish.pk])

    assert client.get(address).url == "/en/privacy/"


def test_drafts_are_no_translations(client: Client, site: Site) -> None:
    spanish = ContentPageFactory(slug="privacidad")
    ContentPageFactory(slug="privacy", language="en", of=spanish, draft=True)

    assert "/en/privacy/" not in client.get("/es/privacidad/").text


def test_addresses_that_are_no_pages_are_switched_too(client: Client, site: Site) -> None:
    assert 'href="/it/cerca/"' in client.get("/es/buscar/").text


def test_unknown_address_is_404_in_the_language_asked_for(client: Client, site: Site) -> None:
    response = client.get("/pt/nada/")

    assert response.status_code == 404
    assert '<html lang="pt">' in response.text
    assert home().title in response.text
