"""Exhibits of the screens as figures and tables of a document: the same numbers, the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import isnan

from django.utils.translation import gettext as _

from ..analysis.charts import comparing, shapes
from ..analysis.charts.shapes import Spec
from ..analysis.screens.exhibits import Exhibit, Heading, Row, Shape, Unit, Value
from ..analysis.screens.saying import plain, share
from ..analysis.screens.writing import NOTHING
from . import words
from .blocks import Block, Figure, Table
from .pictures import wrapped
from .teller import note
from .words import HIDDEN


def blocks(exhibit: Exhibit, *, caption: str = "", names: tuple[str, str] = ("", "")) -> Iterator[Block]:
    """Its chart, where it has one, and its table. ``names`` are of the two ends of pairs."""
    draw = _DRAWN.get(exhibit.shape)
    if draw and any(plain(row.values[exhibit.bar]) is not None for row in exhibit.rows):
        yield Figure(draw(exhibit, names), exhibit.title, _alt(exhibit))
    numbers = range(1, len(exhibit.headings))
    yield Table(
        caption or exhibit.title,
        [heading.text for heading in exhibit.headings],
        [_cells(exhibit, row) for row in exhibit.rows],
        numbers=frozenset(numbers),
        widths=(5, *[2] * len(numbers)),
        note=" ".join(filter(None, [exhibit.base, *exhibit.notes, note(exhibit.keeps_back)])),
    )


def _cells(exhibit: Exhibit, row: Row) -> list[str]:
    values = zip(exhibit.headings[1:], row.values, strict=True)
    return [row.label, *(_written(value, heading) for heading, value in values)]


def _written(value: Value, heading: Heading) -> str:
    if value is None or isinstance(value, str):
        return HIDDEN if value is None else value
    return NOTHING if isnan(value) else _WRITE[heading.unit](value)


def signed(points: float) -> str:
    """Percentage points with their sign."""
    said = words.decimal(points)
    return f"+{said}" if points > 0 else said.replace("-", "−")


_WRITE: Mapping[Unit, Callable[[float], str]] = {
    Unit.TEXT: str,
    Unit.COUNT: lambda value: words.count(round(value)),
    Unit.PERCENT: words.percent,
    Unit.NUMBER: signed,
    Unit.MEASURE: words.measured,
}


def _bars(exhibit: Exhibit, _names: tuple[str, str]) -> Spec:
    heading = exhibit.headings[exhibit.bar + 1]
    is_percent = heading.unit is Unit.PERCENT
    read = share if is_percent else plain
    bars = [shapes.Bar(wrapped(row.label), read(row.values[exhibit.bar])) for row in exhibit.rows]
    return shapes.bars(bars, axis=heading.text, percent=is_percent, hidden=HIDDEN)


def _pairs(exhibit: Exhibit, names: tuple[str, str]) -> Spec:
    second = exhibit.bar if exhibit.second is None else exhibit.second
    rows = [
        (wrapped(row.label), share(row.values[exhibit.bar]), share(row.values[second]))
        for row in exhibit.rows
    ]
    return comparing.dumbbells(rows, names=names)


_DRAWN: Mapping[Shape, Callable[[Exhibit, tuple[str, str]], Spec]] = {Shape.BARS: _bars, Shape.PAIRS: _pairs}


def _alt(exhibit: Exhibit) -> str:
    """In words what the chart shows; of a long one the table below has the rest."""
    places = [exhibit.bar, *([exhibit.second] if exhibit.second is not None else [])]
    rows = (
        f"{row.label}: "
        + ", ".join(_written(row.values[place], exhibit.headings[place + 1]) for place in places)
        for row in exhibit.rows
    )
    return _("Chart. %(parts)s.") % {"parts": "; ".join(rows)}
