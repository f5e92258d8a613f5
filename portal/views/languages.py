"""Says in the reader's language that a page is not translated yet, and where it can be read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page


@require_safe
def untranslated(request: HttpRequest, page_id: int) -> HttpResponse:
    # The root of all trees is a page of nobody.
    page = get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=page_id)
    versions = list(page.get_translations(inclusive=True).live().public().select_related("locale"))
    for version in versions:
        if version.locale.language_code == get_language():
            return redirect(version.get_url(request))
    spanish_first = sorted(versions, key=lambda version: version.locale.language_code != "es")
    links = [
        (version.locale.language_code, version.title, version.get_url(request)) for version in spanish_first
    ]
    return render(request, "portal/untranslated.html", {"versions": links})
