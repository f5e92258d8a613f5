"""A filter over a frame: checked against its columns, and turned into a mask of rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from ..instrument.columns import Column, ColumnRole, ColumnType
from ..instrument.kinds import Level
from .filters import Condition, Filter, FilterError, Group, Operator
from .frame import CHANNEL, DAY, LANGUAGE, QUOTABLE, VERSION, Frame, Variable

CONTEXT: Mapping[str, ColumnType] = {
    DAY: ColumnType.DATE,
    LANGUAGE: ColumnType.NAME,
    VERSION: ColumnType.INTEGER,
    CHANNEL: ColumnType.NAME,
    QUOTABLE: ColumnType.INTEGER,
}
"""Fields about the response that a filter may name. The response's own id is not among them."""


def mask(frame: Frame, tree: Filter) -> pl.Series:
    """For each row of the frame, whether the filter lets it through. Boolean, never empty.

    Raises :class:`FilterError` where the filter does not fit the frame.
    """
    chosen = expression_of(frame, tree).fill_null(value=False)
    return frame.table.with_columns(chosen.alias("chosen"))["chosen"]


def expression_of(frame: Frame, tree: Filter) -> pl.Expr:
    """The filter for Polars. Raises :class:`FilterError`."""
    if isinstance(tree, Condition):
        return _condition(frame, tree)
    if not tree.parts:
        return pl.lit(value=True)
    parts = [expression_of(frame, part).fill_null(value=False) for part in tree.parts]
    return pl.all_horizontal(parts) if tree.word == "and" else pl.any_horizontal(parts)


def questions_of(frame: Frame, tree: Filter) -> set[str]:
    """The names of the questions that a filter reads, for whoever decides on rights."""
    if isinstance(tree, Group):
        return set().union(*(questions_of(frame, part) for part in tree.parts))
    return {column.question for column in _columns(frame, tree.field) if column.question}


def _condition(frame: Frame, condition: Condition) -> pl.Expr:
    found = _columns(frame, condition.field)
    role = found[0].role
    given = pl.any_horizontal(pl.col(column.name).is_not_null() for column in found)
    if condition.operator is Operator.ANSWERED:
        return given
    if condition.operator is Operator.UNANSWERED:
        return ~given
    if role in (ColumnRole.FLAG, ColumnRole.RANK) and len(found) > 1:
        return _of_options(found, given, condition)
    if len(found) > 1:
        message = _("“%(field)s” has several rows: choose one of them.")
        raise FilterError(message % {"field": condition.field})
    return _OPERATORS[condition.operator](found[0], condition)


def _columns(frame: Frame, field: str) -> list[Column]:
    """A column by its own name, or those of a question without the text beside "other"."""
    if field in CONTEXT:
        kind = CONTEXT[field]
        return [_context(field, kind)]
    named = [_over_versions(v) for v in frame.variables if v.column.name == field]
    of_question = [
        _over_versions(v)
        for v in frame.variables
        if v.column.question == field and v.column.role is not ColumnRole.OTHER
    ]
    if not (named or of_question):
        raise FilterError(_("There is no question or field called “%(name)s”.") % {"name": field})
    return named or of_question


def _context(field: str, kind: ColumnType) -> Column:
    return Column(field, field, "", ColumnRole.VALUE, kind, Level.NOMINAL)


def _over_versions(variable: Variable) -> Column:
    """With the options of every version, since answers to any of them may name one."""
    return replace(variable.column, codes=tuple(variable.codes.values()))


def _of_options(found: list[Column], given: pl.Expr, condition: Condition) -> pl.Expr:
    """Several choices: chosen. Ranking: put first. Both hold 1 in the option's column."""
    options = {column.option: column.name for column in found}
    if condition.operator not in (Operator.IS, Operator.ANY, Operator.NOT):
        raise _unfit(condition)
    for value in condition.values:
        if value not in options:
            raise FilterError(
                _("“%(field)s” has no option “%(value)s”.") % {"field": condition.field, "value": value}
            )
    chosen = pl.any_horizontal((pl.col(options[v]) == 1).fill_null(value=False) for v in condition.values)
    return given & ~chosen if condition.operator is Operator.NOT else chosen


def _equal(column: Column, condition: Condition) -> pl.Expr:
    values = [_value(column, condition, value) for value in condition.values]
    cell = pl.col(column.name)
    return cell.cast(pl.Float64).is_in(values) if column.type is ColumnType.DECIMAL else cell.is_in(values)


def _unequal(column: Column, condition: Condition) -> pl.Expr:
    return pl.col(column.name).is_not_null() & ~_equal(column, condition)


def _between(column: Column, condition: Condition) -> pl.Expr:
    if column.type in (ColumnType.NAME, ColumnType.TEXT) or len(condition.values) != 2:
        raise _unfit(condition)
    low, high = condition.values
    cell, bounds = pl.col(column.name), [pl.col(column.name).is_not_null()]
    bounds += [cell >= _value(column, condition, low)] if low else []
    bounds += [cell <= _value(column, condition, high)] if high else []
    return pl.all_horizontal(bounds)


def _contains(column: Column, condition: Condition) -> pl.Expr:
    if column.type is not ColumnType.TEXT:
        raise _unfit(condition)
    words = "|".join(re.escape(plain(value)) for value in condition.values)
    return plain_column(pl.col(column.name)).str.contains(rf"\b(?:{words})\b")


_OPERATORS: Mapping[Operator, Callable[[Column, Condition], pl.Expr]] = {
    Operator.IS: _equal,
    Operator.ANY: _equal,
    Operator.NOT: _unequal,
    Operator.RANGE: _between,
    Operator.CONTAINS: _contains,
}


def plain(text: str) -> str:
    """Lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.category(sign).startswith("M"))


def plain_column(cell: pl.Expr) -> pl.Expr:
    """The same over a column."""
    return cell.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")


def _value(column: Column, condition: Condition, value: str) -> Any:
    known = {code.name for code in column.codes}
    if known and value not in known:
        raise FilterError(
            _("“%(field)s” has no option “%(value)s”.") % {"field": condition.field, "value": value}
        )
    try:
        return _READ.get(column.type, str)(value)
    except ValueError as error:
        message = _("“%(value)s” is no value of “%(field)s”.")
        raise FilterError(message % {"field": condition.field, "value": value}) from error


_READ: Mapping[ColumnType, Callable[[str], Any]] = {
    ColumnType.INTEGER: int,
    ColumnType.DECIMAL: float,
    ColumnType.DATE: date.fromisoformat,
}


def _unfit(condition: Condition) -> FilterError:
    message = _("“%(field)s” cannot be compared with “%(operator)s”.")
    return FilterError(message % {"field": condition.field, "operator": condition.operator})
