"""The trunk of the page tree: a language tree each, and the site that shows them. Safe to run again.

Other apps add the pages that their records cannot do without, with ``also_plant``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from .models import HomePage

Planter = Callable[[], None]
_PLANTERS: list[Planter] = []


def also_plant(planter: Planter) -> None:
    """Add what makes pages below the front pages, where they are missing."""
    if planter not in _PLANTERS:
        _PLANTERS.append(planter)


def is_planted() -> bool:
    return HomePage.objects.exists()


@transaction.atomic
def plant_everything() -> Site:
    site = plant()
    for planter in _PLANTERS:
        planter()
    return site


@transaction.atomic
def plant() -> Site:
    """Make what is missing: locales, a front page in each, the default site. Wagtail's welcome page goes."""
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES
    }
    spanish = _front_page(locales[settings.LANGUAGE_CODE], None)
    for locale in locales.values():
        _front_page(locale, spanish)
    site = _site(spanish)
    _remove_welcome_page()
    return site


def _front_page(locale: Locale, original: HomePage | None) -> HomePage:
    existing = HomePage.objects.filter(locale=locale, depth=2).first()
    if existing:
        return existing
    page = HomePage(title=settings.SITE_NAME, slug=f"home-{locale.language_code}", locale=locale)
    if original is not None:
        page.translation_key = original.translation_key
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    root.add_child(instance=page)
    page.save_revision().publish()
    return page


def _site(root: HomePage) -> Site:
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    if site.root_page_id != root.pk:
        site.root_page, site.site_name = root, settings.SITE_NAME
        site.save()
    return site


def _remove_welcome_page() -> None:
    """Wagtail is born with a page that says so; it is the only plain ``Page`` under the root."""
    for page in Page.objects.filter(depth=2).exact_type(Page):
        page.delete()
