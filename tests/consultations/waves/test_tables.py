"""Files as plain tables, whoever wrote them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from django.utils.translation import override
from openpyxl import Workbook

from consultations.waves import tables
from consultations.waves.tables import Heading, Table, Unreadable, read


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


EXPECTED = Table((Heading("edad"), Heading("ciudad")), (("30", "Milán"), ("41", "")))


@pytest.mark.parametrize(
    "content",
    [
        "edad,ciudad\r\n30,Milán\r\n41,\r\n".encode(),
        "\ufeffedad;ciudad\n30;Milán\n41;\n".encode(),
        "edad\tciudad\n30\tMilán\n41\t\n".encode("cp1252"),
        "edad,ciudad\n30,Milán\n41,\n".encode("utf-16"),
        'edad;ciudad\n"30";"Mil\u00e1n"\n41;\n'.encode("latin-1"),
        'edad,ciudad,\n" 30 ","Milán",\n41,,\n,,\n'.encode(),
    ],
)
def test_commas_semicolons_and_old_alphabets(content: bytes) -> None:
    assert read(content, "ola.CSV") == EXPECTED


def test_the_first_sheet_of_a_workbook() -> None:
    book = Workbook()
    for line in (["edad", "ciudad", None], [30, "Milán", None], [41.0, None, None], [None, None, None]):
        book.active.append(line)
    content = BytesIO()
    book.save(content)

    assert read(content.getvalue(), "ola.xlsx") == EXPECTED


def test_a_statistics_file_with_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "ola.sav"
    data = {"v1": [1.0, 2.0, None], "v2": ["Milán", "", "Roma"]}
    pyreadstat.write_sav(
        pl.DataFrame(data),
        str(path),
        column_labels=["Sexo", ""],
        variable_value_labels={"v1": {1: "F", 2: "M"}},
    )

    found = read(path.read_bytes(), "ola.sav")

    assert found.headings == (Heading("v1", "Sexo", {"1": "F", "2": "M"}), Heading("v2"))
    assert found.rows == (("1", "Milán"), ("2", ""), ("", "Roma"))
    assert found.first_row == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"a,b\n1,2\n", "ola.ods", ".csv, .xlsx or .sav"),
        (b"", "ola.csv", "no line of headings"),
        (b"a,b\n", "ola.csv", "no line of headings"),
        (b"a,a\n1,2\n", "ola.csv", "called “a”"),
        (b"\xef\xbb\xbf\n", "ola.csv", "no line of headings"),
        (b"PK\x03\x04torn", "ola.xlsx", "damaged or too large"),
        (b"PK\x03\x04\0torn", "ola.csv", "ending “.csv”"),
        (b"a,b\n1,2\n", "ola.xlsx", "ending “.xlsx”"),
        (b"a,b\n1,2\n", "ola.sav", "ending “.sav”"),
        (b"a" * (20 * 1024 * 1024 + 1), "ola.csv", "larger than 20 MB"),
        (b"$FL2 torn", "ola.sav", "cannot be read"),
        (b"\x81\x8d\x8f", "ola.csv", "alphabet"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, name: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(content, name)


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)

    with pytest.raises(Unreadable, match="too large"):
        read(b"a,b\n1,2\n1,2\n1,2\n", "ola.csv")


def test_a_comma_within_cells_does_not_mislead() -> None:
    content = "Edad, en años;Qué hizo\n30;DNI, pasaporte\n41;Nada, gracias, adiós\n"

    assert read(content.encode(), "ola.csv").headings == (Heading("Edad, en años"), Heading("Qué hizo"))


def test_quotation_marks_and_lines_within_cells() -> None:
    content = 'a,b\n"dijo ""no"", y\nse fue",1\nx,2\n'

    assert read(content.encode(), "ola.csv").rows == (('dijo "no", y\nse fue', "1"), ("x", "2"))


def test_a_workbook_that_swells_is_not_unpacked() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (50 * 1024 * 1024))
    assert len(content.getvalue()) < 100_000

    with pytest.raises(Unreadable, match="too large"):
        tables.admit(content.getvalue(), "ola.xlsx")


def test_a_statistics_file_without_labels(tmp_path: Path) -> None:
    path = tmp_path / "ola.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [1.0, 2.5], "v2": ["x", ""]}), str(path))

    assert read(path.read_bytes(), "ola.sav") == Table(
        (Heading("v1"), Heading("v2")), (("1", "x"), ("2.5", "")), first_row=1
    )


def test_a_statistics_file_is_measured_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ola.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [1.0] * 50, "v2": [1.0] * 50}), str(path))
    monkeypatch.setattr(tables, "MAX_CELLS", 99)

    with pytest.raises(Unreadable, match="99 cells"):
        read(path.read_bytes(), "ola.sav")
