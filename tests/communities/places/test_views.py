"""The public list of offices, and the page of each."""

import re

import pytest
from django.test import Client

from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory, CountryFactory

pytestmark = pytest.mark.django_db


def names_in(html: str) -> list[str]:
    """The offices of a list, in order."""
    return [re.sub("<[^>]*>", "", part.split("</a>")[0]) for part in html.split("<h3>")[1:]]


def listed(client: Client, query: str = "", *, address: str = "/es/oficinas/") -> list[str]:
    response = client.get(address + query)
    assert response.status_code == 200
    return names_in(response.content.decode())


def test_offices_are_listed_by_country_in_the_readers_alphabet(client: Client) -> None:
    ConsularOfficeFactory(name_es="En Zúrich", city_es="Zúrich", country__code="CH")
    ConsularOfficeFactory(name_es="En Viena", city_es="Viena", country__code="AT")
    ConsularOfficeFactory(name_es="En Berlín", city_es="Berlín", country__code="DE")
    ConsularOfficeFactory(name_es="En Ávila", city_es="Ávila", country__code="ES")
    ConsularOfficeFactory(name_es="En Bilbao", city_es="Bilbao", country__code="ES")

    assert listed(client) == ["En Berlín", "En Viena", "En Ávila", "En Bilbao", "En Zúrich"]
    assert listed(client, address="/en/offices/") == [
        "En Viena",
        "En Berlín",
        "En Ávila",
        "En Bilbao",
        "En Zúrich",
    ]


@pytest.mark.parametrize("query", ["MILAN", "Milán", "milano", "lombardia", "italia", "IT", "General Milan"])
def test_search_finds_in_any_language_and_without_accents(client: Client, query: str) -> None:
    ConsularDistrictFactory(office__in_milan=True, region="Lombardía")
    ConsularOfficeFactory(country__code="DE", city_es="Berlín")

    assert listed(client, f"?q={query}") == ["Consulado General del Perú en Milán"]


def test_choosing_a_country_finds_the_office_that_serves_it_from_another(client: Client) -> None:
    ConsularDistrictFactory(
        whole_country=True,
        country=CountryFactory(code="LU"),
        office__country__code="BE",
        office__name_es="En Bruselas",
    )
    ConsularOfficeFactory(name_es="En Milán")

    assert listed(client, "?country=LU") == ["En Bruselas"]


@pytest.mark.parametrize("query", ["?q=nowhere", "?country=XX", "?country=<script>", "?q=" + "x" * 101])
def test_search_that_finds_nothing_says_so(client: Client, query: str) -> None:
    ConsularOfficeFactory()

    html = client.get(f"/en/offices/{query}").content.decode()

    assert "No office was found" in html
    assert "<script>" not in html


def test_closed_office_is_not_listed_but_keeps_its_page(client: Client) -> None:
    ConsularOfficeFactory(slug="phoenix", closed=True)

    assert listed(client) == []
    assert "This office is closed." in client.get("/en/offices/phoenix/").content.decode()


def test_office_that_nobody_checked_is_not_called_open(client: Client) -> None:
    ConsularOfficeFactory(slug="a")

    html = client.get("/en/offices/a/").content.decode()

    assert "To be confirmed" in html
    assert "Nobody has checked yet" in html
    assert 'class="tag good"' not in html


def test_office_page_shows_district_source_and_two_clocks(client: Client) -> None:
    office = ConsularOfficeFactory(in_milan=True)
    ConsularDistrictFactory(office=office, region="Veneto", source="https://news.example/a?b=1; 2018")
    ConsularDistrictFactory(office=office, whole_country=True, country=CountryFactory(code="SM"))

    html = client.get("/it/uffici/milan/").content.decode()

    assert "<li>San Marino</li><li>Veneto (Italia)</li>" not in html
    assert "<li>San Marino</li><li>Veneto</li>" in html
    assert "larepublica.pe, 2026-02-20" in html
    assert '<a href="https://news.example/a?b=1" rel="noreferrer">news.example</a>; 2018' in html
    assert "Milano</dt>" in html
    assert html.count("<time datetime=") == 2


def test_name_that_is_not_translated_says_its_language(client: Client) -> None:
    ConsularOfficeFactory(slug="a", name_es="Consulado en Tokio", name_en=None)

    assert '<span lang="es">Consulado en Tokio</span>' in client.get("/en/offices/a/").content.decode()


def test_word_of_another_language_leads_to_the_right_address(client: Client) -> None:
    response = client.get("/en/oficinas/milan/")

    assert (response.status_code, response.headers["Location"]) == (302, "/en/offices/milan/")


def test_unknown_office_is_not_found(client: Client) -> None:
    assert client.get("/es/oficinas/atlantis/").status_code == 404


def test_list_takes_the_same_queries_for_one_and_for_three(
    client: Client,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]  # a fixture without a public type
) -> None:
    ConsularDistrictFactory(region="Lazio")
    client.get("/es/oficinas/?q=a")  # menu and footer are kept from now on
    with django_assert_max_num_queries(10) as one:
        client.get("/es/oficinas/?q=c")
    ConsularDistrictFactory(region="Umbria")
    ConsularDistrictFactory(region="Ática", office__country__code="GR")
    client.get("/es/oficinas/?q=a")

    with django_assert_max_num_queries(10) as three:
        client.get("/es/oficinas/?q=consulado")

    assert len(three) == len(one)
