"""The same page in the other languages: where it is, and where it is not translated yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    current: bool
    translated: bool


def language_links(request: HttpRequest, page: Page | None) -> tuple[LanguageLink, ...]:
    """One link a language, found once a request. A page that is not translated leads to one that says so."""
    if not hasattr(request, "_language_links"):
        urls = _page_urls(request, page) if page is not None else _view_urls(request)
        links = tuple(_link(code, urls, page) for code, _name in settings.LANGUAGES)
        request._language_links = links  # type: ignore[attr-defined]  # our own note on the request
    found: tuple[LanguageLink, ...] = request._language_links  # type: ignore[attr-defined]  # set just above
    return found


def _link(code: str, urls: dict[str, str], page: Page | None) -> LanguageLink:
    url = urls.get(code) or _untranslated_url(code, page)
    name = get_language_info(code)["name_local"]
    return LanguageLink(code, name[:1].upper() + name[1:], url, code == get_language(), code in urls)


def _page_urls(request: HttpRequest, page: Page) -> dict[str, str]:
    """Addresses of a page's translations, with what comes after the page's own address kept."""
    own = page.get_url(request) or ""
    tail = request.path[len(own) :] if own and request.path.startswith(own) else ""
    tails: dict[str, str] = getattr(page, "tails_by_language", lambda tail: {})(tail)
    return {
        code: f"{url}{tails.get(code, tail)}" for code, url in _translations(request, page) if url is not None
    }


def _translations(request: HttpRequest, page: Page) -> list[tuple[str, Any]]:
    pages = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
    return [(version.locale.language_code, version.get_url(request)) for version in pages]


def _view_urls(request: HttpRequest) -> dict[str, str]:
    """Addresses of a view that is no page; the front page where an address exists in one language only."""
    return {code: _translated(request.path, code) for code, _name in settings.LANGUAGES}


def _translated(path: str, code: str) -> str:
    try:
        resolve(path)
    except Resolver404:
        return f"/{code}/"
    url = translate_url(path, code)
    return url if url != path or code == get_language() else f"/{code}/"


def _untranslated_url(code: str, page: Page | None) -> str:
    if page is None:
        return f"/{code}/"
    own = reverse("untranslated", args=[page.pk])
    return translate_url(own, code)
