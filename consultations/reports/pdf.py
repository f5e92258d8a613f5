"""A document as PDF: tagged, with title, language and alternative texts (PDF/UA-1, ISO 14289-1), by Typst."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import structlog
import typst

from . import pictures
from .blocks import Block, Bullets, Document, Figure, Heading, Notice, Paragraph, Quote, Table
from .columns import has_room, shares

log = structlog.get_logger(__name__)

TEMPLATE = Path(__file__).parent / "document.typ"


def write(document: Document, path: Path) -> None:
    """Nothing from outside is used: the template and the typefaces are the portal's own."""
    with TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / TEMPLATE.name)
        content = json.dumps(_content(document, folder), ensure_ascii=False)
        (folder / "document.json").write_text(content, encoding="utf-8")
        _compile(folder, path)


def _compile(folder: Path, path: Path) -> None:
    """The standard forbids signs that no typeface has, as in a quotation in a script that we do not bring.

    Then the machine's typefaces help out; and where they do not know it either, the document is tagged and
    does not claim the standard, rather than not being made.
    """
    attempts: tuple[tuple[bool, Literal["ua-1"] | None], ...] = (
        (False, "ua-1"),
        (True, "ua-1"),
        (True, None),
    )
    for with_system, standard in attempts:
        try:
            typst.compile(
                folder / TEMPLATE.name,
                output=path,
                root=folder,
                font_paths=_fonts(with_system),
                pdf_standards=standard,
            )
        except typst.TypstError as error:
            if standard is None or "could not be displayed" not in str(error):
                raise
            log.warning("pdf_lacks_typeface", system=with_system)
        else:
            return


@cache
def _fonts(with_system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_system, font_paths=[pictures.FONTS])


def _content(document: Document, folder: Path) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "kind": document.kind,
        "author": document.author,
        "language": document.language,
        "year": document.made_on.year,
        "month": document.made_on.month,
        "day": document.made_on.day,
        "facts": [list(fact) for fact in document.facts],
        **asdict(document.words),
        "blocks": list(_blocks(document.blocks, folder)),
    }


def _blocks(blocks: Iterable[Block], folder: Path) -> Iterable[dict[str, Any]]:
    for number, block in enumerate(blocks):
        match block:
            case Heading():
                yield {"kind": "heading", "text": block.text, "level": block.level}
            case Paragraph():
                yield {
                    "kind": "paragraph",
                    "text": block.text,
                    "language": block.language,
                    "small": block.is_small,
                }
            case Bullets():
                yield {"kind": "bullets", "items": list(block.items)}
            case Notice():
                yield {"kind": "notice", "title": block.title, "text": block.text}
            case Figure():
                yield _picture(block, folder / f"{number}.svg")
            case Table():
                yield _table(block)
            case Quote():
                yield {"kind": "quote", **asdict(block)}


def _picture(figure: Figure, file: Path) -> dict[str, Any]:
    drawing = pictures.svg(figure.spec)
    file.write_text(drawing, encoding="utf-8")
    width = pictures.share_of_page(pictures.points_of(drawing))
    return {"kind": "figure", "file": file.name, "caption": figure.caption, "alt": figure.alt, "width": width}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "headings": list(table.headings),
        "rows": [list(row) for row in table.rows],
        "numbers": sorted(table.numbers),
        "widths": shares(table),
        "whole": has_room(table),
        "note": table.note,
    }
