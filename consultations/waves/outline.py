"""What a page shows of a file: its columns, a few answers of each, and the words that stand for no option.

A worker draws it while it reads the file. A page that read 20 MB at each look would keep others waiting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

from ..instrument.definition import Definition
from .mapping import Plan, mapped, unknown_words
from .tables import Heading, Table

SAMPLES = 3
LONGEST = 90
MOST_WORDS = 60
"""Words of one column that are asked about; a column with more is free text, not a list of options."""


@dataclass(frozen=True)
class Shown:
    """A column: its name, what the file says that it is, and its first answers."""

    name: str
    label: str = ""
    samples: Sequence[str] = ()


@dataclass(frozen=True)
class Outline:
    """``words``: by target, each word that stands for no option with what the file says that it means."""

    rows: int = 0
    columns: Sequence[Shown] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, definition: Definition, plan: Plan) -> Self:
        columns = [
            Shown(heading.name, heading.label[:300], list(islice(_samples(heading, cells), SAMPLES)))
            for heading, cells in zip(table.headings, zip(*table.rows, strict=True), strict=True)
        ]
        return cls(len(table.rows), columns, _words(table, definition, plan))

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "columns": [[shown.name, shown.label, list(shown.samples)] for shown in self.columns],
            "words": {target: dict(words) for target, words in self.words.items()},
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        columns = [Shown(*column) for column in document.get("columns", [])]
        return cls(document.get("rows", 0), columns, document.get("words", {}))


def _samples(heading: Heading, cells: Sequence[str]) -> Iterator[str]:
    """Different answers in the order of the file, a code with its meaning."""
    for cell in dict.fromkeys(cell for cell in cells if cell):
        said = f"{cell} = {heading.labels[cell]}" if cell in heading.labels else cell
        yield said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _words(table: Table, definition: Definition, plan: Plan) -> dict[str, dict[str, str]]:
    meanings = {target.name: heading.labels for heading, target in mapped(table, definition, plan)}
    return {
        target: {word: meanings[target].get(word, "") for word in words[:MOST_WORDS]}
        for target, words in unknown_words(table, definition, plan).items()
    }
