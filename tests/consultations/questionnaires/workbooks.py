"""Workbooks for tests, written from a few lines of text, and what reading them finds."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from consultations.questionnaires.xlsform import Reading

SETTINGS = """
form_title | form_id | default_language
Prueba     | prueba  | Español (es)
"""

CHOICES = """
list_name | name | label::Español (es)
si_no     | si   | Sí
si_no     | no   | No
"""


def workbook(survey: str, choices: str = "", settings: str = SETTINGS, **more: str) -> bytes:
    """Sheets as tables: a line a row, ``|`` between cells; the first line holds the headers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, table in {"survey": survey, "choices": choices, "settings": settings, **more}.items():
        rows = [[cell.strip() or None for cell in line.split("|")] for line in table.strip().splitlines()]
        if table:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
    return as_bytes(book)


def as_bytes(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def found(reading: Reading) -> list[tuple[str, str, int | None, str]]:
    return [(finding.code, finding.sheet, finding.row, finding.column) for finding in reading.findings]
