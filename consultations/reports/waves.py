"""This consultation beside the one that it follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ..analysis.screens import waves
from ..analysis.screens.exhibits import Exhibit, Row, Shape
from . import exhibited
from .blocks import Block, Heading, Paragraph
from .printed import Printed

MOST_CHANGES = 10


def blocks(look: Printed) -> Iterator[Block]:
    """Nothing without an earlier wave, or where no question has the same name in both."""
    before = look.earlier()
    found = waves.beside(look, before) if before and not before.is_small else []
    exhibits = [kept for exhibit in found if (kept := _without_nobody(exhibit)).rows]
    if before is None or not exhibits:
        return
    names = (str(before.consultation), str(look.consultation))
    yield Heading(_("What changed since the last time"))
    yield Paragraph(
        _(
            "Questions of the same name in “%(before)s” and in this consultation, unweighted and over all"
            " responses. Other people answered each time, by their own choice: a change in figures may be a"
            " change in who answered."
        )
        % {"before": names[0]}
    )
    if largest := _largest(exhibits):
        yield Heading(largest.title, 2)
        yield from exhibited.blocks(largest, names=names)
    yield Heading(_("Question by question"), 2)
    for exhibit in exhibits:
        yield Heading(exhibit.title, 3)
        yield from exhibited.blocks(replace(exhibit, shape=Shape.TABLE))


def _without_nobody(exhibit: Exhibit) -> Exhibit:
    """Without the options that nobody chose either time."""
    return replace(exhibit, rows=tuple(row for row in exhibit.rows if row.values[:2] != (0.0, 0.0)))


def _largest(exhibits: Sequence[Exhibit]) -> Exhibit | None:
    """The options whose share changed most, of all questions."""
    known = [
        (abs(change), replace(row, label=f"{exhibit.title} {row.label}"))
        for exhibit in exhibits
        for row in exhibit.rows
        if isinstance(change := row.values[2], float)
    ]
    if not known:
        return None
    rows: tuple[Row, ...] = tuple(row for _size, row in sorted(known, key=_by_size)[:MOST_CHANGES])
    return replace(exhibits[0], key="largest", title=_("The largest changes"), rows=rows, base="", notes=())


def _by_size(found: tuple[float, Row]) -> tuple[float, str]:
    size, row = found
    return -size, row.label
