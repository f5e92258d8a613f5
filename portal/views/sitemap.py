"""Every public page, and what else the apps list, with its address in the other languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site

from ..listed import listed


@dataclass
class Place:
    location: str
    changed: Any = None
    alternates: dict[str, str] = field(default_factory=dict)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    places = [*_places(request), *_besides_pages()]
    return render(request, "portal/sitemap.xml", {"places": places}, content_type="application/xml")


def _places(request: HttpRequest) -> list[Place]:
    site = Site.find_for_request(request)
    pages = _public_pages(site.root_page) if site else []
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    addresses: dict[Any, dict[str, str]] = defaultdict(dict)
    for page in pages:
        addresses[page.translation_key][languages[page.locale_id]] = page.get_full_url(request) or ""
    return [place for page in pages for place in _of(page, request, addresses[page.translation_key])]


def _public_pages(root: Page) -> list[Page]:
    """Everything that anyone may read, in every language's tree."""
    trees = [Q(path__startswith=tree.path) for tree in root.get_translations(inclusive=True)]
    pages = Page.objects.filter(reduce(or_, trees)).live().public().order_by("path")
    return list(pages.defer_streamfields().specific())


def _of(page: Page, request: HttpRequest, translations: dict[str, str]) -> list[Place]:
    """The page, and whatever it says lies under it without being a page."""
    entries = page.get_sitemap_urls(request)
    own = page.get_full_url(request)
    return [
        Place(
            entry["location"],
            entry.get("lastmod"),
            entry.get("alternates") or (translations if entry["location"] == own else {}),
        )
        for entry in entries
    ]


def _besides_pages() -> Iterator[Place]:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    for paths in listed():
        addresses = {code: f"{base}{path}" for code, path in paths.items()}
        yield from (Place(address, alternates=addresses) for address in addresses.values())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
