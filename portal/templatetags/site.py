"""The frame of every page: menu, footer, languages, the way back, the reader's place."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from .. import navigation
from ..clocks import place_name
from ..languages import language_links
from ..reader import country_name, reader_country, reader_zone

register = template.Library()


def _page(context: RequestContext) -> Page | None:
    """The Wagtail page being shown, if it is one (lists of results are called "page" too)."""
    page = context.get("page")
    return page if isinstance(page, Page) and page.pk else None


@register.inclusion_tag("components/site_menu.html", takes_context=True)
def site_menu(context: RequestContext) -> dict[str, Any]:
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    return {
        "entries": [(entry, _mark(entry.url, path)) for entry in navigation.menu(request)],
        "place": _place(request),
        "search_url": (search_url := reverse("search")),
        "searching": path == search_url,
    }


def _mark(url: str, path: str) -> str:
    """``page`` for the entry that is shown, ``true`` for the one that it lies under."""
    if url == path:
        return "page"
    home = url.count("/") <= 2
    return "true" if path.startswith(url) and not home else ""


def _place(request: HttpRequest | None) -> dict[str, str]:
    if request is None:
        return {}
    zone, code = reader_zone(request), reader_country(request)
    return {"country": country_name(code) if code else "", "city": place_name(zone) if zone else ""}


@register.simple_tag(takes_context=True)
def site_footer_text(context: RequestContext) -> navigation.FooterText:
    return navigation.footer(context.get("request"))


@register.simple_tag(takes_context=True)
def help_at_once(context: RequestContext) -> navigation.Help | None:
    return navigation.help_at_once(context.get("request"))


@register.inclusion_tag("components/languages.html", takes_context=True)
def languages(context: RequestContext) -> dict[str, Any]:
    request = context.get("request")
    links = context.get("language_links") or (language_links(request, _page(context)) if request else ())
    return {"links": links}


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context: RequestContext) -> dict[str, Any]:
    """The page's address in each language that has it, for search engines."""
    request = context.get("request")
    if request is None or _page(context) is None:
        return {"links": ()}
    links = [link for link in language_links(request, _page(context)) if link.translated]
    return {"links": [(link.code, request.build_absolute_uri(link.url)) for link in links]}


@register.inclusion_tag("components/crumbs.html", takes_context=True)
def breadcrumbs(context: RequestContext, *extra: str) -> dict[str, Any]:
    """The way back from here. ``extra`` are (label, url) by turns, for views that are not pages."""
    request, page = context.get("request"), _page(context)
    trail = [above for above in getattr(request, "trail", ()) if above != page]
    home = [(_("Home"), f"/{get_language()}/")]
    crumbs = [(above.title, above.get_url(request)) for above in trail[1:]]
    return {"crumbs": [*home, *crumbs, *zip(extra[::2], extra[1::2], strict=True)]}


@register.simple_tag
def spoken(code: str) -> str:
    """A language's own name for itself."""
    name: str = get_language_info(code)["name_local"]
    return name


@register.simple_tag
def partly_in_spanish() -> bool:
    """Whether the interface of the active language falls back on Spanish."""
    return get_language() in settings.PARTIAL_LANGUAGES


@register.filter
def country(code: str) -> str:
    """A country by its ISO code, named in the active language."""
    return country_name(code)
