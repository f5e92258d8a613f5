"""What becomes of each column of the frame before it may be public: left out, kept, or made coarser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from ..analysis import frame as frames
from ..analysis.frame import Frame, Variable
from ..analysis.scope import is_country, is_office
from ..instrument.columns import ColumnRole, ColumnType
from ..instrument.definition import QuestionKind
from .anonymity import rare
from .bands import banded


class Reason(StrEnum):
    """Why a column is not in the file."""

    SENSITIVE = "sensitive"
    WORDS = "words"
    FEW = "few"
    TELLING = "telling"


@dataclass(frozen=True)
class Cells:
    """A column as texts, or why it is left out. ``width`` is that of its bands, in units or years."""

    name: str
    texts: pl.Series | None = None
    reason: Reason | None = None
    width: int = 0


# Of the columns about the response: the id tells rows apart, and who may be quoted is nobody's business.
_ABOUT_LEFT_OUT = (frames.ID, frames.QUOTABLE)


def cells_of(frame: Frame, k: int) -> list[Cells]:
    """Every column of the frame, in its order."""
    about = [_about(frame, name, k) for name in frames.ABOUT_THE_RESPONSE]
    return [*about, *(_of(variable, frame.table[variable.column.name], k) for variable in frame.variables)]


def can_tell_apart(frame: Frame) -> list[str]:
    """Columns that may be named as quasi-identifiers: one answer a person, from a list or a range."""
    single = (ColumnRole.VALUE,)
    return [
        frames.LANGUAGE,
        *(
            variable.column.name
            for variable in frame.variables
            if variable.column.role in single
            and variable.column.type is not ColumnType.TEXT
            and variable.question.kind is not QuestionKind.ACKNOWLEDGE
            and not variable.is_sensitive
        ),
    ]


def usually_tell_apart(frame: Frame) -> list[str]:
    """Where people live and what they speak: what others know of them first."""
    found = [v.column.name for v in frame.variables if is_country(v.question) or is_office(v.question)]
    return [frames.LANGUAGE, *(name for name in found if name in can_tell_apart(frame))]


def _about(frame: Frame, name: str, k: int) -> Cells:
    cells = frame.table[name]
    if name in _ABOUT_LEFT_OUT:
        return Cells(name, reason=Reason.TELLING)
    if name == frames.DAY:
        return Cells(name, cells.dt.strftime("%Y-%m"))
    return Cells(name, cells.cast(pl.String))


def _of(variable: Variable, cells: pl.Series, k: int) -> Cells:
    column = variable.column
    if variable.is_sensitive:
        return Cells(column.name, reason=Reason.SENSITIVE)
    if column.type is ColumnType.TEXT:
        return Cells(column.name, reason=Reason.WORDS)
    if column.role in (ColumnRole.FLAG, ColumnRole.RANK):
        return _of_option(column.name, cells, k)
    if variable.question.kind is QuestionKind.SCALE:
        return Cells(column.name, _steps(cells))
    return _TYPES[column.type](column.name, cells, k)


def _of_option(name: str, cells: pl.Series, k: int) -> Cells:
    """Chosen or not, first or last: there is nothing to put a rare answer together with."""
    texts = cells.cast(pl.String)
    return Cells(name, reason=Reason.FEW) if rare(texts, k) else Cells(name, texts)


def _steps(cells: pl.Series) -> pl.Series:
    whole = cells.cast(pl.Float64)
    given = whole.drop_nulls()
    return (cells.cast(pl.Int64) if (given == given.floor()).all() else whole).cast(pl.String)


def _named(name: str, cells: pl.Series, k: int) -> Cells:
    return Cells(name, cells)


def _number(name: str, cells: pl.Series, k: int) -> Cells:
    texts, width = banded(cells, k)
    return Cells(name, texts, width=width)


def _date(name: str, cells: pl.Series, k: int) -> Cells:
    return _number(name, cells.dt.year(), k)


_TYPES: dict[ColumnType, Callable[[str, pl.Series, int], Cells]] = {
    ColumnType.NAME: _named,
    ColumnType.INTEGER: _number,
    ColumnType.DECIMAL: _number,
    ColumnType.DATE: _date,
}
