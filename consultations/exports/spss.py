"""SPSS files (``.sav``): variable and value labels, levels of measurement, missing values that say why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from ..instrument.kinds import Level
from .dataset import GAP_LABELS, Dataset, Gap
from .tables import Export

# Limits of the format, in bytes of UTF-8.
LONGEST_NAME = 64
LONGEST_LABEL = 256
LONGEST_VALUE_LABEL = 120
LONGEST_TEXT = 32_767
# As many numbers can be declared as missing.
MOST_MISSING = 3
# Words of its command language.
RESERVED = re.compile(r"all|and|by|eq|ge|gt|le|lt|ne|not|or|to|with", re.IGNORECASE)
MEASURES = {Level.NOMINAL: "nominal", Level.ORDINAL: "ordinal", Level.SCALE: "scale", Level.TEXT: "nominal"}


def write(export: Export, path: Path) -> None:
    data = export.dataset(longest=LONGEST_NAME, reserved=RESERVED)
    missing = {v.name: data.gap_numbers(v) for v in data.variables if data.has_gaps(v)}
    labels = value_labels(data, LONGEST_VALUE_LABEL)
    for name, numbers in missing.items():
        labels.setdefault(name, {}).update({number: str(GAP_LABELS[gap]) for gap, number in numbers.items()})
    pyreadstat.write_sav(
        fitting(_with_numbers(data, missing), LONGEST_TEXT),
        path,
        file_label=cut(data.title, 64),
        column_labels={variable.name: cut(variable.label, LONGEST_LABEL) for variable in data.variables},
        variable_value_labels=labels,
        missing_ranges=_missing_ranges(data, missing),
        variable_measure={variable.name: MEASURES[variable.level] for variable in data.variables},
        variable_format=_whole_numbers(data),
        row_compress=True,
    )


def _missing_ranges(data: Dataset, gaps: Mapping[str, Mapping[Gap, int]]) -> dict[str, list[Any]]:
    """Gaps, and answers that no mean may count, as long as the format has room for them."""
    found: dict[str, list[Any]] = {}
    for variable in data.variables:
        numbers = [*gaps.get(variable.name, {}).values(), *variable.off_scale]
        if numbers and len(numbers) <= MOST_MISSING:
            found[variable.name] = numbers
        elif variable.name in gaps:
            found[variable.name] = list(gaps[variable.name].values())
    return found


def _with_numbers(data: Dataset, missing: Mapping[str, Mapping[Gap, int]]) -> pl.DataFrame:
    """Gaps as the numbers that the file declares as missing."""
    filled = []
    for variable in data.variables:
        if numbers := missing.get(variable.name):
            cell, gaps = data.table[variable.name], data.gaps(variable)
            kind = cell.dtype if cell.dtype.is_float() else pl.Int64()
            values = {gap.value: number for gap, number in numbers.items()}
            filled.append(cell.cast(kind).fill_null(gaps.replace_strict(values, return_dtype=kind)))
    return data.table.with_columns(filled)


def value_labels(data: Dataset, longest: int) -> dict[str, dict[int | float, str]]:
    return {
        variable.name: {number: cut(label, longest) for number, label in variable.value_labels.items()}
        for variable in data.variables
        if variable.value_labels
    }


def cut(text: str, longest: int) -> str:
    """On one line, and no longer than so many bytes; a cut says that it is one."""
    line = " ".join(text.split())
    encoded = line.encode()
    if len(encoded) <= longest:
        return line
    return encoded[: longest - len("…".encode())].decode(errors="ignore") + "…"


def fitting(table: pl.DataFrame, longest: int) -> pl.DataFrame:
    """No text beyond the limit, and none with the sign that ends texts in these files."""
    text = pl.col(pl.String)
    unfit = table.select((text.str.contains("\x00", literal=True) | (text.str.len_bytes() > longest)).any())
    names = [name for name in unfit.columns if unfit[name].any()]
    return table.with_columns(
        pl.col(name).map_elements(lambda value: _cut_text(value, longest), pl.String) for name in names
    )


def _cut_text(text: str, longest: int) -> str:
    encoded = text.replace("\x00", "").encode()
    if len(encoded) <= longest:
        return encoded.decode()
    return encoded[: longest - len("…".encode())].decode(errors="ignore") + "…"


def _whole_numbers(data: Dataset) -> dict[str, str]:
    """Shown without decimals. Others keep the format that the library chooses for them."""
    schema = data.table.schema
    return {name: "F8.0" for name, kind in schema.items() if kind.is_integer()}
