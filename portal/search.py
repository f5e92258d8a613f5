"""What can be found on the site. Pages are; other apps add what they have with ``also_search``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.models import Locale, Page

from .words import unaccented


@dataclass(frozen=True)
class Found:
    title: str
    url: str
    summary: str
    kind: str


Source = Callable[[str], Iterable[Found]]
_SOURCES: list[Source] = []
# Nobody reads on after a hundred results.
_MOST = 100


def also_search(source: Source) -> None:
    """Add a source: it takes the words without accents, and gives what it finds in the active language."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def find(query: str) -> list[Found]:
    """Everything that matches, what other apps found first."""
    # Signs mean something to one database or the other, and nothing to readers.
    words = " ".join(re.findall(r"\w+", unaccented(query)))
    if not words:
        return []
    return [found for source in [*_SOURCES, _pages] for found in source(words)]


def _pages(words: str) -> list[Found]:
    pages = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=1)
    results = pages.specific().search(words, operator="and")[:_MOST]
    return [_found(page) for page in results]


def _found(page: Page) -> Found:
    summary = getattr(page, "lead", "") or page.search_description
    return Found(page.title, page.get_url() or "/", summary, getattr(page, "kind_in_results", ""))
