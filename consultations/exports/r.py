"""For R: a ZIP with the answers as CSV (codes), the codebook, and a script that reads them with factors."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.utils.translation import gettext as _

from ..instrument.kinds import Level
from .csv import CODEBOOK, FORMULA, write_table
from .dataset import Dataset, DataVariable
from .spss import LONGEST_NAME, RESERVED
from .tables import Export

ANSWERS = "responses.csv"
SCRIPT = "read.R"
_LARGEST = 2**31 - 1


def write(export: Export, path: Path) -> None:
    """Base R alone is needed to run the script; it leaves a data frame named ``responses``."""
    data = export.dataset(longest=LONGEST_NAME, reserved=RESERVED)
    with (
        TemporaryDirectory(dir=path.parent) as folder,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, table in ((ANSWERS, data.table), (f"{CODEBOOK}.csv", export.codebook)):
            file = Path(folder) / name
            write_table(table, file)
            archive.write(file, name)
        archive.writestr(SCRIPT, script(data))


def script(data: Dataset) -> str:
    """One line a variable that has labels or a type of its own."""
    lines = [
        f"# {_one_line(data.title)}",
        f"# {_('Empty cells are answers that were not given.')}",
        f'responses <- read.csv("{ANSWERS}", fileEncoding = "UTF-8-BOM", na.strings = "",',
        "                      stringsAsFactors = FALSE, check.names = FALSE, colClasses = c(",
        ",\n".join(f'  "{v.name}" = "{_class(data.table[v.name])}"' for v in data.variables),
        "))",
        f"# {_('Spreadsheets would run some texts; the apostrophe that stops them is taken off.')}",
        f'runs <- "(*UCP){_pattern(FORMULA)}"',
        'words <- function(text) ifelse(grepl(runs, text, perl = TRUE) & startsWith(text, "\'"),',
        "                               substring(text, 2), text)",
        *(line for variable in data.variables for line in _lines(variable, data)),
        "rm(runs, words)",
    ]
    return "\n".join(lines) + "\n"


def _pattern(expression: str) -> str:
    """A regular expression as R writes it: signs by their numbers, every other backslash twice."""
    return re.sub(r"\\u\{(\w+)\}|\\", lambda found: rf"\u{found[1]}" if found[1] else r"\\", expression)


def _class(cells: pl.Series) -> str:
    """What R is to take a column for: left alone, it reads ``007`` as 7 and ``T`` as true."""
    if cells.dtype.is_integer() and (cells.drop_nulls().cast(pl.Int64).abs() <= _LARGEST).all():
        return "integer"
    return {pl.String(): "character", pl.Date(): "Date"}.get(cells.dtype, "numeric")


def _lines(variable: DataVariable, data: Dataset) -> Iterator[str]:
    column = f'responses[["{variable.name}"]]'
    if variable.value_labels:
        numbers = ", ".join(str(number) for number in variable.value_labels)
        labels = ", ".join(_quoted(label) for label in _unlike(variable.value_labels.values()))
        ordered = ", ordered = TRUE" if variable.level is Level.ORDINAL else ""
        yield f"{column} <- factor({column}, levels = c({numbers}), labels = c({labels}){ordered})"
    elif variable.question and data.table.schema[variable.name] == pl.String:
        yield f"{column} <- words({column})"
    yield f'attr({column}, "label") <- {_quoted(variable.label)}'


def _unlike(labels: Iterable[str]) -> Iterator[str]:
    """Two options with the same words stay two levels."""
    seen: dict[str, int] = {}
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        yield label if seen[label] == 1 else f"{label} ({seen[label]})"


def _quoted(text: str) -> str:
    """A text as R writes it: the escapes of JSON are R's own, given that no sign is written as ``\\/``."""
    return json.dumps(_one_line(text), ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
