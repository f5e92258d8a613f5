"""Every PDF that leaves the portal keeps to PDF/UA; and the check finds what it must find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, ContentStream, NameObject, TextStringObject

from consultations.models import Consultation
from consultations.reports import pack, pdf
from tests.factories.focus_groups import SessionFactory
from tests.pdf_ua import faults

from .test_pdf import BLOCKS, document, elements


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "it"])
@pytest.mark.parametrize("command", ["write_report", "write_codebook"])
def test_report_and_codebook_pass(
    consultation: Consultation, tmp_path: Path, command: str, language: str
) -> None:
    path = tmp_path / "a.pdf"
    call_command(command, consultation.slug, format="pdf", language=language, out=path)

    assert faults(path) == []
    assert PdfReader(path).root_object["/Lang"] == language


@pytest.mark.django_db
def test_pack_of_a_session_passes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with override("es"):
        pdf.write(pack.document(SessionFactory()), path)

    assert faults(path) == []


def without_tags(writer: PdfWriter) -> None:
    del writer.root_object["/StructTreeRoot"]


def without_language(writer: PdfWriter) -> None:
    del writer.root_object["/Lang"]


def without_shown_title(writer: PdfWriter) -> None:
    writer.root_object["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = BooleanObject(False)


def without_words(writer: PdfWriter) -> None:
    for element in tags(writer, "/Figure"):
        element.pop("/Alt", None)


def with_a_step_too_far(writer: PdfWriter) -> None:
    for element in tags(writer, "/H2"):
        element[NameObject("/S")] = NameObject("/H4")


def without_headings_of_tables(writer: PdfWriter) -> None:
    for element in tags(writer, "/TH"):
        element.pop("/A", None)


def with_words_of_nobody(writer: PdfWriter) -> None:
    page = writer.pages[0]
    drawn = ContentStream(page.get_contents(), writer)
    drawn.operations += [([], b"BT"), ([TextStringObject("x")], b"Tj"), ([], b"ET")]
    page.replace_contents(drawn)


def with_links_without_words(writer: PdfWriter) -> None:
    for page in writer.pages:
        for link in page.get("/Annots", ArrayObject()):
            link.get_object().pop("/Contents", None)


def with_links_of_nobody(writer: PdfWriter) -> None:
    for element in tags(writer, "/Link"):
        element.pop("/K", None)


def without_typefaces(writer: PdfWriter) -> None:
    for number in range(len(writer._objects)):
        found = writer.get_object(number + 1)
        if isinstance(found, dict) and found.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                found.pop(name, None)


def with_another_type(writer: PdfWriter) -> None:
    for element in tags(writer, "/Caption"):
        element[NameObject("/S")] = NameObject("/Beschriftung")


def tags(writer: PdfWriter, kind: str) -> list[Any]:
    return [each for each in elements(writer.root_object["/StructTreeRoot"]) if each["/S"] == kind]


@pytest.mark.parametrize(
    ("breaks", "clause"),
    [
        (without_tags, "7.1: the document has no tags"),
        (without_language, "7.2"),
        (without_shown_title, "7.1: readers show"),
        (without_words, "7.3"),
        (with_a_step_too_far, "7.4.2"),
        (without_headings_of_tables, "7.5: a heading"),
        (with_words_of_nobody, "page 1: 7.1: something"),
        (with_links_without_words, "7.18.5"),
        (with_links_of_nobody, "7.18.1"),
        (without_typefaces, "7.21.4"),
        (with_another_type, "7.1: Beschriftung"),
    ],
)
def test_check_finds_what_is_broken(tmp_path: Path, breaks: Callable[[PdfWriter], None], clause: str) -> None:
    whole, broken = tmp_path / "whole.pdf", tmp_path / "broken.pdf"
    pdf.write(document(*BLOCKS), whole)
    writer = PdfWriter(clone_from=whole)
    breaks(writer)
    writer.write(broken)

    assert faults(whole) == []
    assert [fault for fault in faults(broken) if clause in fault], faults(broken)
