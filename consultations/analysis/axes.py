"""What may stand at the side of a table: a question, a row of a matrix, or a field about the response.

Numbers come in the same bars, days in the same weeks or months, as everywhere else: two ways to cut them
would tell, by subtraction, what lies between the cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from ..instrument.columns import ColumnRole
from ..instrument.definition import Choice, Definition, QuestionKind, Text
from ..instrument.kinds import Level
from .asked import asked
from .branches import branches
from .frame import CHANNEL, DAY, LANGUAGE, VERSION, Frame, Variable
from .numbers import Bar
from .tallies import tally
from .weeks import bucket_names, bucketed

K = QuestionKind
ABOUT = (LANGUAGE, CHANNEL, VERSION, DAY)
_CHOICES = (K.SINGLE_CHOICE, K.COUNTRY, K.CONSULAR_OFFICE, K.ACKNOWLEDGE)
_NUMBERS = (K.SCALE, K.INTEGER, K.DECIMAL)


class NoAxisError(KeyError):
    """A field that no table can be made of: free text, or an unknown name."""


@dataclass(frozen=True)
class Category:
    """One line of a table. ``count``: people in it, whether or not they answered what stands at the other
    side. ``parts`` are the names of categories that it stands for, where these are not shown by themselves.
    """

    name: str
    label: Text
    count: int | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Axis:
    """One side of a table. ``overlaps``: one person may be in several categories.

    ``asked`` and ``answered`` are people, as in a tally; ``branches`` too (``figures.Tally``).
    """

    field: str
    question: str
    label: Text
    categories: tuple[Category, ...]
    asked: int | None
    answered: int | None
    overlaps: bool = False
    ordered: bool = False
    sensitive: bool = False
    branches: tuple[frozenset[str], ...] = ()


def layers_of(axes: Sequence[Axis]) -> Axis:
    """The one of three variables that splits their table: the one with the fewest categories."""
    return min(axes, key=lambda axis: (len(axis.categories), axis.field))


@dataclass(frozen=True)
class Coded:
    """An axis over rows: ``codes`` is the place of each row's category, or -1; with several, a mask each."""

    axis: Axis
    codes: NDArray[np.int64]
    members: tuple[NDArray[np.bool_], ...] = ()

    @property
    def given(self) -> NDArray[np.bool_]:
        """Rows that have an answer."""
        found: NDArray[np.bool_] = self.codes >= 0
        return found


def fields(frame: Frame) -> list[tuple[str, Text]]:
    """What may stand at the side of a table, in order: names and labels (blank for those about the
    response).
    """
    found: list[tuple[str, Text]] = []
    for variable in frame.variables:
        name = _field_of(variable)
        if name and name not in dict(found):
            found.append((name, _label(variable, name)))
    return [*found, *((name, {}) for name in ABOUT)]


def coded(frame: Frame, field: str, rows: pl.Series | None = None) -> Coded:
    """The axis of a field over the rows that a mask lets through. Raises :class:`NoAxisError`."""
    made = _coded(frame, field, rows)
    people = len(made.codes)
    if made.axis.question:
        was_asked = asked(frame, made.axis.question)
        people = int((was_asked if rows is None else was_asked.filter(rows)).sum())
    return replace(made, axis=replace(made.axis, asked=people))


def _coded(frame: Frame, field: str, rows: pl.Series | None) -> Coded:
    if field in ABOUT:
        return _about(frame, field, rows)
    named = [v for v in frame.variables if _field_of(v) == field]
    if not named:
        raise NoAxisError(field)
    kind = named[0].question.kind
    if kind is K.MULTIPLE_CHOICE:
        return _several(frame, named, rows)
    if kind is K.RANKING:
        return _first_places(frame, named, rows)
    if kind in _NUMBERS:
        return _numbers(frame, named[0], rows)
    if kind is K.DATE:
        return _days(frame, named[0].column.name, _axis_of(named[0]), rows)
    return _options(frame, named[0], rows)


def _field_of(variable: Variable) -> str:
    """The name by which tables call a column; blank for texts, which make no table."""
    column, kind = variable.column, variable.question.kind
    if column.role is ColumnRole.OTHER or kind in (K.SHORT_TEXT, K.LONG_TEXT):
        return ""
    return column.name if kind is K.MATRIX else column.question


def _label(variable: Variable, field: str) -> Text:
    return variable.column.label if field == variable.column.name else variable.question.label


def _axis_of(variable: Variable, *, overlaps: bool = False, ordered: bool = False) -> Axis:
    field = _field_of(variable)
    return Axis(
        field=field,
        question=variable.column.question,
        label=_label(variable, field),
        categories=(),
        asked=None,
        answered=None,
        overlaps=overlaps,
        ordered=ordered,
        sensitive=variable.is_sensitive,
    )


def _cells(frame: Frame, column: str, rows: pl.Series | None) -> pl.Series:
    return frame.table[column] if rows is None else frame.table[column].filter(rows)


def _counted(axis: Axis, names: Sequence[tuple[str, Text]], codes: NDArray[np.int64]) -> Coded:
    """An axis whose categories exclude each other, with how many are in each."""
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    categories = tuple(Category(name, label, int(n)) for (name, label), n in zip(names, counts, strict=True))
    return Coded(replace(axis, categories=categories, answered=int((codes >= 0).sum())), codes)


