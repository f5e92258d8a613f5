"""Stata files (``.dta``, version 15 of the format): the same variables as for SPSS, with shorter names."""

from __future__ import annotations

from pathlib import Path

import pyreadstat

from .spss import cut, fitting, value_labels
from .tables import Export

LONGEST_NAME = 32
LONGEST_LABEL = 80
LONGEST_VALUE_LABEL = 32_000
LONGEST_TEXT = 2_000_000


def write(export: Export, path: Path) -> None:
    data = export.dataset(longest=LONGEST_NAME)
    pyreadstat.write_dta(
        fitting(data.table, LONGEST_TEXT),
        path,
        file_label=cut(data.title, 80),
        column_labels={variable.name: cut(variable.label, LONGEST_LABEL) for variable in data.variables},
        variable_value_labels=value_labels(data, LONGEST_VALUE_LABEL),
        version=15,
    )
