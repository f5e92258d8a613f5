"""The frame: one typed table of answers, from which every figure and every export is made.

A row is a response that was sent; a column is one of ``instrument.columns``, or one about the response
itself. Versions of one questionnaire share their columns by name; a column that a version did not have is
empty for its answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import polars as pl

from ..answering import consents
from ..instrument.columns import Column, ColumnRole, ColumnType, all_columns, columns
from ..instrument.definition import Choice, Question, QuestionKind, text_in
from ..instrument.kinds import bounds
from ..models import Consultation, QuestionnaireVersion, Response

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
BATCH = 10_000

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


class Row(NamedTuple):
    """What is read of a response, and no more than that."""

    id: UUID
    version_id: int
    submitted_on: date
    language: str
    channel: str
    consents: list[dict[str, Any]]
    answers: dict[str, Any]


def build(consultation: Consultation, *, on_progress: Progress | None = None) -> Frame:
    """Every response that was sent, in the order of days. ``on_progress`` is told how many rows are read.

    Raises ``polars.exceptions.PolarsError`` or ``TypeError`` where a stored answer is not of its column's
    type: an answer is never dropped in silence.
    """
    versions = answered_versions(consultation)
    return frame_of(versions, _batches(consultation, versions), on_progress=on_progress)


def frame_of(
    versions: Sequence[QuestionnaireVersion],
    batches: Iterable[Sequence[Row]],
    *,
    on_progress: Progress | None = None,
) -> Frame:
    """The frame of rows that were read already, answered in ``versions`` (newest first)."""
    layouts = {version.pk: _Layout.of(version) for version in versions}
    parts = [layout.table([]) for layout in layouts.values()] or [_empty()]
    read = 0
    for rows in batches:
        parts += [layouts[key].table(part) for key, part in _by_version(rows).items()]
        read += len(rows)
        if on_progress:
            on_progress(read)
    variables = tuple(_merged(versions))
    names = [*ABOUT_THE_RESPONSE, *(variable.column.name for variable in variables)]
    table = pl.concat(parts, how="diagonal_relaxed").select(names).sort(DAY, ID)
    return Frame(table, variables, tuple(versions))


def answered_versions(consultation: Consultation) -> tuple[QuestionnaireVersion, ...]:
    """The versions with sent answers, newest first; before the first answer, the version on offer."""
    answered = Response.objects.submitted().filter(consultation=consultation).values("version")
    versions = tuple(QuestionnaireVersion.objects.filter(pk__in=answered).order_by("-number"))
    current = consultation.current_version
    return versions or ((current,) if current else ())


# --- Reading ------------------------------------------------------------------------------------------------


def _batches(consultation: Consultation, versions: Sequence[QuestionnaireVersion]) -> Iterator[list[Row]]:
    """By key rather than by one long cursor: nothing is held open while progress is written.

    On SQLite a connection that still reads an old state may not write. A version that appears meanwhile
    waits for the next time.
    """
    sent = Response.objects.submitted().filter(consultation=consultation, version__in=versions)
    found = sent.order_by("pk")
    rows = [Row(*values) for values in found.values_list(*Row._fields)[:BATCH]]
    while rows:
        yield rows
        following = found.filter(pk__gt=rows[-1].id).values_list(*Row._fields)[:BATCH]
        rows = [Row(*values) for values in following]


def _by_version(rows: Sequence[Row]) -> dict[int, list[Row]]:
    parts: dict[int, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.version_id, []).append(row)
    return parts


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
        given: dict[str, Any] = {}
        for column, _type in self.columns:
            # One series of lists serves all options of a question.
            if column.answer not in given:
                given[column.answer] = _answers(rows, column)
        cells = [_cells(column, kind, given[column.answer]) for column, kind in self.columns]
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
        QUOTABLE: [int(consents.QUOTES in consents.purposes(row.consents)) for row in rows],
    }
    return [pl.Series(name, values[name], dtype=kind) for name, kind in ABOUT_THE_RESPONSE.items()]


def _answers(rows: Sequence[Row], column: Column) -> pl.Series | list[Any]:
    """The answers behind a column."""
    answers = [row.answers.get(column.answer) for row in rows]
    several = column.role in (ColumnRole.FLAG, ColumnRole.RANK)
    return pl.Series(answers, dtype=pl.List(pl.String)) if several else answers


def _cells(column: Column, kind: pl.DataType, answers: Any) -> pl.Series:
    cells: pl.Series
    match column.role:
        case ColumnRole.FLAG:
            cells = answers.list.contains(column.option).cast(kind)
        case ColumnRole.RANK:
            cells = _places(answers, column.option).cast(kind)
        case _ if column.type is ColumnType.DATE:
            cells = pl.Series(answers, dtype=pl.String).str.to_date("%Y-%m-%d")
        case _:
            cells = pl.Series(answers, dtype=kind)
    return cells.alias(column.name)


def _places(rankings: pl.Series, option: str) -> pl.Series:
    """The place of an option in each ranking, counted from 1; empty where it was not ranked."""
    places = [
        ranking.index(option) + 1 if ranking and option in ranking else None for ranking in rankings.to_list()
    ]
    return pl.Series(places, dtype=pl.Int16)


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
    for name in _in_order(found):
        uses = found[name]
        # The newest wording of an option wins: the oldest are written first.
        codes = {code.name: code for _version, column in reversed(uses) for code in column.codes}
        yield Variable(uses[0][1], tuple(version for version, _column in uses), codes)


def _in_order(found: Mapping[str, Sequence[tuple[QuestionnaireVersion, Column]]]) -> list[str]:
    places: dict[str, int] = {}
    for uses in found.values():
        places.setdefault(uses[0][1].question, len(places))
    return sorted(found, key=lambda name: places[found[name][0][1].question])
