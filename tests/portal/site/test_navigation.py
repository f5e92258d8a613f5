from django.test import Client
from django.utils import translation
from wagtail.models import Site

from communities.models import Country
from portal import navigation
from portal.models import Footer, FooterColumn, FooterLink, Menu, MenuItem
from tests.factories.pages import ContentPageFactory, CountryIndexPageFactory, CountryPageFactory


def _menu(*items: MenuItem) -> Menu:
    menu = Menu.load()
    menu.items = list(items)
    menu.save()
    return menu


def test_menu_leads_to_pages_in_the_readers_language(client: Client, site: Site) -> None:
    spanish = ContentPageFactory(title="Privacidad", slug="privacidad")
    ContentPageFactory(title="Privacy", slug="privacy", language="en", of=spanish)
    _menu(MenuItem(page=spanish))

    assert '<a href="/en/privacy/">Privacy</a>' in client.get("/en/").text


def test_menu_marks_what_is_only_in_spanish(client: Client, site: Site) -> None:
    _menu(MenuItem(page=ContentPageFactory(title="Privacidad", slug="privacidad")))

    assert '<a href="/es/privacidad/" lang="es" hreflang="es">Privacidad</a>' in client.get("/it/").text


def test_menu_marks_the_page_that_is_shown_and_the_one_it_lies_under(client: Client, site: Site) -> None:
    parent = ContentPageFactory(title="Ayuda", slug="ayuda")
    ContentPageFactory(title="Correo", slug="correo", parent=parent)
    _menu(MenuItem(page=parent))

    assert '<a href="/es/ayuda/" aria-current="page">Ayuda</a>' in client.get("/es/ayuda/").text
    assert '<a href="/es/ayuda/" aria-current="true">Ayuda</a>' in client.get("/es/ayuda/correo/").text


def test_unpublished_pages_leave_the_menu_at_once(client: Client, site: Site) -> None:
    page = ContentPageFactory(title="Ayuda", slug="ayuda")
    _menu(MenuItem(page=page))
    assert "Ayuda" in client.get("/es/").text

    page.unpublish()

    assert "Ayuda" not in client.get("/es/").text


def test_footer_has_columns_and_texts_in_the_readers_language(client: Client, site: Site) -> None:
    footer = Footer.load()
    footer.about_es, footer.about_en = "Un ministerio.", "A ministry."
    footer.columns = [FooterColumn(heading_es="Ayuda", heading_en="Help")]
    footer.columns.all()[0].links = [FooterLink(path="/search/", label_es="Buscar", label_en="Search")]
    footer.save()

    page = client.get("/en/").text

    assert "A ministry." in page
    assert '<h2 class="small">Help</h2>' in page
    assert '<a href="/en/search/">Search</a>' in page


def test_addresses_without_a_page_are_written_in_the_readers_words(client: Client, site: Site) -> None:
    _menu(MenuItem(path="/grupos-focales/", label_es="Grupos focales", label_en="Focus groups"))

    assert '<a href="/es/grupos-focales/" aria-current="page">' in client.get("/es/grupos-focales/").text
    assert '<a href="/en/focus-groups/" aria-current="page">' in client.get("/en/focus-groups/").text
    assert '<a href="/quy/grupos-focales/"' in client.get("/quy/").text


def test_country_pages_name_the_page_for_emergencies_in_the_readers_language(
    client: Client, site: Site
) -> None:
    page = ContentPageFactory(title="Emergencia", slug="emergencia", lead="No atendemos emergencias.")
    ContentPageFactory(title="Emergency", slug="emergency", language="en", of=page, lead="Not us.")
    index = CountryIndexPageFactory()
    CountryPageFactory(parent=index, slug="italia", country=Country.objects.get(pk="IT"))
    assert "Emergencia" not in client.get("/es/paises/italia/").text
    footer = Footer.load()
    footer.help_page = page
    footer.save()

    shown = client.get("/es/paises/italia/").text

    assert '<a href="/es/emergencia/">Emergencia</a>' in shown
    assert "No atendemos emergencias." in shown
    with translation.override("en"):
        assert navigation.help_at_once(None) == navigation.Help("Emergency", "Not us.", "/en/emergency/", "")
    with translation.override("it"):
        assert navigation.help_at_once(None) == navigation.Help(
            "Emergencia", "No atendemos emergencias.", "/es/emergencia/", "es"
        )
    page.unpublish()
    assert "Emergencia" not in client.get("/es/paises/italia/").text
