"""A report as LibreOffice opens it: every heading where it belongs, every word of every table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from consultations.models import Consultation
from consultations.reports import docx, report
from consultations.reports.blocks import Document, Figure, Heading, Table
from consultations.reports.printed import printed
from tests.foreign import office

from .test_pdf import elements

pytestmark = pytest.mark.django_db
# Its PDF has the headings as bookmarks.
WITH_BOOKMARKS = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)


@pytest.fixture
def drafted(consultation: Consultation) -> Document:
    with override("es"):
        return report.document(printed(consultation, by=None, language="es"))


def test_office_has_every_heading_and_every_cell(drafted: Document, tmp_path: Path) -> None:
    docx.write(drafted, tmp_path / "a.docx")

    office(WITH_BOOKMARKS, tmp_path / "a.docx", folder=tmp_path)
    opened = PdfReader(tmp_path / "a.pdf")

    headings = [(block.level, block.text) for block in drafted.blocks if isinstance(block, Heading)]
    assert bookmarks(opened.outline) == headings
    text = plain("".join(page.extract_text() for page in opened.pages))
    assert [word for word in words(drafted) if plain(word) not in text] == []
    tags = elements(opened.root_object["/StructTreeRoot"])
    pictures = [block.alt for block in drafted.blocks if isinstance(block, Figure)]
    assert [str(tag["/Alt"]) for tag in tags if tag["/S"] == "/Figure"] == pictures
    assert opened.root_object["/Lang"] == "es-PE"


def bookmarks(outline: Any, level: int = 1) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for each in outline:
        found += bookmarks(each, level + 1) if isinstance(each, list) else [(level, each.title)]
    return found


def words(document: Document) -> list[str]:
    """Captions, headings and cells of every table."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in [table.headings, *table.rows] for cell in row]
    return [document.title, *(table.caption for table in tables), *cells]


def plain(text: str) -> str:
    """Without blanks, hyphens at the ends of lines, and ligatures: lines break where they like."""
    for joined, apart in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi")):
        text = text.replace(joined, apart)
    return re.sub(r"[\s\u00ad\u2010-]", "", text)
