"""A cross-tab as it is asked for in an address, and as it stands on a screen and in files."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..axes import Axis, NoAxisError, label_about, layers_of
from ..charts import comparing
from ..crosstabs import Cell, CrossTab, Table
from ..filters import FilterError
from .exhibits import Exhibit, Heading, Row, Unit, Value
from .look import Look
from .trimming import trimmed
from .writing import KEPT_BACK

ROWS, COLUMNS, LAYERS, SHOWN, INTERVALS = "rows", "columns", "layers", "show", "ci"
OWN = (ROWS, COLUMNS, LAYERS, SHOWN, INTERVALS)
HEATS = 5


class Shown(StrEnum):
    """What stands in the cells."""

    ROW = "row"
    COLUMN = "column"
    TOTAL = "total"
    COUNT = "count"


SHOWN_LABELS: Mapping[Shown, Promise] = {
    Shown.ROW: gettext_lazy("Row percentages"),
    Shown.COLUMN: gettext_lazy("Column percentages"),
    Shown.TOTAL: gettext_lazy("Percentages of all"),
    Shown.COUNT: gettext_lazy("People"),
}
_PLAIN: Mapping[Shown, Callable[[Cell], float | None]] = {
    Shown.ROW: lambda cell: cell.of_row,
    Shown.COLUMN: lambda cell: cell.of_column,
    Shown.TOTAL: lambda cell: cell.of_total,
    Shown.COUNT: lambda cell: cell.count,
}
_WEIGHTED: Mapping[Shown, Callable[[Cell], float | None]] = {
    Shown.ROW: lambda cell: cell.weighted_of_row,
    Shown.COLUMN: lambda cell: cell.weighted_of_column,
    Shown.TOTAL: lambda cell: cell.weighted_of_total,
    Shown.COUNT: lambda cell: cell.weighted,
}


@dataclass(frozen=True)
class Crossing:
    """What somebody asks to see: field names, blank where none is chosen."""

    rows: str = ""
    columns: str = ""
    layers: str = ""
    shown: Shown = Shown.ROW
    intervals: bool = False

    @property
    def is_complete(self) -> bool:
        return bool(self.rows and self.columns)

    @property
    def unit(self) -> Unit:
        return Unit.COUNT if self.shown is Shown.COUNT else Unit.PERCENT

    def value(self, cell: Cell) -> float | None:
        """Not-a-number for a percentage of nobody."""
        return math.nan if self._is_of_nobody(cell) else _PLAIN[self.shown](cell)

    def weighted(self, cell: Cell) -> float | None:
        return math.nan if self._is_of_nobody(cell) else _WEIGHTED[self.shown](cell)

    def _is_of_nobody(self, cell: Cell) -> bool:
        bases = {Shown.ROW: cell.row, Shown.COLUMN: cell.column, Shown.TOTAL: cell.whole}
        base = bases.get(self.shown)
        return base is not None and base.count == 0

    def interval(self, cell: Cell) -> tuple[float, float] | None:
        """Where a row or a column is a group of people: of all people, a cell has no margin to stand on."""
        if not self.intervals or cell.count is None:
            return None
        found = {Shown.ROW: cell.row_interval, Shown.COLUMN: cell.column_interval}
        return found.get(self.shown)


def from_query(given: Mapping[str, str]) -> Crossing:
    """Unknown ways to show are the usual one; unknown fields are said where the table is made."""
    shown = given.get(SHOWN, "")
    return Crossing(
        rows=given.get(ROWS, ""),
        columns=given.get(COLUMNS, ""),
        layers=given.get(LAYERS, ""),
        shown=Shown(shown) if shown in set(Shown) else Shown.ROW,
        intervals=given.get(INTERVALS) == "1",
    )


def cross(look: Look, crossing: Crossing) -> CrossTab:
    """The table. Raises ``FilterError`` where it cannot be made, saying why."""
    names = [name for name in (crossing.rows, crossing.columns, crossing.layers) if name]
    if len(set(names)) < len(names):
        raise FilterError(_("Choose different questions for rows, columns and layers."))
    try:
        if len(names) == 3 and look.protection.to_sensitive:
            names = _split_for_protection(look, names)
        return look.crosstab(names[0], names[1], names[2] if len(names) == 3 else None)
    except NoAxisError as error:
        name = str(error.args[0])
        message = _("No table can be made of “%(name)s”: it is not there, or it is a text.")
        raise FilterError(message % {"name": look.labels.field(name)[:80]}) from error
    except ValueError as error:
        raise FilterError(
            _("The question for the layers has too many answers. Choose another one.")
        ) from error


def _split_for_protection(look: Look, names: Sequence[str]) -> list[str]:
    """Rows, columns and layers of the one table that is shown of three questions: no other turning is."""
    layers = layers_of([look.axis(name) for name in names]).field
    return [names[-1] if name == layers else name for name in names[:-1]] + [layers]


def axis_label(axis: Axis, look: Look) -> str:
    if axis.question:
        return look.labels.say(axis.label) or axis.field
    return label_about(axis.field)


def category_labels(axis: Axis, look: Look) -> list[str]:
    return [look.labels.category(axis.field, each) for each in axis.categories]


def exhibits(look: Look, crossing: Crossing) -> list[Exhibit]:
    """One table a layer, for files: counts and the percentages asked for, weighted ones beside them."""
    if not crossing.is_complete:
        return []
    table = trimmed(cross(look, crossing))
    return [
        _exhibit(look, crossing, table, layer, f"table{place}" if place else "table")
        for place, layer in enumerate(table.tables)
    ]


def _exhibit(look: Look, crossing: Crossing, table: CrossTab, layer: Table, key: str) -> Exhibit:
    rows, columns = category_labels(table.rows, look), category_labels(table.columns, look)
    title = _("%(rows)s by %(columns)s") % {
        "rows": axis_label(table.rows, look),
        "columns": axis_label(table.columns, look),
    }
    if layer.layer is not None and table.layers is not None:
        title = f"{title} · {look.labels.option(table.layers.field, layer.layer.name, layer.layer.label)}"
    shares = [[_part(crossing.value(cell)) for cell in line] for line in layer.cells]
    return Exhibit(
        key=key,
        title=title,
        headings=tuple(_headings(axis_label(table.rows, look), columns, crossing, table)),
        rows=tuple(_rows(rows, crossing, table, layer)),
        base=str(SHOWN_LABELS[crossing.shown]),
        draw=None
        if crossing.shown is Shown.COUNT
        else lambda: comparing.heat(rows, columns, shares, hidden=KEPT_BACK),
    )


def _part(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100


def _headings(first: str, columns: list[str], crossing: Crossing, table: CrossTab) -> Iterator[Heading]:
    yield Heading(first, Unit.TEXT)
    for column in columns:
        yield Heading(column)
        if crossing.shown is not Shown.COUNT:
            yield Heading(f"{column} · {SHOWN_LABELS[crossing.shown]}", Unit.PERCENT)
        if table.is_weighted:
            yield Heading(_("%(level)s, weighted") % {"level": column}, crossing.unit)
    yield Heading(_("People"))


def _rows(labels: list[str], crossing: Crossing, table: CrossTab, layer: Table) -> Iterator[Row]:
    for label, line, total in zip(labels, layer.cells, layer.row_totals, strict=True):
        values: list[Value] = []
        for cell in line:
            values.append(cell.count)
            if crossing.shown is not Shown.COUNT:
                values.append(crossing.value(cell))
            if table.is_weighted:
                values.append(crossing.weighted(cell))
        yield Row(label, (*values, total.count))
