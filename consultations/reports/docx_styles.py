"""The look of a DOCX, kept in its styles, so that whoever goes on writing keeps it."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from .pictures import FACE

SMALL, NOTICE, NOTICE_TITLE, SOURCE = "Small", "Notice", "Notice title", "Source"
# Word wants something between two tables; it must not be tall enough to begin a page of its own.
GAP = "After a table"
INK, SOFT, BRAND, ACTION = (RGBColor.from_string(code) for code in ("211A26", "5B5363", "9B1540", "1D4677"))
TEXT_FACE = "Calibri"
PANEL = "F6F4F1"

# Name: face, size in points, bold, colour, points above and below.
_STYLES: dict[str, tuple[str, float, bool, RGBColor, float, float]] = {
    "Normal": (TEXT_FACE, 10.5, False, INK, 0, 7),
    "Title": (FACE, 28, True, BRAND, 4, 6),
    "Subtitle": (FACE, 13, False, SOFT, 0, 18),
    "Heading 1": (FACE, 20, True, BRAND, 0, 10),
    "Heading 2": (FACE, 15, True, INK, 22, 8),
    "Heading 3": (FACE, 12, True, ACTION, 16, 6),
    "Caption": (FACE, 9, False, SOFT, 4, 6),
    "Quote": (TEXT_FACE, 10.5, False, INK, 6, 3),
    "List Bullet": (TEXT_FACE, 10.5, False, INK, 0, 3),
    "TOC Heading": (FACE, 15, True, INK, 26, 8),
    "TOC 1": (FACE, 10.5, True, INK, 6, 2),
    "TOC 2": (TEXT_FACE, 10.5, False, INK, 0, 2),
    "Footer": (FACE, 8, False, SOFT, 0, 0),
    SMALL: (TEXT_FACE, 9, False, SOFT, 2, 8),
    NOTICE_TITLE: (FACE, 11, True, INK, 10, 0),
    NOTICE: (TEXT_FACE, 10.5, False, INK, 0, 14),
    SOURCE: (FACE, 9, False, SOFT, 0, 10),
    GAP: (FACE, 1, False, SOFT, 0, 6),
}


def dress(word: Word, language: str) -> None:
    """Page, styles and language of a new document."""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.4)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    for name in _STYLES:
        _dress(_style(word, name), *_STYLES[name])
    _language(word, language)
    # The schema wants it just behind the tab stops.
    word.settings.element.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))
    word.styles["Heading 1"].paragraph_format.page_break_before = True
    word.styles["TOC Heading"].paragraph_format.page_break_before = False
    word.styles["TOC 2"].paragraph_format.left_indent = Cm(0.6)
    for name in ("Heading 1", "Heading 2", "Heading 3", NOTICE_TITLE):
        word.styles[name].paragraph_format.keep_with_next = True
    word.styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    for name in (NOTICE_TITLE, NOTICE):
        _panel(word.styles[name])


def in_language(paragraph: Paragraph, language: str) -> None:
    """Words that are not in the language of the document."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(_lang(language))


def _style(word: Word, name: str) -> Any:
    if name in [style.name for style in word.styles]:
        return word.styles[name]
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    return style


def _dress(
    style: Any, face: str, size: float, bold: bool, colour: RGBColor, above: float, below: float
) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = face, Pt(size), bold, style.name == "Quote"
    font.color.rgb = colour
    _one_face(style, face)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    for leftover in style.element.xpath("./w:pPr/w:pBdr | ./w:rPr/w:spacing | ./w:rPr/w:kern"):
        leftover.getparent().remove(leftover)


def _one_face(style: Any, face: str) -> None:
    """For every script, and not the theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), face)


def _language(word: Word, language: str) -> None:
    for place in word.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        place.getparent().replace(place, _lang(language))


def _lang(language: str) -> Any:
    element: Any = OxmlElement("w:lang")
    element.set(
        qn("w:val"), {"es": "es-PE", "en": "en-GB", "it": "it-IT", "pt": "pt-BR"}.get(language, language)
    )
    return element


def _panel(style: Any) -> None:
    """A ground and a thick line before it."""
    properties = style.element.get_or_add_pPr()
    border, line, ground = OxmlElement("w:pBdr"), OxmlElement("w:left"), OxmlElement("w:shd")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", str(BRAND))):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", PANEL)):
        ground.set(qn(f"w:{name}"), value)
    spacing = properties.find(qn("w:spacing"))
    place = len(properties) if spacing is None else properties.index(spacing)
    properties.insert(place, border)
    properties.insert(place + 1, ground)
