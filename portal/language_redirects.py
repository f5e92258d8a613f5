"""Which addresses are led to a language when they have none."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix

# One address for every language: what is missing there is missing, not "in another language".
WITHOUT_LANGUAGE = ("admin/", "documents/", "dev/", "textile/")


class SiteLocaleMiddleware(LocaleMiddleware):
    """Lead ``/consultas/`` on to ``/es/consultas/``, but leave alone what stands outside the languages."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and is_without_language(request.path):
            return response
        return super().process_response(request, response)


def is_without_language(path: str) -> bool:
    own = path.removeprefix(get_script_prefix())
    return own.startswith(
        (*WITHOUT_LANGUAGE, settings.MEDIA_URL.lstrip("/"), settings.STATIC_URL.lstrip("/"))
    )
