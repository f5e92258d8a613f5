"""Pages for when something is refused, missing or broken. They look like the site and say what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_ratelimit.exceptions import Ratelimited
from structlog.contextvars import get_contextvars


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: too large, damaged or meant for somebody else. Looks at nothing of what was sent."""
    return HttpResponse(render_to_string("400.html", _without_request()), status=400)


def refused(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403, or 429 when the reason is that somebody tried too often."""
    if isinstance(exception, Ratelimited):
        return too_many(request)
    return render(request, "403.html", status=403)


def too_many(request: HttpRequest, *, carried: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """429. ``carried`` is what the form held: a button of the page sends it again."""
    context = {"carried": carried, "action": request.path}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store, private"
    return response


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500. Touches neither the database nor the cache, because they may be what is broken."""
    code = get_contextvars().get("request_id", "")
    return HttpResponse(render_to_string("500.html", {"request_id": code, **_without_request()}), status=500)


def _without_request() -> dict[str, Any]:
    return {"site_name": settings.SITE_NAME, "demo": settings.DEMO}
