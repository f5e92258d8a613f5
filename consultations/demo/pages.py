"""The page trees of the demonstration: the same pages in four languages, linked as translations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page

from communities.models import Country, CountryIndexPage, CountryPage
from portal.models import (
    ContentPage,
    Footer,
    FooterColumn,
    FooterLink,
    HomePage,
    Menu,
    MenuItem,
    NewsIndexPage,
    NewsPage,
)
from portal.planting import plant

from ..models import ConsultationIndexPage
from .content import LANGUAGES, body, texts

AnyPage = TypeVar("AnyPage", bound=Page)


def load_pages() -> None:
    """Plant what is missing; pages that are there are left as they are."""
    plant()
    for language in LANGUAGES:
        _Tree(language).grow()
    _greet_in_quechua()
    _menu()
    _footer()


class _Tree:
    """One language's pages. Each page shares its translation key with its Spanish original."""

    def __init__(self, language: str) -> None:
        self.texts = texts(language)
        self.locale = Locale.objects.get(language_code=language)
        self.home = HomePage.objects.get(locale=self.locale)

    def grow(self) -> None:
        self._front_page()
        index = self.texts["consultations_index"]
        self._under(
            self.home, ConsultationIndexPage(title=index["title"], slug=index["slug"], show_in_menus=True)
        )
        for item in self.texts["pages"]:
            self._under(self.home, ContentPage(body=body(item["body"]), **_plain(item)))
        news = self._under(self.home, NewsIndexPage(**_plain(self.texts["news_index"])))
        for item in self.texts["news"]:
            day = timezone.localdate() + timedelta(days=item["day"])
            self._under(news, NewsPage(body=body(item["body"]), date=day, **_plain(item)))
        self._countries()

    def _countries(self) -> None:
        index = self._under(self.home, CountryIndexPage(**_plain(self.texts["countries_index"])))
        note = body([["text", f"<p>{self.texts['country_note']}</p>"]])
        for code, item in self.texts["countries"].items():
            country = Country.objects.get(code=code)
            self._under(index, CountryPage(country=country, body=note, **_plain(item)))

    def _front_page(self) -> None:
        self.home.title, self.home.lead = self.texts["home"]["title"], self.texts["home"]["lead"]
        self.home.save_revision().publish()

    def _under(self, parent: Page, page: AnyPage) -> AnyPage:
        """The page with that slug below its parent, made and published if it is not there."""
        existing = parent.get_children().filter(slug=page.slug).specific().first()
        if existing is not None:
            return existing  # type: ignore[no-any-return]  # of the same class: the slug says which
        page.locale = self.locale
        original = self._original(parent, page)
        if original is not None:
            page.translation_key = original.translation_key
        parent.add_child(instance=page)
        page.save_revision().publish()
        return page

    def _original(self, parent: Page, page: Page) -> Page | None:
        """Spanish is planted first, in the same order: the n-th page here translates the n-th there."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return None
        spanish = parent.get_translation(Locale.objects.get(language_code=settings.LANGUAGE_CODE))
        siblings = list(spanish.get_children())
        original: Page = siblings[parent.get_children().count()]
        return original


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    return {"title": item["title"], "slug": item["slug"], "lead": item["lead"]}


def _greet_in_quechua() -> None:
    """The one Quechua text that the demonstration has. The rest waits for a translator, and says so."""
    page = HomePage.objects.get(locale__language_code="quy")
    page.title = "Allin hamusqaykichik"
    page.save_revision().publish()


def _spanish(slug: str) -> Page:
    return Page.objects.get(slug=slug, locale__language_code=settings.LANGUAGE_CODE)


HOME = {"es": "Inicio", "en": "Home", "it": "Pagina iniziale", "pt": "Início"}
GROUPS = {"es": "Grupos focales", "en": "Focus groups", "it": "Focus group", "pt": "Grupos focais"}
OPEN_DATA = {"es": "Datos abiertos", "en": "Open data", "it": "Dati aperti", "pt": "Dados abertos"}
# What is in the menu and in the columns below: slugs of pages, and addresses with their labels.
Target = str | tuple[str, dict[str, str]]
MENU: tuple[Target, ...] = (
    ("/", HOME),
    "consultas",
    ("/grupos-focales/", GROUPS),
    "paises",
    "noticias",
    "como-participar",
)


def _target(target: Target) -> dict[str, Any]:
    if isinstance(target, str):
        return {"page": _spanish(target)}
    path, labels = target
    return {"path": path, **{f"label_{code}": text for code, text in labels.items()}}


def _menu() -> None:
    menu = Menu.load()
    if menu.items.exists():
        return
    menu.items.set([MenuItem(**_target(target), sort_order=at) for at, target in enumerate(MENU)])
    menu.save()


COLUMNS: tuple[tuple[dict[str, str], tuple[Target, ...]], ...] = (
    (
        {"es": "Sus derechos", "en": "Your rights", "it": "I Suoi diritti", "pt": "Seus direitos"},
        ("privacidad", "accesibilidad", "quienes-somos"),
    ),
    (
        {"es": "Ayuda", "en": "Help", "it": "Aiuto", "pt": "Ajuda"},
        (
            "responder-con-ayuda",
            "emergencia",
            "volver-al-peru",
            "consejos-de-consulta",
            ("/datos-abiertos/", OPEN_DATA),
        ),
    ),
)


def _footer() -> None:
    footer = Footer.load()
    if footer.columns.exists():
        return
    for language in LANGUAGES:
        setattr(footer, f"about_{language}", texts(language)["footer_about"])
        setattr(footer, f"tagline_{language}", texts(language)["tagline"])
    footer.help_page = _spanish("emergencia")
    footer.columns.set([_column(heading, targets, at) for at, (heading, targets) in enumerate(COLUMNS)])
    footer.save()


def _column(heading: dict[str, str], targets: tuple[Target, ...], at: int) -> FooterColumn:
    column = FooterColumn(sort_order=at, **{f"heading_{code}": text for code, text in heading.items()})
    column.links.set([FooterLink(**_target(target), sort_order=n) for n, target in enumerate(targets)])
    return column
