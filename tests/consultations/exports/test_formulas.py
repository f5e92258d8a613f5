"""No cell of a file runs as a formula."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from consultations.analysis.frame import Frame
from consultations.exports import csv, xlsx
from consultations.exports.tables import Export

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =cmd|' /C calc'!A0",
    "\u200b=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "﹦1",
    "−1+1",
    '=HYPERLINK("https://example.org","x")',
    "'=1+1",
]
HARMLESS = [
    "1+1=2",
    "a=b",
    "correo@example.org",
    "",
    "Ñandú",
    "'ya citado",
    "5",
    "-5",
    "-0,5",
    "¿-?",
    "una\n=segunda línea",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_cell_that_could_run_gets_an_apostrophe(text: str) -> None:
    assert csv.harmless(pl.DataFrame({"a": [text]}))["a"].to_list() == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_csv_cells_stay_as_they_are(text: str) -> None:
    assert csv.harmless(pl.DataFrame({"a": [text]}))["a"].to_list() == [text]


def test_numbers_stay_numbers() -> None:
    table = pl.DataFrame({"whole": [-5], "decimal": [-0.5], "empty": [None]})

    assert csv.harmless(table).to_dict(as_series=False) == {"whole": [-5], "decimal": [-0.5], "empty": [None]}


def test_workbook_keeps_texts_as_texts(tmp_path: Path) -> None:
    """Marked so that they stay texts when somebody edits the cell."""
    texts = [*DANGEROUS, *(text for text in HARMLESS if text)]

    cells = written(pl.DataFrame({"a": texts}), tmp_path)

    assert [cell.value.replace("_x000D_", "\r") for cell in cells] == texts
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_workbook_takes_what_xml_and_excel_do_not() -> None:
    table = xlsx.storable(pl.DataFrame({"a": ["a\x00\x0b\ufffeb", "ñ" * 40_000, "😀" * 20_000, None]}))

    assert table["a"].to_list() == ["ab", "ñ" * 32_766 + "…", "😀" * 16_383 + "…", None]


def test_day_that_worksheets_do_not_know_is_a_text(tmp_path: Path) -> None:
    days = pl.DataFrame({"a": [date(1899, 12, 31), None, date(1980, 5, 17)]})

    assert [cell.value for cell in written(days, tmp_path)] == ["1899-12-31", None, "1980-05-17"]


def test_workbook_says_when_it_cannot_hold_the_answers() -> None:
    wide = pl.DataFrame({f"c{n}": [1] for n in range(16_385)})

    with pytest.raises(xlsx.TooLarge, match="16384"):
        xlsx.require_fitting(wide)


def written(table: pl.DataFrame, folder: Path) -> list[openpyxl.cell.Cell]:
    empty, frame = pl.DataFrame({"a": ["x"]}), Frame(table, (), ())
    xlsx.write(
        Export({"Responses": table, "Codebook": empty, "About": empty}, "en", frame, ""), folder / "a.xlsx"
    )
    sheet = openpyxl.load_workbook(folder / "a.xlsx").worksheets[0]
    return [row[0] for row in sheet.iter_rows(min_row=2)]
