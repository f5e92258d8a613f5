"""The frame: one typed table of answers, from which every figure and every export is made.

A row is a response that was sent; a column is one of ``instrument.columns``, or one about the response
itself. Versions of one questionnaire share their columns by name; a column that a version did not have is
empty for its answers.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import polars as pl

from ..instrument.columns import Column, ColumnRole, ColumnType, all_columns, columns
from ..instrument.definition import Choice, Definition, Question, QuestionKind, text_in
from ..instrument.kinds import bounds
from ..models import Consultation, QuestionnaireVersion
from . import reading
from .reading import Row

# A point never stands in the name of a question, and every column of an option has a slash.
ID = "response.id"
DAY = "response.day"
LANGUAGE = "response.language"
VERSION = "response.version"
CHANNEL = "response.channel"
QUOTABLE = "response.quotable"

ABOUT_THE_RESPONSE: Mapping[str, pl.DataType] = {
    ID: pl.String(),
    DAY: pl.Date(),
    LANGUAGE: pl.String(),
    VERSION: pl.Int32(),
    CHANNEL: pl.String(),
    QUOTABLE: pl.Int8(),
}

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Variable:
    """A column over all versions. ``column`` is the newest; ``codes`` are the options of all of them."""

    column: Column
    versions: tuple[QuestionnaireVersion, ...]
    codes: Mapping[str, Choice]

    @property
    def newest(self) -> QuestionnaireVersion:
        return self.versions[0]

    @property
    def question(self) -> Question:
        return self.newest.definition.question(self.column.question)

    @property
    def is_sensitive(self) -> bool:
        """Once sensitive, always sensitive: a later version does not lay earlier answers open."""
        return any(v.definition.question(self.column.question).sensitive for v in self.versions)

    def wordings(self, language: str) -> dict[int, str]:
        """What each version asked, by its number."""
        return {
            version.number: text_in(column.label, language, version.definition.default_language)
            for version in self.versions
            for column in columns(version.definition, version.definition.question(self.column.question))
            if column.name == self.column.name
        }


@dataclass(frozen=True)
class Frame:
    """``versions`` are those that were answered, newest first."""

    table: pl.DataFrame
    variables: tuple[Variable, ...]
    versions: tuple[QuestionnaireVersion, ...]
    # What was worked out from the table once and is asked for again (``asked.py``).
    kept: dict[str, pl.Series] = field(default_factory=dict, compare=False, repr=False)
    # Figures of whole questions: a frame never changes, and everybody asks for the same ones.
    figures: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def definition(self) -> Definition:
        """The newest questionnaire that was answered. Raises ``IndexError`` where there is none."""
        return self.versions[0].definition


def build(consultation: Consultation, *, on_progress: Progress | None = None) -> Frame:
    """Every response that was sent, in the order of days. ``on_progress`` is told how many rows are read.

    Raises ``polars.exceptions.PolarsError`` or ``TypeError`` where a stored answer is not of its column's
    type: an answer is never dropped in silence.
    """
    versions = reading.answered_versions(consultation)
    return frame_of(versions, reading.batches(consultation, versions), on_progress=on_progress)


def frame_of(
    versions: Sequence[QuestionnaireVersion],
    batches: Iterable[Sequence[Row]],
    *,
    on_progress: Progress | None = None,
) -> Frame:
    """The frame of rows that were read in order (day, then id), answered in ``versions`` (newest first)."""
    layouts = {version.pk: _Layout.of(version) for version in versions}
    parts = [layout.table([]) for layout in layouts.values()] or [_empty()]
    read = 0
    with _no_collecting():
        for rows in batches:
            parts.append(_in_order([layouts[key].table(part) for key, part in _by_version(rows).items()]))
            read += len(rows)
            if on_progress:
                on_progress(read)
    return of_table(joined(parts), versions)


def of_table(table: pl.DataFrame, versions: Sequence[QuestionnaireVersion]) -> Frame:
    """The frame of a table that was made before: a snapshot, or several tables joined."""
    variables = tuple(_merged(versions))
    names = [*ABOUT_THE_RESPONSE, *(variable.column.name for variable in variables)]
    return Frame(table.select(names), variables, tuple(versions))


def _by_version(rows: Sequence[Row]) -> dict[int, list[Row]]:
    parts: dict[int, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.version_id, []).append(row)
    return parts


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Answers hold no cycles, and looking for some takes a quarter of the time that reading them does."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _in_order(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """A batch of one version is in order as it was read; sorting the whole would take its memory twice."""
    return joined(parts) if len(parts) == 1 else joined(parts).sort(DAY, ID)


def joined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One below the other; a column that one of them lacks is empty there."""
    return pl.concat(parts, how="diagonal_relaxed")


