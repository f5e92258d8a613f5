"""A cross-tab laid out for its screen: what stands in each cell, how warm it is, and what it lets one say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..axes import Axis
from ..caveats import caveats, in_words, sentence
from ..crosstabs import Cell, CrossTab, Table
from ..inference import Association
from .crossing import HEATS, Crossing, Shown, axis_label, category_labels
from .exhibits import Unit
from .look import Look
from .saying import plain
from .trimming import left_out, trimmed
from .writing import written


@dataclass(frozen=True)
class Box:
    """One cell in words. ``heat`` is 0 to 4, by its share."""

    main: str
    beside: str
    weighted: str
    interval: str
    heat: int
    is_hidden: bool


def layout(look: Look, crossing: Crossing, whole: CrossTab) -> dict[str, Any]:
    table = trimmed(whole)
    return {
        "left_out": left_out(whole, table),
        "is_of_nobody": all(each.whole.count == 0 for each in whole.tables),
        "rows_label": axis_label(table.rows, look),
        "columns_label": axis_label(table.columns, look),
        "layers_label": axis_label(table.layers, look) if table.layers else "",
        "columns": category_labels(table.columns, look),
        "tables": [_laid_out(look, crossing, table, each, place) for place, each in enumerate(table.tables)],
        "remarks": [*_remarks(look, crossing, table), *caveats(table)],
    }


def _remarks(look: Look, crossing: Crossing, table: CrossTab) -> Iterator[str]:
    yield _("Only people who answered all questions of the table are in it.")
    for axis in (table.rows, table.columns):
        yield from _taken_together(axis, look)
    if table.hides:
        yield _("You see more of questions with fewer options, and without a filter.")
    if table.layers and table.layers.field != crossing.layers:
        words = _(
            "To protect people, a table of three questions is split by the one with the fewest options: %s."
        )
        yield words % axis_label(table.layers, look)


def _taken_together(axis: Axis, look: Look) -> Iterator[str]:
    """Which options stand in the last line of an axis, and why."""
    for names in (category.parts for category in axis.categories if category.parts):
        words = _(
            "To protect people, options of “%(question)s” that few chose are shown together, with as many"
            " others as that takes: %(options)s."
        )
        options = ", ".join(look.labels.option(axis.field, name) for name in names)
        yield words % {"question": axis_label(axis, look), "options": options}


def _laid_out(look: Look, crossing: Crossing, table: CrossTab, each: Table, place: int) -> dict[str, Any]:
    labels = category_labels(table.rows, look)
    warmest = max((plain(crossing.value(cell)) or 0 for line in each.cells for cell in line), default=0)
    layer = each.layer
    return {
        "key": f"table{place}" if place else "table",
        "layer": look.labels.option(table.layers.field, layer.name, layer.label)
        if layer and table.layers
        else "",
        "rows": [
            {
                "label": label,
                "boxes": [_box(cell, crossing, table, look, warmest) for cell in line],
                "total": look.saying.number(total.count),
            }
            for label, line, total in zip(labels, each.cells, each.row_totals, strict=True)
        ],
        "totals": [look.saying.number(total.count) for total in each.column_totals],
        "whole": look.saying.number(each.whole.count),
        "sentences": list(sentences(each, table)),
    }


def _box(cell: Cell, crossing: Crossing, table: CrossTab, look: Look, warmest: float) -> Box:
    value = crossing.value(cell)
    is_percent = crossing.shown is not Shown.COUNT
    interval = crossing.interval(cell)
    return Box(
        main=written(value, crossing.unit),
        beside=written(cell.count, Unit.COUNT) if is_percent and cell.count else "",
        weighted=written(crossing.weighted(cell), crossing.unit) if table.is_weighted and cell.count else "",
        interval=f"{round(interval[0])}–{round(interval[1])}" if interval else "",
        heat=_heat(value, warmest),
        is_hidden=value is None,
    )


def _heat(value: float | None, warmest: float) -> int:
    """In equal steps up to the largest value of the table; nothing is warmer than its share allows."""
    if not value or not warmest or math.isnan(value):
        return 0
    return min(HEATS - 1, int(HEATS * value / warmest))


def sentences(each: Table, table: CrossTab) -> Iterator[str]:
    """What the numbers say about a relation, in plain words and in figures; the weighted test beside."""
    if each.test is not None:
        yield in_words(each)
        yield _test_in_figures(each.test, _("Unweighted"))
    if table.is_weighted and each.weighted_test is not None:
        yield _("Under the weights: %(sentence)s") % {"sentence": sentence(each.weighted_test)}
        yield _test_in_figures(each.weighted_test, _("Weighted"))


def _test_in_figures(test: Association, which: str) -> str:
    p = "<\u00a00.001" if test.p < 0.001 else f"=\u00a0{number_format(round(test.p, 3), 3)}"
    return _("%(which)s: χ² = %(statistic)s, df = %(df)s, p %(p)s, Cramér’s V = %(v)s.") % {
        "which": which,
        "statistic": number_format(round(test.statistic, 2), 2),
        "df": test.df,
        "p": p,
        "v": number_format(round(test.cramers_v, 2), 2),
    }
