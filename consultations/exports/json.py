"""JSON, described in docs/exports.md: what the file is, its variables, then one object a response.

Written a batch at a time, so that memory stays flat. Null says that there is no answer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO

from ..analysis.frame import Variable
from .tables import Export

FORMAT = "hilo-comun.responses"
VERSION = 2
_BATCH = 5_000


def write(export: Export, path: Path) -> None:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "title": export.title,
        "language": export.language,
        "variables": [_variable(variable) for variable in export.frame.variables],
        "extras": [{"name": extra.name, "label": extra.label} for extra in export.extras],
    }
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}"))
        file.write(',\n "responses": [')
        _write_rows(export, file)
        file.write("\n ]\n}\n")


def _write_rows(export: Export, file: TextIO) -> None:
    comma = ""
    for batch in export.responses.iter_slices(_BATCH):
        # Polars writes a line a row, dates as ISO 8601, several times as fast as Python's own encoder.
        # Not by ``splitlines``: separators of Unicode may stand inside a text.
        for line in batch.write_ndjson().removesuffix("\n").split("\n"):
            file.write(f"{comma}\n  {line}")
            comma = ","


def _variable(variable: Variable) -> dict[str, Any]:
    """Name, kind and texts in every language, and the labels of its codes."""
    column = variable.column
    return {
        "name": column.name,
        "question": column.question,
        "kind": variable.question.kind.value,
        "role": column.role.value,
        "type": column.type.value,
        "level": column.level.value,
        "sensitive": variable.is_sensitive,
        "label": dict(column.label),
        "codes": {name: dict(choice.label) for name, choice in variable.codes.items()},
        "versions": [version.number for version in reversed(variable.versions)],
    }
