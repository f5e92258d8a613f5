"""DOCX documents: what whoever goes on writing, and whoever cannot see, needs in them."""

from __future__ import annotations

import uuid
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from consultations.analysis.charts import shapes
from consultations.reports import docx as writer
from consultations.reports import pictures
from consultations.reports.blocks import Figure, Table
from consultations.reports.pictures import FONTS

from .test_pdf import BLOCKS, document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.docx"
    writer.write(document(*BLOCKS), path)
    return path


def styles(path: Path) -> list[tuple[str, str]]:
    word = docx.Document(str(path))
    return [(p.style.name if p.style else "", p.text) for p in word.paragraphs]


def test_headings_and_captions_are_real_styles(path: Path) -> None:
    named = [
        (style, text) for style, text in styles(path) if style.startswith(("Title", "Heading", "Caption"))
    ]

    assert named == [
        ("Title", "Informe"),
        ("Heading 1", "Capítulo"),
        ("Heading 2", "Sección"),
        ("Heading 3", "Pregunta"),
        ("Caption", "Figure 1: Respuestas"),
        ("Caption", "Table 1: Respuestas"),
    ]


def test_document_says_its_language_and_title(path: Path) -> None:
    word = docx.Document(str(path))

    languages = word.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")
    assert (languages, word.core_properties.title, word.core_properties.language) == (
        ["es-PE"],
        "Informe",
        "es",
    )


def test_picture_has_words(path: Path) -> None:
    word = docx.Document(str(path))

    assert [p._inline.docPr.get("descr") for p in word.inline_shapes] == ["Sí: 60 %; No: oculto."]


def test_table_repeats_its_heading_and_keeps_rows_whole(path: Path) -> None:
    table = docx.Document(str(path)).tables[-1]

    rows = [
        [bool(row._tr.xpath(f"./w:trPr/w:{name}")) for name in ("tblHeader", "cantSplit")]
        for row in table.rows
    ]
    assert rows == [[True, True], [False, True], [False, True]]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Opción", "Personas"],
        ["Sí", "6"],
        ["No", "*"],
    ]


def test_short_table_stays_in_one_piece_with_its_note(tmp_path: Path) -> None:
    """All rows of the first hold on to the next; of a long table its heading and, for the note, its last."""
    short = [["Sí", "6"], ["No", "*"]]
    blocks = [
        Table("Corta", ["Opción", "n"], short),
        Table("Larga", ["Opción", "n"], short * 10, note="* reservado"),
    ]
    writer.write(document(*blocks), tmp_path / "a.docx")

    tables = docx.Document(str(tmp_path / "a.docx")).tables[-2:]
    held = [
        [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
        for table in tables
    ]
    assert held == [[True, True, False], [True, *[False] * 19, True]]


def test_foreign_words_carry_their_language(path: Path) -> None:
    quoted = next(p for p in docx.Document(str(path)).paragraphs if "appointment" in p.text)

    assert quoted.runs[0]._r.xpath("./w:rPr/w:lang/@w:val") == ["en-GB"]


def test_contents_lead_to_headings(path: Path) -> None:
    body = docx.Document(str(path)).element.body

    links = body.xpath(".//w:hyperlink/@w:anchor")
    assert links == body.xpath(".//w:bookmarkStart/@w:name")
    assert len(links) == 2


def test_typeface_travels_along(path: Path) -> None:
    """The obfuscation of the standard, undone with the key that the font table gives."""
    with zipfile.ZipFile(path) as archive:
        table = archive.read("word/fontTable.xml")
        font = archive.read("word/fonts/FamiljenGrotesk-Bold.odttf")
    key = docx.oxml.parse_xml(table).xpath("//w:embedBold/@w:fontKey", namespaces={"w": qn("w:x")[1:-2]})[0]
    mix = uuid.UUID(key).bytes[::-1] * 2
    plain = bytes(a ^ b for a, b in zip(font[:32], mix, strict=True)) + font[32:]

    assert plain == (FONTS / "FamiljenGrotesk-Bold.ttf").read_bytes()


# ECMA-376, part 1, 17.4.60: Word may call a file damaged whose properties stand in another order.
PROPERTIES = [
    *("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd"),
    *("tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"),
]


@pytest.mark.parametrize("columns", [3, 8])
def test_properties_of_a_table_stand_in_the_order_of_the_schema(tmp_path: Path, columns: int) -> None:
    block = Table("Edad", ["Muy satisfactorio"] * columns, [["1"] * columns], numbers=frozenset({1}))

    writer.write(document(block), tmp_path / "a.docx")

    made = docx.Document(str(tmp_path / "a.docx")).tables[-1]
    names = [child.tag.rpartition("}")[2] for child in made._tbl.tblPr]
    assert names == sorted(names, key=PROPERTIES.index)
    assert ("tblCellMar" in names) == (columns == 8)


def test_settings_stand_in_the_order_of_the_schema(path: Path) -> None:
    """ECMA-376, part 1, 17.15.1.78."""
    names = [child.tag.rpartition("}")[2] for child in docx.Document(str(path)).settings.element]

    order = ["zoom", "embedTrueTypeFonts", "defaultTabStop", "autoHyphenation", "characterSpacingControl"]
    assert [name for name in names if name in order] == order


@pytest.mark.parametrize("label", ["7", "Sección consular de la embajada en una ciudad muy lejana"])
def test_words_of_all_charts_are_of_one_size(tmp_path: Path, label: str) -> None:
    """A chart with short names is not blown up to the width of the page."""
    spec = shapes.bars([shapes.Bar(label, 0.5)], axis="%")

    writer.write(document(Figure(spec, "Edad", "Barras")), tmp_path / "a.docx")

    (picture,) = docx.Document(str(tmp_path / "a.docx")).inline_shapes
    points = pictures.points_of(pictures.svg(spec))
    assert picture.width.cm == pytest.approx(16.2 * min(1, points / pictures.PAGE), abs=0.1)
