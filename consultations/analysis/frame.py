"""The frame: one typed table of answers, from which every figure and every export is made.

A row is a response that was sent; a column is one of ``instrument.columns``, or one about the response
itself. Versions of one questionnaire share their columns by name; a column that a version did not have is
empty for its answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..instrument.columns import Column, all_columns, columns
from ..instrument.definition import Choice, Definition, Question, text_in
from ..models import QuestionnaireVersion

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


def of_table(table: pl.DataFrame, versions: Sequence[QuestionnaireVersion]) -> Frame:
    """The frame of a table that was made before: a snapshot, or several tables joined."""
    variables = tuple(_merged(versions))
    names = [*ABOUT_THE_RESPONSE, *(variable.column.name for variable in variables)]
    return Frame(table.select(names), variables, tuple(versions))


def joined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One below the other; a column that one of them lacks is empty there."""
    return pl.concat(parts, how="diagonal_relaxed")


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
