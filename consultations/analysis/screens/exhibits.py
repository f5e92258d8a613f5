"""What a screen shows of one thing: a table, the chart of it, and both in words.

Screens, files and tests read the same exhibit, so that no figure takes another way round the protection of
people. A value that is ``None`` is kept back; one that cannot be had (the mean of nothing) is not-a-number.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from ..charts.shapes import Part, Spec

Value = int | float | str | None


class Unit(StrEnum):
    """How the values of a column are written. A measure is a value that was given, such as a year."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    NUMBER = "number"
    MEASURE = "measure"


class Shape(StrEnum):
    """How an exhibit stands on a page. ``PICTURE`` is drawn; the others are the table itself with bars."""

    TABLE = "table"
    BARS = "bars"
    SCALE = "scale"
    PAIRS = "pairs"
    PICTURE = "picture"


@dataclass(frozen=True)
class Heading:
    text: str
    unit: Unit = Unit.COUNT


@dataclass(frozen=True)
class Row:
    """``language`` is set where the label is in another one than was asked for."""

    label: str
    values: tuple[Value, ...]
    language: str = ""


@dataclass(frozen=True)
class Stack:
    """One bar of an agreement scale: its parts, with the level that each stands for.

    ``is_hidden``: it has no parts because one of them is kept back, not because nobody answered.
    """

    label: str
    parts: tuple[Part, ...]
    language: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Exhibit:
    """``key`` names it in addresses. ``headings`` starts with the one over the labels of the rows.

    ``bar`` is the place of the value that is drawn as the length of a bar, ``second`` of one beside it.
    ``says`` is the chart in a sentence; ``facts`` are single figures that go with it. ``is_of_everybody``: it
    takes no notice of the filter.
    """

    key: str
    title: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    shape: Shape = Shape.TABLE
    base: str = ""
    says: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, Value, Unit], ...] = ()
    bar: int = 0
    second: int | None = None
    stacks: tuple[Stack, ...] = ()
    is_wide: bool = False
    is_of_everybody: bool = False
    draw: Callable[[], Spec] | None = field(default=None, compare=False)

    @property
    def longest(self) -> float:
        """The length that fills the width: 100 for percentages, else the largest value.

        Pairs are looked at for their difference: they take as much room as the largest of them needs.
        """
        if self.shape is Shape.BARS and self.headings[self.bar + 1].unit is Unit.PERCENT:
            return 100.0
        places = [self.bar, *([self.second] if self.second is not None else [])]
        found = (_number(row.values[place]) for row in self.rows for place in places)
        return max((value for value in found if value is not None), default=0.0)

    @property
    def has_bars(self) -> bool:
        """Whether its table carries bars."""
        return self.shape in (Shape.BARS, Shape.PAIRS)

    @property
    def keeps_back(self) -> bool:
        return any(value is None for row in self.rows for value in row.values)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not math.isnan(value) else None
