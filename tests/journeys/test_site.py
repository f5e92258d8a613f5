"""The site in a browser: without violations, without a sideways scroll, and with its own clock."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from wagtail.models import Site

from portal.models import Menu, MenuItem
from portal.planting import plant
from tests.factories.consultations import ConsultationFactory
from tests.factories.pages import ContentPageFactory, NewsIndexPageFactory, NewsPageFactory

from .conftest import DESK, PHONE

ADDRESSES = ["/es/", "/es/privacidad/", "/es/noticias/", "/es/buscar/?q=privacidad", "/es/nada/", "/quy/"]


@pytest.fixture
def site(transactional_db: Any) -> Site:
    site = plant()
    page = ContentPageFactory(title="Privacidad", slug="privacidad")
    NewsPageFactory(parent=NewsIndexPageFactory(), title="Una noticia")
    ConsultationFactory(open=True)
    menu = Menu.load()
    menu.items = [MenuItem(page=page)]
    menu.save()
    return site


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_no_page_has_a_violation_or_scrolls_sideways(
    open_page: Any, axe: Any, site: Site, viewport: Any, dark: bool
) -> None:
    page = open_page(viewport=viewport, dark=dark)

    for address in ADDRESSES:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_menu_opens_without_a_script(open_page: Any, axe: Any, site: Site) -> None:
    page = open_page(javascript=False)
    page.goto("/es/")
    entry = page.get_by_role("link", name="Privacidad")
    assert not entry.is_visible()

    page.locator("[popovertarget=menu]").click()

    assert entry.is_visible()
    axe(page)


def test_readers_clock_is_shown_at_once_and_then_comes_from_the_server(open_page: Any, site: Site) -> None:
    page = open_page(zone="Asia/Tokyo")
    page.goto("/es/")
    first = page.locator(".clocks .yours").inner_text()

    page.reload()

    assert page.locator(".clocks .yours").inner_text() == first
    assert "Tokio" in page.locator(".clocks dt").first.inner_text()


def test_a_mail_with_a_long_link_fits_a_phone(open_page: Any) -> None:
    page = open_page()
    context = {"link": f"https://portal.example/{'x' * 120}/", "title": {"text": "Consulta"}}

    page.set_content(render_to_string("emails/confirm_follower.html", context))

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