# --- One version's rows as a table --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Layout:
    """The columns of one version, with their types."""

    number: int
    columns: tuple[tuple[Column, pl.DataType], ...]

    @classmethod
    def of(cls, version: QuestionnaireVersion) -> _Layout:
        definition = version.definition
        whole = {
            q.name for q in definition.questions() if q.kind is QuestionKind.SCALE and _is_whole(bounds(q))
        }
        columns = ((column, _type_of(column, whole)) for column in all_columns(definition))
        return cls(version.number, tuple(columns))

    def table(self, rows: Sequence[Row]) -> pl.DataFrame:
        cells: list[pl.Series] = []
        documents = [row.answers for row in rows]
        # The columns of one question stand together, and are filled in one pass over its answers.
        for (answer, role), group in groupby(self.columns, key=lambda item: (item[0].answer, item[0].role)):
            answers = [document.get(answer) for document in documents]
            cells += _FILL.get(role, _values)(answers, list(group))
        return pl.DataFrame([*_about(rows, self.number), *cells])


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=dict(ABOUT_THE_RESPONSE))


def _about(rows: Sequence[Row], number: int) -> list[pl.Series]:
    values: dict[str, list[Any]] = {
        ID: [str(row.id) for row in rows],
        DAY: [row.submitted_on for row in rows],
        LANGUAGE: [row.language for row in rows],
        VERSION: [number] * len(rows),
        CHANNEL: [row.channel for row in rows],
        QUOTABLE: [int(row.quotable) for row in rows],
    }
    return [pl.Series(name, values[name], dtype=kind) for name, kind in ABOUT_THE_RESPONSE.items()]


Typed = tuple[Column, pl.DataType]


def _values(answers: list[Any], columns: Sequence[Typed]) -> Iterator[pl.Series]:
    for column, kind in columns:
        if column.type is ColumnType.DATE:
            yield pl.Series(column.name, answers, dtype=pl.String).str.to_date("%Y-%m-%d")
        else:
            yield pl.Series(column.name, answers, dtype=kind)


def _flags(answers: list[Any], columns: Sequence[Typed]) -> Iterator[pl.Series]:
    """1 where an option was chosen, 0 where others were, nothing where the question has no answer."""
    unchosen = [None if answer is None else 0 for answer in answers]
    cells: dict[str, list[int | None]] = {column.option: unchosen.copy() for column, _type in columns}
    for place, answer in enumerate(answers):
        for option in answer or ():
            if option in cells:
                cells[option][place] = 1
    return (pl.Series(column.name, cells[column.option], dtype=kind) for column, kind in columns)


def _ranks(answers: list[Any], columns: Sequence[Typed]) -> Iterator[pl.Series]:
    """The place of each option, counted from 1; nothing where it was not ranked."""
    cells: dict[str, list[int | None]] = {column.option: [None] * len(answers) for column, _type in columns}
    for place, answer in enumerate(answers):
        for rank, option in enumerate(answer or (), start=1):
            if option in cells:
                cells[option][place] = rank
    return (pl.Series(column.name, cells[column.option], dtype=kind) for column, kind in columns)


_FILL: Mapping[ColumnRole, Callable[[list[Any], Sequence[Typed]], Iterator[pl.Series]]] = {
    ColumnRole.FLAG: _flags,
    ColumnRole.RANK: _ranks,
}


def _type_of(column: Column, whole: set[str]) -> pl.DataType:
    if column.role is ColumnRole.FLAG:
        return pl.Int8()
    if column.role is ColumnRole.RANK:
        return pl.Int16()
    return pl.Int64() if column.name in whole else _TYPES[column.type]


def _is_whole(numbers: Sequence[Any]) -> bool:
    return all(number is None or float(number).is_integer() for number in numbers)


_TYPES: Mapping[ColumnType, pl.DataType] = {
    ColumnType.NAME: pl.String(),
    ColumnType.TEXT: pl.String(),
    ColumnType.INTEGER: pl.Int64(),
    ColumnType.DECIMAL: pl.Float64(),
    ColumnType.DATE: pl.Date(),
}


# --- Columns over versions ----------------------------------------------------------------------------------


def _merged(versions: Sequence[QuestionnaireVersion]) -> Iterator[Variable]:
    """In the order of the newest version; what it no longer has stands behind its question, or at the end."""
    found: dict[str, list[tuple[QuestionnaireVersion, Column]]] = {}
    for version in versions:
        for column in all_columns(version.definition):
            found.setdefault(column.name, []).append((version, column))
    for name in _columns_in_order(found):
        uses = found[name]
        # The newest wording of an option wins: the oldest are written first.
        codes = {code.name: code for _version, column in reversed(uses) for code in column.codes}
        yield Variable(uses[0][1], tuple(version for version, _column in uses), codes)


def _columns_in_order(found: Mapping[str, Sequence[tuple[QuestionnaireVersion, Column]]]) -> list[str]:
    places: dict[str, int] = {}
    for uses in found.values():
        places.setdefault(uses[0][1].question, len(places))
    return sorted(found, key=lambda name: places[found[name][0][1].question])
