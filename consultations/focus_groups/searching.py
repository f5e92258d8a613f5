"""Focus groups among the results of the site's search, and in its sitemap."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.listed import Route
from portal.search import Found
from portal.words import unaccented

from ..models import FocusGroup
from . import letters, routes


def find_groups(words: str) -> Iterator[Found]:
    """Public groups whose title or segment, in the reader's language, has every word."""
    for group in FocusGroup.objects.public():
        title, segment = letters.said(group, "title").text, letters.said(group, "segment").text
        said = unaccented(f"{title} {segment}")
        if all(word in said for word in words.split()):
            kind = f"{_('Focus group')}: {group.get_status_display()}"
            yield Found(title, routes.group_page(group), segment, kind)


def list_groups() -> Iterator[Route]:
    """The list, and the page of each group that anyone may see."""
    yield "focus_groups:list", ()
    for slug in FocusGroup.objects.public().order_by("slug").values_list("slug", flat=True):
        yield "focus_groups:group", (slug,)
