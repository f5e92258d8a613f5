"""The menu and the footer as plain entries, in one language, kept until somebody edits them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, override
from wagtail.models import Page

from .freshness import kept
from .models import Footer, FooterColumn, Menu
from .models.navigation.link import Link


@dataclass(frozen=True)
class Entry:
    """``language`` is set when the target is not in the reader's language."""

    label: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class Column:
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Help:
    """Where somebody finds help at once. ``language`` as in an entry."""

    title: str
    lead: str
    url: str
    language: str


@dataclass(frozen=True)
class FooterText:
    tagline: str
    about: str
    columns: tuple[Column, ...]


def menu(request: HttpRequest | None) -> tuple[Entry, ...]:
    return kept(f"menu:{get_language()}", _build_menu, request=request)


def footer(request: HttpRequest | None) -> FooterText:
    return kept(f"footer:{get_language()}", _build_footer, request=request)


def help_at_once(request: HttpRequest | None) -> Help | None:
    return kept(f"help:{get_language()}", _build_help, request=request)


def _build_help() -> Help | None:
    footer = Footer.objects.select_related("help_page").first()
    if footer is None or footer.help_page is None:
        return None
    page = _pages_by_key([footer.help_page]).get(str(footer.help_page.translation_key))
    if page is None:
        return None
    language = page.locale.language_code
    lead = getattr(page.specific, "lead", "")
    return Help(page.title, lead, page.get_url() or "/", "" if language == get_language() else language)


def _build_menu() -> tuple[Entry, ...]:
    found = Menu.objects.first()
    return _entries(found.items.select_related("page__locale")) if found else ()


def _build_footer() -> FooterText:
    found = Footer.objects.first()
    if found is None:
        return FooterText("", "", ())
    columns = FooterColumn.objects.filter(footer=found).prefetch_related("links__page__locale")
    return FooterText(
        tagline=found.tagline,
        about=found.about,
        columns=tuple(Column(column.heading, _entries(column.links.all())) for column in columns),
    )


def _entries(links: Iterable[Link]) -> tuple[Entry, ...]:
    links = list(links)
    pages = _pages_by_key([link.page for link in links if link.page])
    return tuple(entry for link in links if (entry := _entry(link, pages)))


def _pages_by_key(pages: list[Page]) -> dict[str, Page]:
    """The pages in the reader's language, and in Spanish where there is none."""
    language, fallback = get_language(), settings.LANGUAGE_CODE
    versions = Page.objects.live().filter(
        translation_key__in=[page.translation_key for page in pages],
        locale__language_code__in=[language, fallback],
    )
    ordered = sorted(
        versions.select_related("locale"), key=lambda page: page.locale.language_code == language
    )
    return {str(page.translation_key): page for page in ordered}


def _entry(link: Link, pages: dict[str, Page]) -> Entry | None:
    if link.path:
        return Entry(link.label, _with_language(link.path))
    page = pages.get(str(link.page.translation_key)) if link.page else None
    if page is None:
        return None
    language = page.locale.language_code
    elsewhere = "" if language == get_language() else language
    label = page.title if elsewhere else link.label or page.title
    return Entry(label, page.get_url() or "/", elsewhere)


def _with_language(path: str) -> str:
    """Addresses within the site are written without their language, in the words of the first one."""
    if not path.startswith("/"):
        return path
    language, first = get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE
    with override(first):
        found = translate_url(f"/{first}{path}", language)
    return found if found.startswith(f"/{language}/") else f"/{language}{path}"
