"""Focus groups and open data that anyone may see stand in the sitemap and are found."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Site

from consultations.opendata.searching import find_data_sets
from portal.search import Found
from tests.factories.consultations import ConsultationFactory
from tests.factories.focus_groups import FocusGroupFactory
from tests.factories.open_data import PublicFileFactory


def locations(client: Client) -> list[str]:
    parts = client.get("/sitemap.xml").text.split("<loc>http://localhost:8000")[1:]
    return [part.split("</loc>")[0] for part in parts]


def test_groups_are_listed_in_four_languages_with_their_alternates(client: Client, site: Site) -> None:
    FocusGroupFactory(open=True, slug="familias")
    FocusGroupFactory(slug="en-preparacion")

    listed = [path for path in locations(client) if "foca" in path or "focus" in path]

    assert listed == [
        "/es/grupos-focales/",
        "/en/focus-groups/",
        "/it/focus-group/",
        "/pt/grupos-focais/",
        "/es/grupos-focales/familias/",
        "/en/focus-groups/familias/",
        "/it/focus-group/familias/",
        "/pt/grupos-focais/familias/",
    ]
    english = 'hreflang="en" href="http://localhost:8000/en/focus-groups/familias/"'
    assert client.get("/sitemap.xml").text.count(english) == 4


def test_data_sets_are_listed_once_they_are_published(client: Client, site: Site) -> None:
    PublicFileFactory(published=True, consultation=ConsultationFactory(closed=True, slug="necesidades"))
    PublicFileFactory(consultation=ConsultationFactory(closed=True, slug="borrador"))

    listed = [path for path in locations(client) if path.startswith("/en/open-data/")]

    assert listed == ["/en/open-data/", "/en/open-data/necesidades/"]


def test_groups_are_found_in_the_readers_language(client: Client, site: Site) -> None:
    FocusGroupFactory(open=True, slug="familias", title_es="Familias en Milán", title_en="Families in Milan")
    FocusGroupFactory(slug="secreto", title_es="Milán en secreto", title_en="Milan in secret")

    english = client.get("/en/search/", {"q": "milan families"}).text

    assert 'href="/en/focus-groups/familias/"' in english
    assert 'href="/en/focus-groups/secreto/"' not in client.get("/en/search/", {"q": "milan"}).text
    assert 'href="/es/grupos-focales/familias/"' in client.get("/es/buscar/", {"q": "MILÁN"}).text


@pytest.mark.django_db
def test_data_sets_are_found_by_the_title_of_their_consultation() -> None:
    consultation = ConsultationFactory(
        closed=True, slug="necesidades", title_es="Qué necesita", summary_es=""
    )
    PublicFileFactory(published=True, consultation=consultation)
    PublicFileFactory(consultation=ConsultationFactory(closed=True, title_es="Qué necesita Lima"))

    found = list(find_data_sets("necesita"))

    assert [(item.title, item.url) for item in found] == [("Qué necesita", "/es/datos-abiertos/necesidades/")]
    assert all(isinstance(item, Found) and item.kind for item in found)
