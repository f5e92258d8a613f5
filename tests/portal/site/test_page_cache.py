"""A kept page costs one query, and is never what somebody else should not see."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from portal.models import NewsCountry
from tests.factories.consultations import ConsultationFactory
from tests.factories.pages import (
    ContentPageFactory,
    CountryIndexPageFactory,
    CountryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.portal import UserFactory


@pytest.fixture
def addresses(site: Site) -> list[str]:
    """A site with something of everything on it."""
    from communities.models import Country

    ContentPageFactory(slug="privacidad")
    news = NewsIndexPageFactory()
    for number in range(12):
        page = NewsPageFactory(parent=news, slug=f"noticia-{number}")
        NewsCountry.objects.create(page=page, country="IT")
    countries = CountryIndexPageFactory()
    CountryPageFactory(parent=countries, slug="italia", country=Country.objects.get(pk="IT"))
    ConsultationFactory(open=True)
    return [
        "/es/",
        "/es/privacidad/",
        "/es/noticias/",
        "/es/noticias/noticia-3/",
        "/es/paises/",
        "/es/paises/italia/",
    ]


def test_pages_take_ten_queries_at_most_and_one_when_kept(
    client: Client, addresses: list[str], django_assert_max_num_queries: Any
) -> None:
    for address in addresses:
        # Menus and lists of countries are kept apart from pages, for longer.
        client.get(address)
        strange = Client()
        strange.cookies["odd"] = "1"
        with django_assert_max_num_queries(10):
            assert strange.get(address).status_code == 200
        with django_assert_max_num_queries(1):
            assert client.get(address).status_code == 200


def test_publishing_shows_at_once(client: Client, site: Site) -> None:
    page = ContentPageFactory(title="Antes", slug="privacidad")
    client.get("/es/privacidad/")

    page.title = "Después"
    page.save_revision().publish()

    assert "Después" in client.get("/es/privacidad/").text


def test_readers_on_other_clocks_get_their_own_page(client: Client, site: Site) -> None:
    ConsultationFactory(open=True)
    rome, tokyo = Client(), Client()
    rome.cookies["timezone"], tokyo.cookies["timezone"] = "Europe/Rome", "Asia/Tokyo"

    assert "Roma" in rome.get("/es/").text
    assert "Tokio" in tokyo.get("/es/").text


def test_what_somebody_with_a_session_sees_is_not_kept(client: Client, site: Site) -> None:
    client.get("/es/")
    cache.clear()
    client.force_login(UserFactory())
    client.get("/es/")

    with CaptureQueriesContext(connection) as queries:
        Client().get("/es/")

    assert len(queries) > 2, "a kept page takes two at the most"


def test_restricted_pages_stay_restricted(client: Client, site: Site) -> None:
    page = ContentPageFactory(slug="interno")
    assert client.get("/es/interno/").status_code == 200

    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/es/interno/").status_code == 302


def test_health_is_not_asked_of_the_cache(client: Client, db: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")


@pytest.mark.parametrize("path", ["/es/", "/es/buscar/"])
def test_no_proxy_may_give_a_page_to_the_next_reader(client: Client, site: Site, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert "Cookie" in response["Vary"]
    assert "private" in response["Cache-Control"]
    assert response["Content-Encoding"] == "gzip"
