"""PDF documents: tagged, with title, language and alternative texts, whatever they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from consultations.analysis.charts import shapes
from consultations.reports import pdf
from consultations.reports.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Table,
)

CHART = shapes.bars([shapes.Bar("Sí", 0.6), shapes.Bar("No", None)], axis="%", hidden="*")
BLOCKS: tuple[Block, ...] = (
    Heading("Capítulo"),
    Paragraph("Un párrafo."),
    Bullets(["uno", "dos"]),
    Notice("Atención", "Con cuidado."),
    Heading("Sección", 2),
    Heading("Pregunta", 3),
    Figure(CHART, "Respuestas", "Sí: 60 %; No: oculto."),
    Table("Respuestas", ["Opción", "Personas"], [["Sí", "6"], ["No", "*"]], frozenset({1})),
    Quote("There is no appointment.", "en", translation="No hay citas."),
)


def document(*blocks: Block, title: str = "Informe") -> Document:
    facts = [("Respuestas", "400")]
    return Document(title, "Borrador", "Portal", "es", date(2026, 11, 25), facts=facts, blocks=blocks)


def written(folder: Path, *blocks: Block, title: str = "Informe") -> PdfReader:
    path = folder / "a.pdf"
    pdf.write(document(*blocks, title=title), path)
    return PdfReader(path)


def elements(node: Any) -> Iterator[DictionaryObject]:
    """The tags of a document, from its root down."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from elements(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_document_is_tagged_and_says_its_title_and_language(tmp_path: Path) -> None:
    reader = written(tmp_path, *BLOCKS)
    root = reader.root_object

    tags = {str(element["/S"]) for element in elements(root["/StructTreeRoot"])}
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF object, not Python's own)
    assert (root["/Lang"], reader.metadata.title, reader.metadata.author) == ("es", "Informe", "Portal")
    assert tags >= {"/H1", "/H2", "/H3", "/P", "/L", "/Figure", "/Caption", "/Table", "/TH", "/TD"}
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_each_picture_has_words(tmp_path: Path) -> None:
    root = written(tmp_path, *BLOCKS).root_object

    figures = [e for e in elements(root["/StructTreeRoot"]) if e["/S"] == "/Figure"]
    assert {str(figure.get("/Alt")) for figure in figures} == {"Sí: 60 %; No: oculto."}


def test_words_of_another_language_say_so(tmp_path: Path) -> None:
    root = written(tmp_path, *BLOCKS).root_object

    assert "en" in {
        str(element["/Lang"]) for element in elements(root["/StructTreeRoot"]) if "/Lang" in element
    }


def test_heading_of_a_table_is_repeated_on_each_page(tmp_path: Path) -> None:
    rows = [[f"Opción {number}", str(number)] for number in range(120)]
    reader = written(tmp_path, Heading("Todo"), Table("Lista", ["Encabezado", "n"], rows))

    pages = [page.extract_text() for page in reader.pages[1:]]
    assert len(pages) > 2
    assert ["Encabezado" in page for page in pages] == [True] * len(pages)


@pytest.mark.parametrize(
    "title", ["#let x = 1", "$a$ *b* _c_ `d` <e> @f", 'Comillas "y" \\barras\\', "á" * 300]
)
def test_text_is_never_run_as_code(tmp_path: Path, title: str) -> None:
    reader = written(tmp_path, Heading("H"), Paragraph(title), title=title)

    assert reader.metadata.title == title


@given(text=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_printed(tmp_path: Path, text: str) -> None:
    blocks = (
        Heading(text or "-"),
        Paragraph(text),
        Table(text, [text, "n"], [[text, text]]),
        Quote(text, "es"),
    )

    reader = written(tmp_path, *blocks, title=text or "-")
    assert (reader.root_object["/MarkInfo"]["/Marked"], reader.metadata.title) == (True, text or "-")
