"""CSV that spreadsheets open without harm: UTF-8 with a mark, CRLF, and no cell that could be a formula."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from .tables import Export

# What starts a formula in some spreadsheet, full-width and look-alike signs among them, after any blanks.
_SIGNS = r"=+\-@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}\u{fe62}\u{fe63}\u{fe66}\u{fe6b}\u{2212}"
# Behind apostrophes as well: whoever takes one off has the text again.
FORMULA = rf"^'*[\s\x00\u{{200b}}\u{{feff}}]*[{_SIGNS}]|^'*[\t\r]"
NUMBER = r"^-\d+([.,]\d+)?$"
CODEBOOK = "codebook"


def write(export: Export, path: Path) -> None:
    """The answers at ``path``, the codebook beside them: ``answers.csv`` and ``answers-codebook.csv``."""
    write_table(export.responses, path)
    write_table(export.codebook, beside(path))


def write_table(table: pl.DataFrame, path: Path) -> None:
    harmless(table).write_csv(path, include_bom=True, line_terminator="\r\n", date_format="%Y-%m-%d")


def beside(path: Path) -> Path:
    """Where the codebook of a file goes."""
    return path.with_name(f"{path.stem}-{CODEBOOK}{path.suffix}")


def harmless(table: pl.DataFrame) -> pl.DataFrame:
    """Texts that a spreadsheet would run get an apostrophe in front; numbers stay numbers, codes as well."""
    found = table.select(_runs(pl.col(pl.String)).any())
    columns = [pl.col(name) for name in found.columns if found[name].any()]
    return table.with_columns(
        pl.when(_runs(text)).then("'" + text).otherwise(text).name.keep() for text in columns
    )


def _runs(text: pl.Expr) -> pl.Expr:
    return text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
