"""A document as DOCX that can be gone on with: real headings, captions with numbers, tables with headings."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from django.utils import timezone
from docx.document import Document as Word
from docx.shared import Cm, Emu

from . import pictures
from .blocks import Block, Bullets, Document, Figure, Heading, Notice, Paragraph, Quote, Words
from .blocks import Table as TableBlock
from .docx_fields import bookmark, caption, contents, page_numbers
from .docx_fonts import embed
from .docx_styles import GAP, NOTICE, NOTICE_TITLE, SMALL, SOURCE, dress, in_language
from .docx_tables import facts, table

_PAGE = Cm(16.2)


def write(document: Document, path: Path) -> None:
    word = docx.Document()
    dress(word, document.language)
    _about(word, document)
    _first_page(word, document)
    writer = _Writer(word, document.words)
    for block in document.blocks:
        writer.write(block)
    page_numbers(word, document.author, document.words.page_of)
    embed(
        word,
        {
            False: pictures.FONTS / "FamiljenGrotesk-Regular.ttf",
            True: pictures.FONTS / "FamiljenGrotesk-Bold.ttf",
        },
    )
    word.save(str(path))


def _about(word: Word, document: Document) -> None:
    about = word.core_properties
    about.title, about.subject, about.author = document.title, document.kind, document.author
    about.language, about.comments = document.language, ""
    about.created = about.modified = datetime.combine(document.made_on, timezone.now().time())


def _first_page(word: Word, document: Document) -> None:
    word.add_paragraph(document.kind.upper(), style=SOURCE)
    word.add_paragraph(document.title, style="Title")
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    facts(word, document.facts)
    word.add_paragraph(document.words.contents, style="TOC Heading")
    headings = [b for b in document.blocks if isinstance(b, Heading) and b.level <= 2]
    contents(word, headings)


class _Writer:
    """Blocks one after the other, with figures and tables counted."""

    def __init__(self, word: Word, words: Words) -> None:
        self.word, self.words = word, words
        self.figures = self.tables = self.headings = 0

    def write(self, block: Block) -> None:
        _WRITE[type(block)](self, block)

    def heading(self, block: Heading) -> None:
        heading = self.word.add_heading(block.text, block.level)
        if block.level <= 2:
            self.headings += 1
            bookmark(heading, self.headings)

    def paragraph(self, block: Paragraph) -> None:
        added = self.word.add_paragraph(block.text, style=SMALL if block.is_small else None)
        # Small words belong to what comes next.
        added.paragraph_format.keep_with_next = block.is_small or None
        if block.language:
            in_language(added, block.language)

    def bullets(self, block: Bullets) -> None:
        for item in block.items:
            self.word.add_paragraph(item, style="List Bullet")

    def notice(self, block: Notice) -> None:
        self.word.add_paragraph(block.title, style=NOTICE_TITLE)
        self.word.add_paragraph(block.text, style=NOTICE)

    def figure(self, block: Figure) -> None:
        self.figures += 1
        added = self.word.add_paragraph()
        added.paragraph_format.keep_with_next = True
        shape = added.add_run().add_picture(io.BytesIO(pictures.png(block.spec)))
        _fit(shape)
        about = shape._inline.docPr  # python-docx has no name for the alternative text
        about.set("descr", block.alt)
        about.set("name", f"{self.words.figure} {self.figures}")
        caption(self.word, self.words.figure, self.figures, block.caption)

    def table(self, block: TableBlock) -> None:
        self.tables += 1
        caption(self.word, self.words.table, self.tables, block.caption, above=True)
        table(self.word, block, _PAGE)
        self.word.add_paragraph(block.note, style=SMALL if block.note else GAP)

    def quote(self, block: Quote) -> None:
        added = self.word.add_paragraph(f"“{block.text}”", style="Quote")
        in_language(added, block.language)
        if block.translation:
            self.word.add_paragraph(block.translation, style="Quote").runs[0].italic = False
        said = " · ".join(part for part in (block.translation_note, block.source) if part)
        if said:
            self.word.add_paragraph(said, style=SOURCE)


_WRITE: dict[type, Callable[[_Writer, Any], None]] = {
    Heading: _Writer.heading,
    Paragraph: _Writer.paragraph,
    Bullets: _Writer.bullets,
    Notice: _Writer.notice,
    Figure: _Writer.figure,
    TableBlock: _Writer.table,
    Quote: _Writer.quote,
}


def _fit(shape: Any) -> None:
    """As wide as the page at most, its proportions kept."""
    width = int(_PAGE * pictures.share_of_page(shape.width.pt / pictures.SCALE))
    shape.height = Emu(int(shape.height * width / shape.width))
    shape.width = Emu(width)
