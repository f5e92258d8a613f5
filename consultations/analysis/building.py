"""Rows of answers become the frame: each version lays its own out, a batch at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import orjson
import polars as pl

from ..instrument.columns import Column, ColumnRole, ColumnType, all_columns
from ..instrument.definition import QuestionKind
from ..instrument.kinds import bounds
from ..models import Consultation, QuestionnaireVersion
from . import reading
from .frame import ABOUT_THE_RESPONSE, CHANNEL, DAY, ID, LANGUAGE, QUOTABLE, VERSION, Frame, joined, of_table
from .reading import Row

Progress = Callable[[int], None]


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
        answers = self._answers(rows)
        # The columns of one question stand together, and are filled in one pass over its answers.
        for (answer, role), group in groupby(self.columns, key=lambda item: (item[0].answer, item[0].role)):
            cells += _FILL.get(role, _values)(answers[answer], list(group))
        return pl.DataFrame([*_about(rows, self.number), *cells])

    def _answers(self, rows: Sequence[Row]) -> dict[str, list[Any]]:
        """By question; each document is gone through once, while it is still at hand."""
        answers: dict[str, list[Any]] = {column.answer: [None] * len(rows) for column, _type in self.columns}
        for place, row in enumerate(rows):
            for name, answer in orjson.loads(row.answers).items():
                if name in answers:
                    answers[name][place] = answer
        return answers


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=dict(ABOUT_THE_RESPONSE))


def _about(rows: Sequence[Row], number: int) -> list[pl.Series]:
    values: dict[str, Any] = {
        ID: _hyphenated(pl.Series([row.id for row in rows], dtype=pl.String)),
        DAY: pl.Series([row.submitted_on for row in rows], dtype=pl.String).str.to_date("%Y-%m-%d"),
        LANGUAGE: [row.language for row in rows],
        VERSION: [number] * len(rows),
        CHANNEL: [row.channel for row in rows],
        QUOTABLE: [int(row.quotable) for row in rows],
    }
    return [pl.Series(name, values[name], dtype=kind) for name, kind in ABOUT_THE_RESPONSE.items()]


def _hyphenated(keys: pl.Series) -> pl.Series:
    """As UUIDs are written: SQLite keeps their digits alone."""
    return keys.str.replace(r"^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$", "$1-$2-$3-$4-$5")


Typed = tuple[Column, pl.DataType]


def _values(answers: list[Any], columns: Sequence[Typed]) -> Iterator[pl.Series]:
    for column, kind in columns:
        if column.type is ColumnType.DATE:
            yield pl.Series(column.name, answers, dtype=pl.String).str.to_date("%Y-%m-%d")
        else:
            yield pl.Series(column.name, answers, dtype=kind)


def _flags(answers: list[Any], columns: Sequence[Typed]) -> Iterator[pl.Series]:
    """1 where an option was chosen, 0 where others were, nothing where the question has no answer."""
    chosen = {column.option: bytearray(len(answers)) for column, _type in columns}
    for place, answer in enumerate(answers):
        for option in answer or ():
            if option in chosen:
                chosen[option][place] = 1
    unchosen = pl.Series([None if answer is None else 0 for answer in answers], dtype=pl.Int8)
    # Nothing and one are nothing.
    return (
        (unchosen + pl.Series(np.frombuffer(chosen[column.option], np.int8))).alias(column.name)
        for column, _type in columns
    )


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
