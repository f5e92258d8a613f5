"""The answers as statistics programs want them: short names, numbers with labels, levels of measurement.

Options become numbers: their own codes where all are whole numbers (grades, for instance), else 1, 2, 3 … in
the order of the questionnaire. New options of a later version come last, so that a number never changes its
meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl
from django.utils.translation import gettext as _

from ..analysis import frame as frames
from ..analysis.frame import Frame, Variable
from ..instrument.columns import ColumnRole, ColumnType
from ..instrument.definition import QuestionKind, text_in
from ..instrument.kinds import Level
from .codebook import ABOUT_THE_RESPONSE

_UNFIT = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True)
class DataVariable:
    """One variable. ``source`` is its column in the frame, ``codes`` what each option is written as."""

    name: str
    source: str
    label: str
    level: Level
    codes: Mapping[str, int] = field(default_factory=dict)
    value_labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """A row a response, a column a variable; every text and label in one language."""

    frame: Frame
    variables: tuple[DataVariable, ...]
    title: str
    language: str

    @cached_property
    def table(self) -> pl.DataFrame:
        """Options as numbers, under the short names. Days are dates; what was not answered is null."""
        return self.frame.table.select(_column(variable) for variable in self.variables)


def dataset(frame: Frame, *, title: str, language: str, longest: int) -> Dataset:
    """The frame as a data set whose names have at most ``longest`` characters and differ in any case.

    Words are in ``language``, which the caller has made the active one.
    """
    named = _names([*frames.ABOUT_THE_RESPONSE, *(v.column.name for v in frame.variables)], longest)
    about = (
        DataVariable(named[name], name, str(ABOUT_THE_RESPONSE[name]), _ABOUT_LEVELS.get(name, Level.NOMINAL))
        for name in frames.ABOUT_THE_RESPONSE
    )
    asked = (_variable(variable, named[variable.column.name], language) for variable in frame.variables)
    return Dataset(frame, (*about, *asked), title, language)


_ABOUT_LEVELS = {frames.ID: Level.TEXT, frames.DAY: Level.SCALE, frames.VERSION: Level.ORDINAL}


def _variable(variable: Variable, name: str, language: str) -> DataVariable:
    column, default = variable.column, variable.newest.definition.default_language
    label = text_in(column.label, language, default)
    if column.role is ColumnRole.FLAG:
        return DataVariable(name, column.name, label, Level.NOMINAL, value_labels={0: _("no"), 1: _("yes")})
    if column.type is not ColumnType.NAME or not variable.codes:
        return DataVariable(name, column.name, label, column.level)
    codes = numbered(variable.codes)
    words = {
        codes[code]: _("Agreed")
        if variable.question.kind is QuestionKind.ACKNOWLEDGE
        else text_in(choice.label, language, default) or code
        for code, choice in variable.codes.items()
    }
    return DataVariable(name, column.name, label, column.level, codes, words)


def numbered(names: Iterable[str]) -> dict[str, int]:
    """A number for each code: its own if all are whole numbers, else its place, counted from 1.

    A few words among the numbers ("na") are numbered upwards from 90, beyond any grade.
    """
    names = list(names)
    own = {name: int(name) for name in names if re.fullmatch(r"-?(0|[1-9]\d{0,3})", name)}
    words = [name for name in names if name not in own]
    if len(own) <= len(words):
        return {name: place for place, name in enumerate(names, start=1)}
    first = max(90, *own.values()) + (max(own.values()) >= 90)
    return own | {name: first + place for place, name in enumerate(words)}


def _column(variable: DataVariable) -> pl.Expr:
    column = pl.col(variable.source).alias(variable.name)
    if not variable.codes:
        return column
    return column.replace_strict(dict(variable.codes), default=None, return_dtype=pl.Int32)


def _names(names: Iterable[str], longest: int) -> dict[str, str]:
    """Short names that programs accept. Two that would be the same get a number at their end."""
    taken: set[str] = set()
    return {name: _free(_fit(name)[:longest], taken, longest) for name in names}


def _fit(name: str) -> str:
    """Letters, digits and underscores, a letter first: ``used/pass`` is ``used_pass``."""
    fit = _UNFIT.sub("_", name)
    return fit if fit[0].isalpha() else f"v{fit}"


def _free(name: str, taken: set[str], longest: int) -> str:
    found = next(option for option in _options(name, longest) if option.lower() not in taken)
    taken.add(found.lower())
    return found


def _options(name: str, longest: int) -> Iterator[str]:
    yield name
    for number in range(2, 100_000):
        tail = f"_{number}"
        yield name[: longest - len(tail)] + tail
