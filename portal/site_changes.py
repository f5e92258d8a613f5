"""What makes kept pages stale: publishing, moving, taking away, and the settings of the site."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from .freshness import touch, watch
from .models import Footer, FooterColumn, FooterLink, Menu, MenuItem


def watch_the_site() -> None:
    """Pages when they are published, moved or taken away; menus, sites and redirects when they are saved."""
    for signal in (
        page_published,
        page_unpublished,
        post_page_move,
        page_slug_changed,
        published,
        unpublished,
    ):
        signal.connect(touch, dispatch_uid="freshness")
    post_delete.connect(_page_deleted, dispatch_uid="freshness-pages")
    watch(Footer, FooterColumn, FooterLink, Menu, MenuItem, Site, PageViewRestriction)


def _page_deleted(instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        touch()
