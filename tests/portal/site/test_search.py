from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from tests.factories.consultations import ConsultationFactory
from tests.factories.pages import ContentPageFactory


@pytest.mark.parametrize("query", ["migración", "migracion", "MIGRACION", "politica migracion"])
def test_accents_and_case_do_not_matter(client: Client, site: Site, query: str) -> None:
    ContentPageFactory(title="Política de migración", slug="migracion")

    assert 'href="/es/migracion/"' in client.get("/es/buscar/", {"q": query}).text


def test_each_language_finds_its_own_pages(client: Client, site: Site) -> None:
    spanish = ContentPageFactory(title="Consulado móvil", slug="movil")
    ContentPageFactory(title="Consulado móvil (en)", slug="mobile", language="en", of=spanish)

    page = client.get("/en/search/", {"q": "consulado"}).text

    assert 'href="/en/mobile/"' in page
    assert 'href="/es/movil/"' not in page


def test_drafts_and_restricted_pages_are_not_found(client: Client, site: Site) -> None:
    ContentPageFactory(title="Secreto", slug="secreto", draft=True)

    assert 'href="/es/secreto/"' not in client.get("/es/buscar/", {"q": "secreto"}).text


def test_consultations_are_found_in_the_readers_language(client: Client, site: Site) -> None:
    ConsultationFactory(open=True, title_es="Qué necesita", title_en="What do you need")

    assert "What do you need" in client.get("/en/search/", {"q": "need"}).text


@pytest.mark.parametrize("query", ["", "   ", "\x00", "'\"; --", "%", "a" * 5000, "&|!():*", "ñandú"])
def test_anything_can_be_typed(client: Client, site: Site, query: str) -> None:
    assert client.get("/es/buscar/", {"q": query}).status_code == 200


def test_results_come_in_pages(client: Client, site: Site, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        ContentPageFactory(title=f"Tarjeta {number}", slug=f"tarjeta-{number}")

    with django_assert_max_num_queries(16):
        first = client.get("/es/buscar/", {"q": "tarjeta"}).text

    assert first.count("<li><h3>") == 10
    assert "?q=tarjeta&amp;page=2" in first
    assert client.get("/es/buscar/", {"q": "tarjeta", "page": "2"}).text.count("<li><h3>") == 2
    assert client.get("/es/buscar/", {"q": "tarjeta", "page": "nada"}).status_code == 200
