"""Every public page, with its address in the other languages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site


@dataclass
class Place:
    location: str
    changed: Any = None
    alternates: dict[str, str] = field(default_factory=dict)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    places = _places(request)
    return render(request, "portal/sitemap.xml", {"places": places}, content_type="application/xml")


def _places(request: HttpRequest) -> list[Place]:
    site = Site.find_for_request(request)
    roots = site.root_page.get_translations(inclusive=True) if site else Page.objects.none()
    pages = [page for root in roots for page in _pages_under(root)]
    addresses: dict[Any, dict[str, str]] = defaultdict(dict)
    for page in pages:
        addresses[page.translation_key][page.locale.language_code] = page.get_full_url(request)
    return [place for page in pages for place in _of(page, request, addresses[page.translation_key])]


def _pages_under(root: Page) -> list[Page]:
    inside = root.get_descendants(inclusive=True).live().public()
    return list(inside.select_related("locale").defer_streamfields().specific())


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


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
