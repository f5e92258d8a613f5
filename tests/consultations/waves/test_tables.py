"""Files as plain tables, whoever wrote them."""

from __future__ import annotations

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
        (b"PK\x03\x04torn", "ola.xlsx", "damaged or too large"),
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
