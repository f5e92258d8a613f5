"""What the demonstration does otherwise: it runs with DEBUG, yet shows visitors the portal's own pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from .views.errors import missing


class OwnNotFoundMiddleware:
    """With DEBUG, Django answers a missing page with a technical report. A visitor should see ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return missing(request, exception) if isinstance(exception, Http404) else None
