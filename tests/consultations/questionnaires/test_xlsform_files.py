"""Files that are torn, hostile or something else than a questionnaire."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from consultations.instrument.definition import QuestionKind
from consultations.questionnaires.xlsform import columns, read, write
from consultations.questionnaires.xlsform import workbook as limits

from .workbooks import CHOICES, SETTINGS, as_bytes, found, workbook


@pytest.mark.parametrize("source", [b"", b"type,name,label", b"\xd0\xcf\x11\xe0 locked", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_workbook_is_told(source: bytes) -> None:
    assert found(read(source)) == [("file_unreadable", "", None, "")]


def test_a_zip_that_is_no_workbook_is_told() -> None:
    assert found(read(zipped({"hello.txt": b"hello"}))) == [("file_unreadable", "", None, "")]


def test_a_workbook_that_reaches_for_entities_is_refused() -> None:
    parts = unzipped(workbook("type | name | label\nnote | n | Hola"))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbook ", bomb + b"<workbook ", 1)

    assert found(read(zipped(parts))) == [("file_unreadable", "", None, "")]


def test_a_large_file_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_MB", 0)

    assert found(read(workbook("type | name | label"))) == [("file_too_large", "", None, "")]


def test_a_file_that_swells_is_not_opened() -> None:
    source = zipped({"xl/worksheets/sheet1.xml": b" " * (limits.MAX_UNPACKED_BYTES + 1)})

    assert len(source) < 100_000
    assert found(read(source)) == [("file_swells", "", None, "")]


def test_reading_costs_a_look_at_each_cell_not_at_each_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of 300 columns once took minutes: for every column, every cell of every row was compared."""
    looks = 0

    class Counted(str):
        def __eq__(self, other: object) -> bool:
            nonlocal looks
            looks += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    def counted(header: str, sheet: str) -> columns.Column:
        made = columns.column(header, sheet)
        return columns.Column(Counted(made.base), made.language, made.header)

    head = " | ".join(["type", "name", "label", *(f"x{number}" for number in range(197))])
    rows = [" | ".join(["note", f"n{number}", "Hola", *(["x"] * 197)]) for number in range(20)]
    monkeypatch.setattr(limits, "column", counted)

    reading = read(workbook("\n".join([head, *rows])))

    assert len(reading.findings) == 197
    assert looks < 20 * 200 * 60


def test_too_many_rows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.MAX_ROWS, "survey", 2)

    reading = read(workbook("type | name | label\nnote | a | A\nnote | b | B"))

    assert found(reading) == [("too_many_rows", "survey", None, "")]


def test_a_formula_is_told_by_its_cell() -> None:
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "survey"
    survey.append(["type", "name", "label"])
    survey.append(["note", "n", "=A1"])
    survey.append(["note", "m", "#REF!"])

    assert found(read(as_bytes(book), fallback_name="f")) == [
        ("cell_formula", "survey", 2, "C"),
        ("cell_error", "survey", 3, "C"),
    ]


def test_a_workbook_without_a_survey_is_told() -> None:
    assert found(read(workbook("", CHOICES))) == [("sheet_missing", "", None, "")]


def test_sheets_that_would_change_the_meaning_are_refused() -> None:
    source = workbook("type | name | label\nnote | n | Hola", entities="list_name\npeople")

    assert found(read(source)) == [("sheet_refused", "", None, "")]


def test_an_empty_survey_has_no_questions() -> None:
    assert found(read(workbook("type | name | label", settings=SETTINGS))) == [
        ("no_questions", "survey", None, "")
    ]


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unzipped(source: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("uno_x000D_\ndos", "uno\ndos"),
        ("uno_x0000_dos", "unodos"),
        ("_x005F_x000D_", "_x000D_"),
    ],
)
def test_characters_by_number_are_read_as_spreadsheets_show_them(cell: str, text: str) -> None:
    book = load_workbook(BytesIO(workbook("type | name | label\ntext | a | x")))
    book["survey"]["C2"] = cell

    definition = read(as_bytes(book)).definition

    assert definition.question("a").label == {"es": text}
    assert read(write(definition)).definition == definition


def test_what_nobody_sees_in_a_name_is_no_part_of_it() -> None:
    survey = "type | name | label\ntext\u200b | \ufeffa\u200b | ¿?"

    assert read(workbook(survey)).definition.question("a").kind is QuestionKind.SHORT_TEXT
