"""Pages are sent compressed, whether or not a proxy in front does it: many readers pay for each megabyte."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Text alone: downloads are compressed already, and keep their length for the browser's progress bar.

    Django adds some random bytes to each answer, so that its length gives away no secret in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/rss")):
            return response
        return super().process_response(request, response)
