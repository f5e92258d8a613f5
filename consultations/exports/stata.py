"""Stata files (``.dta``, version 15 of the format): the same variables as for SPSS, with shorter names.

Why a number is missing is said by extended missing values: ``.a`` not asked, ``.b`` not answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from .dataset import GAP_LABELS
from .spss import cut, fitting, value_labels
from .tables import Export

LONGEST_NAME = 32
LONGEST_LABEL = 80
LONGEST_VALUE_LABEL = 32_000
LONGEST_TEXT = 2_000_000
# Words of its command language; those that begin with an underscore never get this far.
RESERVED = re.compile(r"byte|double|float|if|in|int|long|str\d+|strL|using|with", re.IGNORECASE)


def write(export: Export, path: Path) -> None:
    data = export.dataset(longest=LONGEST_NAME, reserved=RESERVED)
    gaps = {v.name: data.gaps(v) for v in data.variables if data.has_gaps(v)}
    found = {name: gap.drop_nulls().unique().sort().to_list() for name, gap in gaps.items()}
    missing = {name: letters for name, letters in found.items() if letters}
    labels: dict[str, dict[Any, str]] = dict(value_labels(data, LONGEST_VALUE_LABEL))
    for name, letters in missing.items():
        words = {gap.value: str(label) for gap, label in GAP_LABELS.items() if gap in letters}
        labels.setdefault(name, {}).update(words)
    pyreadstat.write_dta(
        _with_letters(_texts(data.table), {name: gaps[name] for name in missing}),
        path,
        file_label=cut(data.title, 80),
        column_labels={variable.name: cut(variable.label, LONGEST_LABEL) for variable in data.variables},
        variable_value_labels=labels,
        missing_user_values=missing,
        version=15,
    )


def _texts(table: pl.DataFrame) -> pl.DataFrame:
    """An empty text for none: Stata knows no other, and the library fails on none beside long texts."""
    return fitting(table, LONGEST_TEXT).with_columns(pl.col(pl.String).fill_null(""))


def _with_letters(table: pl.DataFrame, gaps: Mapping[str, pl.Series]) -> pl.DataFrame:
    """The library takes a number or a letter a cell, which makes them objects."""
    return table.with_columns(
        pl.Series(
            name,
            [letter if cell is None else cell for cell, letter in zip(table[name], letters, strict=True)],
            dtype=pl.Object,
        )
        for name, letters in gaps.items()
    )
