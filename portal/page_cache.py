"""Public pages are kept for a minute and sent again, as long as nothing public changed and nobody is known.

A page is kept only if its view says so (``response.may_be_kept``), for readers who carry no cookie but those
that say which clock and country they chose, and never if it holds a secret of one request (a nonce, a token).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path
from wagtail.models import Site

from .freshness import kept, stamp_for
from .reader import COUNTRY_COOKIE, ZONE_COOKIE, reader_country, reader_zone

SECONDS = 60
# Cookies that change nothing, or only what the key below holds.
HARMLESS_COOKIES = {COUNTRY_COOKIE, ZONE_COOKIE, settings.LANGUAGE_COOKIE_NAME}


class PageCacheMiddleware:
    """Stands above sessions: a page that is sent again asks for nothing but the site's stamp."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if get_language_from_path(request.path_info) is None:
            # Pages of the site are under a language; nothing else is, and health must not ask the database.
            return self.get_response(request)
        request._wagtail_site = kept(_site_name(request), partial(_site, request), request=request)  # type: ignore[attr-defined]  # where Wagtail looks first
        return _for_this_reader(self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_asked(request):
            return self.get_response(request)
        key = _key(request)
        response: HttpResponse | None = cache.get(key)
        if response is None:
            response = self.get_response(request)
            if _may_be_kept(request, response):
                cache.set(key, response, SECONDS)
        return response


def _for_this_reader(response: HttpResponse) -> HttpResponse:
    """Clock, country and code come in cookies: what one reader got is not for the next, nor for a proxy."""
    patch_vary_headers(response, ["Cookie"])
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _site_name(request: HttpRequest) -> str:
    return f"site:{request.get_host()}:{request.get_port()}"


def _site(request: HttpRequest) -> Site | None:
    found: Site | None = Site.find_for_request(request)
    return found


def _may_be_asked(request: HttpRequest) -> bool:
    """Readers without a name, asking for a plain address."""
    return (
        request.method == "GET" and set(request.COOKIES) <= HARMLESS_COOKIES and set(request.GET) <= {"page"}
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and getattr(response, "may_be_kept", False)
        and not response.cookies
        # A nonce that was written into the page is good once.
        and not getattr(request, "_csp_nonce", None)
    )


def _key(request: HttpRequest) -> str:
    """Everything that a kept page may depend on: address, clock, country, and the state of the site."""
    zone = reader_zone(request)
    parts = [
        stamp_for(request),
        request.get_host(),
        request.scheme or "",
        request.get_full_path(),
        zone.key if zone else "",
        reader_country(request),
    ]
    return f"page:{sha256(chr(10).join(parts).encode()).hexdigest()}"
