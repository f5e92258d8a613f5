"""Spreadsheets and CSV as LibreOffice opens them: every cell as it was answered, and nothing runs."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from consultations.exports import csv, ods, xlsx
from consultations.models import Consultation
from tests.consultations.exports.test_formulas import DANGEROUS, HARMLESS
from tests.factories.responses import ResponseFactory
from tests.foreign import office

from .examples import ANSWERS, CELLS
from .flat import Cell, records, sheets

pytestmark = pytest.mark.django_db

# As a reader sees it: numbers by the program's own manner, days as the file writes them.
SHOWN = {name: "" if value is None else str(value) for name, value in CELLS.items()}
NUMBERS = {name for name, value in CELLS.items() if isinstance(value, int | float)}
TEXTS = [text for text in (*DANGEROUS, *HARMLESS) if text and "\r" not in text]
UTF_8_WITH_COMMAS = "CSV:44,34,76"
# CSV has no way to say where an answer had a tab or a line of its own at its beginning: see ``csv.harmless``.
IN_CSV = [f"'{text}" for text in DANGEROUS if "\r" not in text and "\u200b" not in text]


@pytest.fixture
def answered(consultation: Consultation) -> Consultation:
    version = consultation.current_version
    ResponseFactory(sent=True, consultation=consultation, version=version, answers=ANSWERS, language="es")
    ResponseFactory(sent=True, consultation=consultation, version=version, answers={"country": "CL"})
    return consultation


def export(consultation: Consultation, path: Path, **options: Any) -> Path:
    kind = path.suffix[1:]
    call_command("export_responses", consultation.slug, format=kind, out=path, stdout=StringIO(), **options)
    return path


def test_office_shows_what_was_answered_and_runs_nothing(answered: Consultation, tmp_path: Path) -> None:
    files = [
        export(answered, tmp_path / f"answers-{kind}.{kind}", values="codes") for kind in ("xlsx", "ods")
    ]
    table = pl.DataFrame({"text": TEXTS})
    xlsx.write_sheets({"Texts": table}, tmp_path / "texts-xlsx.xlsx")
    ods.write_sheets({"Texts": table}, tmp_path / "texts-ods.ods")
    csv.write_table(
        pl.DataFrame({"text": [text.removeprefix("'") for text in IN_CSV]}), tmp_path / "texts-csv.csv"
    )

    office("fods", *files, *tmp_path.glob("texts-*.[ox]*s*"), folder=tmp_path)
    office("fods", tmp_path / "texts-csv.csv", folder=tmp_path, reads=UTF_8_WITH_COMMAS)

    for kind in ("xlsx", "ods"):
        first, *rest = sheets(tmp_path / f"answers-{kind}.fods").values()
        rows = {row["country"].text: row for row in records(first)}
        assert {name: rows["IT"][name].text.replace(",", ".") for name in CELLS} == SHOWN, kind
        assert {name for name in CELLS if rows["IT"][name].kind == "float"} == NUMBERS, kind
        assert (rows["IT"]["born"].kind, rows["CL"]["born"]) == ("date", Cell()), kind
        assert _formulas([first, *rest]) == [], kind
        assert len(rest) == 2, kind
    for kind, wanted in (("xlsx", TEXTS), ("ods", TEXTS), ("csv", IN_CSV)):
        _heading, *lines = next(iter(sheets(tmp_path / f"texts-{kind}.fods").values()))
        # LibreOffice drops a tab at the beginning of a cell when it reads its own format.
        assert [line[0].text for line in lines] == [text.lstrip("\t" * (kind == "ods")) for text in wanted], (
            kind
        )
        assert {line[0].kind for line in lines} == {"string"}, kind
        assert _formulas([lines]) == [], kind


def _formulas(tables: list[list[list[Cell]]]) -> list[str]:
    return [cell.formula for rows in tables for row in rows for cell in row if cell.formula]


@pytest.mark.parametrize("language", ["es", "it"])
def test_sheets_have_names_in_the_language(answered: Consultation, tmp_path: Path, language: str) -> None:
    book = CalamineWorkbook.from_path(export(answered, tmp_path / "a.ods", lang=language))
    with override(language):
        assert book.sheet_names == [_("Responses"), _("Codebook"), _("About this file")]
