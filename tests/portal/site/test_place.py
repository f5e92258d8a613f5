import pytest
from django.test import Client
from wagtail.models import Site


def test_a_country_with_one_clock_is_remembered_with_it(client: Client, site: Site) -> None:
    response = client.post("/es/su-lugar/", {"country": "IT", "next": "/es/"})

    assert response.url == "/es/"
    assert client.cookies["country"].value == "IT"
    assert client.cookies["timezone"].value == "Europe/Rome"
    assert "Italia" in client.get("/es/").text


def test_a_country_with_several_clocks_asks_which(client: Client, site: Site) -> None:
    asked = client.post("/es/su-lugar/", {"country": "US"})
    chosen = client.post("/es/su-lugar/", {"country": "US", "timezone": "America/Chicago"})

    assert asked.status_code == 200
    assert '<option value="America/New_York">Nueva York</option>' in asked.text
    assert chosen.status_code == 302
    assert client.cookies["timezone"].value == "America/Chicago"


def test_the_choice_can_be_forgotten(client: Client, site: Site) -> None:
    client.post("/es/su-lugar/", {"country": "IT"})

    client.post("/es/su-lugar/", {"forget": "1"})

    assert client.cookies["country"].value == ""


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client: Client, site: Site, target: str) -> None:
    assert client.post("/es/su-lugar/", {"country": "IT", "next": target}).url == "/es/su-lugar/"


@pytest.mark.parametrize("country", ["XX", "", "ITA", "<script>"])
def test_what_is_no_country_is_refused(client: Client, site: Site, country: str) -> None:
    response = client.post("/es/su-lugar/", {"country": country})

    assert response.status_code == 200
    assert not client.cookies.get("country")
