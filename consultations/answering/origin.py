"""Does a form come from our own pages?

The page of a consultation is kept and sent to many readers, so it cannot hold a token for each of them; and a
token in a long page can be gone before the page is sent (docs/adr/0063). Forms are known by the ``Origin``
that browsers send with every one; where a browser sends none, the person gets a page with a token, and
presses once more.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _TokenCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        """Say why instead of answering."""
        return reason


def _any_view(request: HttpRequest) -> HttpResponse:
    """The check asks a view only whether it is exempt; this one is not."""
    raise NotImplementedError


def is_ours(request: HttpRequest) -> bool:
    """Whether a POST was sent from our own pages, by its origin or else by its token."""
    origin = request.headers.get("Origin")
    if origin:
        return origin == _own(request) or origin in settings.CSRF_TRUSTED_ORIGINS
    check = _TokenCheck(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, _any_view, (), {}) is None


def came_from_us(request: HttpRequest) -> bool:
    """Whether somebody followed a link or a button of ours."""
    return request.headers.get("Referer", "").startswith(f"{_own(request)}/")


def _own(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
