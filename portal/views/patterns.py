"""The living pattern page: every component in its states, for whoever builds the next page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .errors import broken, missing, refused, too_many, unreadable

ERRORS: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    400: unreadable,
    403: refused,
    404: missing,
    429: too_many,
    500: broken,
}


def patterns(request: HttpRequest) -> HttpResponse:
    """Linked from the addresses in development only."""
    context = {
        "closes": timezone.now() + timedelta(days=20),
        "zones": ["Europe/Rome", "Asia/Tokyo"],
        "errors": sorted(ERRORS),
    }
    return render(request, "dev/patterns.html", context)


def error_page(request: HttpRequest, code: int) -> HttpResponse:
    """What people see when something goes wrong; Django shows its own pages while developing."""
    if code not in ERRORS:
        raise Http404
    page = ERRORS[code](request)
    page.status_code = 200  # A 404 outside of the languages would be sent on to one of them.
    return page
