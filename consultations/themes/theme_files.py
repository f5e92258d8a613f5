"""What was found, as files: the figures of the page as a picture and as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import audit

from ..analysis.screens import files
from ..analysis.screens.bar_charts import bar_chart
from ..analysis.screens.exhibits import Exhibit, Heading, Row, Shape, Unit
from ..analysis.screens.writing import count
from .outlook import Outlook, PeopleLine
from .theme_views import FoundView

KEY = "themes"


def exhibit(outlook: Outlook) -> Exhibit:
    """One bar a theme, in the order of the tree."""
    share = _("Of those who were coded")
    rows = tuple(_row(line) for line in outlook.lines)
    return Exhibit(
        key=KEY,
        title=_("What was found"),
        headings=(Heading(_("Theme"), Unit.TEXT), Heading(_("People")), Heading(share, Unit.PERCENT)),
        rows=rows,
        shape=Shape.BARS,
        base=_base(outlook),
        notes=tuple(_notes(outlook)),
        bar=1,
        draw=lambda: bar_chart(rows, axis=share, place=1, unit=Unit.PERCENT),
    )


def _row(line: PeopleLine) -> Row:
    """A share of nobody is none, and hides nothing."""
    share = math.nan if line.share is None and line.people is not None else line.share
    return Row(f"{line.theme.number} {line.theme.label}", (line.people, share))


def _base(outlook: Outlook) -> str:
    if outlook.base is None:
        return ""
    return ngettext(
        "Base: %(people)s person whose answers were coded. Somebody may speak of several themes; a heading"
        " counts everybody who speaks of something below it, once.",
        "Base: %(people)s people whose answers were coded. Somebody may speak of several themes; a heading"
        " counts everybody who speaks of something below it, once.",
        outlook.base,
    ) % {"people": count(outlook.base)}


def _notes(outlook: Outlook) -> Iterator[str]:
    if outlook.look.scope:
        yield _("Only answers from the district of your office are counted; numbers are rounded.")
    yield _("People chose to answer: this says nothing about all Peruvians abroad.")


class FoundFileView(FoundView):
    """Under the rights and the protection of the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.frame is None or self.look is None:
            raise Http404
        audit.record("chart.downloaded", target=self.consultation, by=self.person, chart=KEY)
        return files.FORMATS[kwargs["format"]](exhibit(self.outlook), self.outlook.look)
