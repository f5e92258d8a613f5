"""What is written reads back the same: on random questionnaires and on the three real ones."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from consultations.instrument.definition import Definition
from consultations.questionnaires.xlsform import Reading, read, write
from tests.consultations.strategies import definitions

WORKBOOKS = sorted(Path("consultations/demo/questionnaires").glob("*.xlsx"))
in_the_real_ones = pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)


def read_without_error(source: bytes) -> Reading:
    reading = read(source)
    assert [str(finding) for finding in reading.errors] == []
    return reading


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(definitions())
def test_any_questionnaire_survives_a_workbook(definition: Definition) -> None:
    again = read_without_error(write(definition)).definition

    assert again == definition
    assert again.digest() == definition.digest()


@in_the_real_ones
def test_a_real_questionnaire_survives_a_workbook(path: Path) -> None:
    first = read_without_error(path.read_bytes()).definition

    assert read_without_error(write(first)).definition == first


@in_the_real_ones
def test_no_cell_of_a_real_workbook_is_lost(path: Path) -> None:
    original = cells_of(path.read_bytes())

    written = cells_of(write(read(path.read_bytes()).definition))

    # The portal numbers versions itself.
    assert written == {key: text for key, text in original.items() if key[2] != "version"}


@in_the_real_ones
def test_what_we_write_is_an_xlsform(path: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "form.xlsx"
    workbook.write_bytes(write(read(path.read_bytes()).definition))

    form = convert(str(workbook), validate=False)

    assert form.warnings == []


def cells_of(source: bytes) -> dict[tuple[str, int, str], str]:
    """Text by sheet, row and header."""
    book = openpyxl.load_workbook(BytesIO(source))
    cells = {}
    for sheet in book.worksheets:
        headers = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for header, cell in zip(headers, row, strict=True):
                if cell.value is not None:
                    cells[sheet.title, cell.row, str(header)] = str(cell.value)
    return cells
