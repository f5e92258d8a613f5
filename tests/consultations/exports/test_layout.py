"""Worksheets that can be read: widths by their texts, headings that stay in sight, lines that break."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from lxml import etree

from consultations.exports import ods, xlsx
from consultations.exports.layout import layout

PROSE = pl.DataFrame(
    {"Word": ["a", "b"], "What it means": ["Long " * 30, "Short"], "Codes": ["x\n" * 50, None], "n": [1, 2]}
)
ANSWERS = pl.DataFrame({"response.id": ["1" * 36], "final_comment": ["Long " * 30], "nps": [7]})


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    assert layout(PROSE).widths == (9.0, 60.0, 9.0, 9.0)
    assert layout(ANSWERS).widths == (30.0, 30.0, 9.0)


def test_prose_breaks_and_answers_and_long_lists_do_not() -> None:
    assert layout(PROSE).wraps == (True, True, False, True)
    assert layout(ANSWERS).wraps == (False, False, False)


def test_rows_are_as_tall_as_their_texts() -> None:
    """Three lines of sixty characters; no row is made taller by a list that does not break."""
    assert layout(PROSE).lines(PROSE).to_list() == [3, 1]
    many = pl.concat([ANSWERS] * 3)
    assert layout(many).lines(many).to_list() == [1, 1, 1]
    days = pl.DataFrame({"Day": ["25 de noviembre de 2026"] * 2})
    assert layout(days).lines(days).to_list() == [1, 1]


def test_table_without_rows_has_columns_for_its_headings() -> None:
    assert layout(ANSWERS.head(0)).widths == (14.0, 16.0, 9.0)


def test_workbook_keeps_headings_in_sight_and_lets_filter(tmp_path: Path) -> None:
    xlsx.write_sheets({"Responses": ANSWERS, "Codebook": PROSE}, tmp_path / "a.xlsx")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book.worksheets] == [
        ("A2", "A1:C2"),
        ("A2", "A1:D3"),
    ]
    codebook = book["Codebook"]
    assert [codebook[f"{letter}2"].alignment.wrap_text for letter in "ABC"] == [True, True, None]
    assert [codebook.row_dimensions[row].height for row in (2, 3)] == [45.0, None]
    assert codebook.column_dimensions["B"].width == pytest.approx(60, abs=1)


def test_spreadsheet_keeps_headings_in_sight(tmp_path: Path) -> None:
    ods.write_sheets({"Réponses & co": ANSWERS, "Codebook": PROSE}, tmp_path / "a.ods")

    with zipfile.ZipFile(tmp_path / "a.ods") as archive:
        settings = etree.fromstring(archive.read("settings.xml"))
        content = etree.fromstring(archive.read("content.xml"))
    tables = settings.findall(".//{*}config-item-map-named/{*}config-item-map-entry")
    frozen = [{item.get(f"{{{item.nsmap['config']}}}name"): item.text for item in table} for table in tables]
    assert [(each["VerticalSplitMode"], each["VerticalSplitPosition"]) for each in frozen] == [("2", "1")] * 2
    columns = [len(table.findall("{*}table-column")) for table in content.iter("{*}table")]
    assert columns == [3, 4]
