import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from wagtail.models import Site

from communities.models import Country
from portal.models import NewsCountry, NewsPage
from tests.factories.pages import (
    ContentPageFactory,
    CountryIndexPageFactory,
    CountryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    home,
)


def test_news_come_latest_first_ten_a_page(client: Client, site: Site) -> None:
    index = NewsIndexPageFactory()
    for day in range(1, 13):
        NewsPageFactory(parent=index, title=f"Día {day:02}", date=date(2026, 5, day))

    page = client.get("/es/noticias/").text

    assert page.count("<time ") == 10
    assert page.index("Día 12") < page.index("Día 11")
    assert "Día 02" in client.get("/es/noticias/?page=2").text


def test_news_for_a_country_are_for_it_or_for_all(site: Site) -> None:
    index = NewsIndexPageFactory()
    everyone, italy, japan = (NewsPageFactory(parent=index, slug=slug) for slug in ("a", "b", "c"))
    NewsCountry.objects.create(page=italy, country="IT")
    NewsCountry.objects.create(page=japan, country="JP")

    found = NewsPage.objects.newest(locale_id=index.locale_id).for_country("it")

    assert set(found) == {everyone, italy}


def test_news_are_a_feed(client: Client, site: Site) -> None:
    index = NewsIndexPageFactory()
    NewsPageFactory(parent=index, title="Una noticia", slug="una", lead="Lo que pasó.", date=date(2026, 5, 1))

    response = client.get("/es/noticias/rss/")
    item = ElementTree.fromstring(response.content).find("channel/item")  # noqa: S314  (our own feed)

    assert response["Content-Type"].startswith("application/rss+xml")
    assert item is not None
    assert item.findtext("title") == "Una noticia"
    assert item.findtext("link") == "http://localhost:8000/es/noticias/una/"
    assert item.findtext("pubDate") == "Fri, 01 May 2026 12:00:00 -0500"


def test_pages_tell_social_networks_what_they_are(client: Client, site: Site) -> None:
    ContentPageFactory(title="Privacidad", slug="privacidad", lead="Qué guardamos.")

    page = client.get("/es/privacidad/").text

    assert '<meta property="og:title" content="Privacidad">' in page
    assert '<meta property="og:description" content="Qué guardamos.">' in page
    assert '<meta property="og:image" content="http://testserver/static/portal/img/compartir.png">' in page
    assert '<link rel="canonical" href="http://testserver/es/privacidad/">' in page


def test_breadcrumbs_lead_back(client: Client, site: Site) -> None:
    parent = ContentPageFactory(title="Ayuda", slug="ayuda")
    ContentPageFactory(title="Correo", slug="correo", parent=parent)

    page = client.get("/es/ayuda/correo/").text

    assert '<li><a href="/es/ayuda/">Ayuda</a></li></ol>' in page


def test_breadcrumbs_of_news_name_their_list_once(client: Client, site: Site) -> None:
    news = NewsIndexPageFactory(title="Noticias", slug="noticias")
    NewsPageFactory(parent=news, slug="feria")

    page = client.get("/es/noticias/feria/").text

    assert '<li><a href="/es/">Inicio</a></li><li><a href="/es/noticias/">Noticias</a></li></ol>' in page


def test_sitemap_has_each_page_with_its_other_languages(
    client: Client, site: Site, django_assert_max_num_queries: Any
) -> None:
    spanish = ContentPageFactory(slug="privacidad")
    ContentPageFactory(slug="privacy", language="en", of=spanish)
    ContentPageFactory(slug="borrador", draft=True)

    with django_assert_max_num_queries(20):
        text = client.get("/sitemap.xml").text

    assert "<loc>http://localhost:8000/es/privacidad/</loc>" in text
    assert '<xhtml:link rel="alternate" hreflang="en" href="http://localhost:8000/en/privacy/"/>' in text
    assert "borrador" not in text
    ElementTree.fromstring(text)  # noqa: S314  (our own file)


def test_country_page_shows_offices_and_who_serves_a_region(client: Client, site: Site) -> None:
    from communities.models import ConsularDistrict, ConsularOffice

    italy = Country.objects.get(pk="IT")
    milan = ConsularOffice.objects.create(
        slug="milan", kind="consulate_general", name="Consulado en Milán", country=italy, city="Milán",
        timezone="Europe/Rome",
    )  # fmt: skip
    ConsularDistrict.objects.create(office=milan, country=italy, region="Lombardía")
    CountryPageFactory(parent=CountryIndexPageFactory(), country=italy, slug="italia", title="Italia")

    for kind, name in (("honorary", "Consulado en Aosta"), ("consulate_general", "Consulado en Génova")):
        ConsularOffice.objects.create(
            slug=kind.replace("_", "-"),
            kind=kind,
            name=name,
            country=italy,
            city=name[13:],
            timezone="Europe/Rome",
        )

    page = client.get("/es/paises/italia/", {"region": "lombardia"}).text

    assert re.findall(r">(Consulado en [^<]+)</a>", page) == [
        "Consulado en Milán",
        "Consulado en Génova",
        "Consulado en Aosta",
    ]
    assert page.count('class="office mine"') == 1
    assert "<option selected>Lombardía</option>" in page or "<option>Lombardía</option>" in page
    assert "Roma" in page
    assert f"/textile/{italy.pk}.svg" in page


def test_choosing_a_country_leads_to_its_page_and_is_remembered_only_if_asked(
    client: Client, site: Site
) -> None:
    countries = CountryIndexPageFactory()
    CountryPageFactory(parent=countries, country=Country.objects.get(pk="IT"), slug="italia")

    silent = client.get("/es/paises/", {"country": "IT"})
    remembered = client.get("/es/paises/", {"country": "IT", "remember": "1"})
    without_page = client.get("/es/paises/", {"country": "JP"})

    assert (silent.url, len(silent.cookies)) == ("/es/paises/italia/", 0)
    assert remembered.cookies["country"].value == "IT"
    assert remembered.cookies["timezone"].value == "Europe/Rome"
    assert without_page.url == "/es/oficinas/?country=JP"
    assert client.get("/es/paises/", {"country": "<b>"}).status_code == 200


def test_home_without_a_consultation_shows_its_own_title(client: Client, site: Site) -> None:
    page = home()
    page.title, page.lead = "Bienvenida", "Lo que hacemos aquí."
    page.save_revision().publish()

    assert '<h1 id="h">Bienvenida</h1>' in client.get("/es/").text
