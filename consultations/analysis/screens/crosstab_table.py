"""A cross-tab laid out for its screen: what stands in each cell, how warm it is, and what it lets one say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..crosstabs import Cell, CrossTab, Table
from ..inference import Association
from .crossing import HEATS, Crossing, Shown, axis_label, category_labels
from .exhibits import Unit
from .look import Look
from .writing import count, written


@dataclass(frozen=True)
class Box:
    """One cell in words. ``heat`` is 0 to 4, by its share."""

    main: str
    beside: str
    weighted: str
    interval: str
    heat: int
    is_hidden: bool


def layout(look: Look, crossing: Crossing, table: CrossTab) -> dict[str, Any]:
    return {
        "rows_label": axis_label(table.rows, look),
        "columns_label": axis_label(table.columns, look),
        "layers_label": axis_label(table.layers, look) if table.layers else "",
        "columns": category_labels(table.columns, look),
        "tables": [_laid_out(look, crossing, table, each, place) for place, each in enumerate(table.tables)],
        "hides": table.hides,
        "remarks": list(remarks(table)),
    }


def _laid_out(look: Look, crossing: Crossing, table: CrossTab, each: Table, place: int) -> dict[str, Any]:
    labels = category_labels(table.rows, look)
    warmest = max((crossing.value(cell) or 0 for line in each.cells for cell in line), default=0)
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
        main=written(value, crossing.unit, look.minimum),
        beside=written(cell.count, Unit.COUNT, look.minimum) if is_percent and value is not None else "",
        weighted=written(crossing.weighted(cell), crossing.unit, look.minimum)
        if table.is_weighted and value is not None
        else "",
        interval=f"{number_format(interval[0], 0)}–{number_format(interval[1], 0)}" if interval else "",
        heat=_heat(value, warmest),
        is_hidden=value is None,
    )


def _heat(value: float | None, warmest: float) -> int:
    """In equal steps up to the largest value of the table; nothing is warmer than its share allows."""
    if not value or not warmest:
        return 0
    return min(HEATS - 1, int(HEATS * value / warmest))


def sentences(each: Table, table: CrossTab) -> Iterator[str]:
    """What the numbers say about a relation, in plain words; the weighted test beside the other."""
    if table.rows.overlaps or table.columns.overlaps:
        yield _("People could choose several options: percentages make more than 100, and no test fits.")
    elif each.test is None:
        yield _("No test of a relation is shown: too little is left, or figures are hidden or rounded.")
    else:
        yield _strength(each.test)
        yield _test_in_figures(each.test, _("Unweighted"))
        if table.is_weighted and each.weighted_test is not None:
            yield _test_in_figures(each.weighted_test, _("Weighted"))
        if each.test.is_doubtful:
            yield _(
                "Careful: %(share)s of the cells would hold fewer than 5 people if there were no relation."
                " Put categories together, or do not rely on the test."
            ) % {"share": f"{count(100 * each.test.few_expected)}\u00a0%"}


def _strength(test: Association) -> str:
    """By Cohen's bounds for w, as they are often used for V with few categories."""
    if test.p >= 0.05:
        return _("The differences between rows are of a size that chance alone often brings about.")
    if test.cramers_v < 0.1:
        return _("Rows differ by more than chance alone would bring about, but hardly: the relation is weak.")
    if test.cramers_v < 0.3:
        return _("Rows differ by more than chance alone would bring about; the relation is moderate.")
    return _("Rows differ clearly: the relation is strong.")


def _test_in_figures(test: Association, which: str) -> str:
    p = "<\u00a00.001" if test.p < 0.001 else f"=\u00a0{number_format(test.p, 3)}"
    return _("%(which)s: χ² = %(statistic)s, df = %(df)s, p %(p)s, Cramér’s V = %(v)s.") % {
        "which": which,
        "statistic": number_format(test.statistic, 2),
        "df": test.df,
        "p": p,
        "v": number_format(test.cramers_v, 2),
    }


def remarks(table: CrossTab) -> Iterator[str]:
    """What a table does not mean, below every one of them."""
    yield _("Only people who answered all questions of the table are in it.")
    yield _(
        "People chose themselves whether to take part: the figures speak of those who answered, and no test"
        " makes them speak of all Peruvians abroad. That two answers go together does not say that one"
        " brings about the other."
    )
    if table.is_coarse:
        yield _("Counts of a filter are rounded, so that nobody can be worked out by subtracting.")
