"""Tables of a DOCX: their heading is one and stands on every page; rows stay in one piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt
from docx.table import Table, _Row

from .blocks import Table as TableBlock
from .columns import is_small, shares
from .docx_styles import INK, SOFT
from .pictures import FACE

# Points of cells and of headings, in tables of a few columns and of many.
SIZES = {False: (9.5, 9.5), True: (8.5, 7.5)}
# What the schema wants behind them.
_AFTER_MARGINS = ("w:tblLook", "w:tblCaption", "w:tblDescription")
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", *_AFTER_MARGINS)
# As many rows as surely fit on a page with a chart.
SHORT = 14


def table(word: Word, block: TableBlock, width: Length) -> None:
    columns = shares(block)
    made = _empty(word, len(block.rows) + 1, [Emu(int(width * share / sum(columns))) for share in columns])
    _described(made, block.caption)
    size, heading_size = SIZES[is_small(block)]
    # A cell that is looked up by its place is searched for each time: rows are walked through once.
    rows = iter(made.rows)
    _fill(next(rows), block.headings, block.numbers, heading_size, is_heading=True)
    for row, cells in zip(rows, block.rows, strict=True):
        _fill(row, cells, block.numbers, size)
    _hold_together(made, block)
    if is_small(block):
        _narrow_margins(made)


def _hold_together(made: Table, block: TableBlock) -> None:
    """A short table stays on one page, and a note with the last row of any."""
    rows = list(made.rows)
    held = rows[:-1] if len(block.rows) <= SHORT else rows[:1]
    for row in [*held, *(rows[-1:] if block.note else [])]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def facts(word: Word, pairs: Sequence[tuple[str, str]]) -> None:
    """Words and what they are, side by side, without lines."""
    if not pairs:
        return
    made = _empty(word, len(pairs), [Cm(4.6), Cm(11.6)], lines=False)
    for row, (name, what) in zip(made.rows, pairs, strict=True):
        _write(row.cells[0], name, bold=True, face=FACE, colour=SOFT)
        _write(row.cells[1], what)


def _empty(word: Word, rows: int, widths: Sequence[Length], *, lines: bool = True) -> Table:
    made: Table = word.add_table(rows=rows, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    if lines:
        _ruled(made)
    return made


def _fill(
    row: _Row, texts: Sequence[str], numbers: frozenset[int], size: float, *, is_heading: bool = False
) -> None:
    whole = OxmlElement("w:cantSplit")
    properties = row._tr.get_or_add_trPr()
    properties.append(whole)
    if is_heading:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        written = _write(cell, text, size=size, bold=is_heading, face=FACE if is_heading else "")
        if place in numbers:
            written.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(
    cell: Any, text: str, *, size: float = 9.5, bold: bool = False, face: str = "", colour: Any = INK
) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    if face:
        run.font.name = face
    return paragraph


def _ruled(made: Table) -> None:
    """Hairlines between rows and nothing else."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "DCD6D0")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    made._tbl.tblPr.insert_element_before(borders, *_AFTER_BORDERS)
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")


def _narrow_margins(made: Table) -> None:
    """Beside the words of a cell, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.insert_element_before(margins, *_AFTER_MARGINS)


def _described(made: Table, text: str) -> None:
    """What a screen reader says of the table."""
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), text)
    made._tbl.tblPr.append(element)