def _by_name(axis: Axis, cells: pl.Series, names: Sequence[tuple[str, Text]]) -> Coded:
    places = {name: place for place, (name, _label) in enumerate(names)}
    values = cells.cast(pl.String).replace_strict(places, default=-1, return_dtype=pl.Int64)
    return _counted(axis, names, values.fill_null(-1).to_numpy())


def _options(frame: Frame, variable: Variable, rows: pl.Series | None) -> Coded:
    """The options of a question; of a country or an office without a list, those that were named."""
    cells = _cells(frame, variable.column.name, rows)
    others = sorted(set(cells.drop_nulls().unique()) - set(variable.codes))
    names: list[tuple[str, Text]] = [(name, choice.label) for name, choice in variable.codes.items()]
    names += [(name, {}) for name in others]
    axis = _axis_of(variable, ordered=variable.column.level is Level.ORDINAL)
    return _by_name(replace(axis, branches=branches(frame, axis.question)), cells, names)


def _several(frame: Frame, named: Sequence[Variable], rows: pl.Series | None) -> Coded:
    """Several choices: a mask an option; ``codes`` is 0 for whoever answered."""
    flags = [_cells(frame, variable.column.name, rows) for variable in named]
    given = pl.DataFrame(flags).select(pl.any_horizontal(pl.all().is_not_null())).to_series().to_numpy()
    members = tuple((flag == 1).fill_null(value=False).to_numpy() for flag in flags)
    labels = _option_labels(frame, named[0])
    categories = tuple(
        Category(v.column.option, labels.get(v.column.option, {}), int(chosen.sum()))
        for v, chosen in zip(named, members, strict=True)
    )
    axis = replace(_axis_of(named[0], overlaps=True), categories=categories, answered=int(given.sum()))
    return Coded(axis, np.where(given, 0, -1), members)


def _first_places(frame: Frame, named: Sequence[Variable], rows: pl.Series | None) -> Coded:
    """A ranking by what was put first."""
    codes: NDArray[np.int64] | None = None
    for place, variable in enumerate(named):
        first = (_cells(frame, variable.column.name, rows) == 1).fill_null(value=False).to_numpy()
        codes = np.full(len(first), -1) if codes is None else codes
        codes[first] = place
    labels = _option_labels(frame, named[0])
    names = [(v.column.option, labels.get(v.column.option, {})) for v in named]
    return _counted(_axis_of(named[0]), names, codes if codes is not None else np.empty(0, dtype=np.int64))


def _option_labels(frame: Frame, variable: Variable) -> dict[str, Text]:
    """The newest wording of each option: the oldest are written first."""
    found: dict[str, Text] = {}
    for version in reversed(variable.versions):
        definition: Definition = version.definition
        choices: tuple[Choice, ...] = definition.choices_of(definition.question(variable.column.question))
        found.update({choice.name: choice.label for choice in choices})
    return found


def _numbers(frame: Frame, variable: Variable, rows: pl.Series | None) -> Coded:
    """Scales by their steps, other numbers by the bars of their histogram."""
    figures = tally(frame, variable.column.question, rows=rows)
    cells = _cells(frame, variable.column.name, rows).cast(pl.Float64)
    axis = _axis_of(variable, ordered=True)
    if figures.lines:
        start, step = float(variable.question.start or 0), float(variable.question.step or 1)
        places = ((cells - start) / step).round().cast(pl.Int64).fill_null(-1).to_numpy()
        return _counted(axis, [(option.name, {}) for option in figures.lines[0].options], places)
    bars = figures.numbers.bars if figures.numbers else ()
    if not bars:
        return _counted(axis, [], np.full(len(cells), -1))
    width = bars[0].high - bars[0].low
    in_bars = ((cells - bars[0].low) / width + 1e-9).floor().clip(0, len(bars) - 1).cast(pl.Int64)
    names = [_of_bar(variable, bar, is_first=bar is bars[0]) for bar in bars]
    return _counted(axis, [(name, {}) for name in names], in_bars.fill_null(-1).to_numpy())


def _of_bar(variable: Variable, bar: Bar, *, is_first: bool) -> str:
    """The value that a bar is about, or its two ends."""
    if bar.beyond:
        return f"<{bar.high:.10g}" if is_first else f"≥{bar.low:.10g}"
    is_one = variable.question.kind is K.INTEGER and bar.high - bar.low == 1
    return f"{bar.low:.10g}" if is_one else f"{bar.low:.10g}–{bar.high:.10g}"


def _days(frame: Frame, column: str, axis: Axis, rows: pl.Series | None) -> Coded:
    """Days by week, or by month where there are many weeks."""
    buckets = bucketed(_cells(frame, column, rows))
    names = bucket_names(buckets)
    return _by_name(axis, buckets, [(name, {}) for name in names])


_ABOUT_LABELS: Mapping[str, Callable[[], str]] = {
    LANGUAGE: lambda: _("Language"),
    CHANNEL: lambda: _("Channel"),
    VERSION: lambda: _("Version of the questionnaire"),
    DAY: lambda: _("Sent on"),
}


def label_about(field: str) -> str:
    """What a field about the response is called, in the active language."""
    return _ABOUT_LABELS[field]()


def _about(frame: Frame, field: str, rows: pl.Series | None) -> Coded:
    axis = Axis(field, "", {}, (), None, None, ordered=field == DAY)
    if field == DAY:
        return _days(frame, DAY, axis, rows)
    cells = _cells(frame, field, rows).cast(pl.String)
    counts = cells.drop_nulls().value_counts().sort(["count", cells.name], descending=[True, False])
    return _by_name(axis, cells, [(name, {}) for name in counts[cells.name]])
