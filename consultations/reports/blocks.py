"""What a document is made of, before anybody knows whether it becomes DOCX or PDF.

Every text is plain and in the language of the document, unless it says its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ..analysis.charts.shapes import Spec


@dataclass(frozen=True)
class Heading:
    """``level`` counts from 1; the title of the document stands above them."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """``language`` where it is not that of the document."""

    text: str
    language: str = ""
    is_small: bool = False


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Notice:
    """What a reader must not miss."""

    title: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A chart. ``alt`` says in words what it shows, for readers who do not see it."""

    spec: Spec
    caption: str
    alt: str


@dataclass(frozen=True)
class Table:
    """``rows`` have as many cells as ``headings``; those in ``numbers`` (places) stand to the right.

    ``widths`` are shares of the line, in proportion; blank: the first takes what the others leave.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    widths: Sequence[int] = ()
    note: str = ""


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, and below them what must be said about them."""

    text: str
    language: str
    source: str = ""
    translation: str = ""
    translation_note: str = ""


Block = Heading | Paragraph | Bullets | Notice | Figure | Table | Quote


@dataclass(frozen=True)
class Document:
    """``facts`` stand on the first page: a word and what it is."""

    title: str
    kind: str
    author: str
    language: str
    made_on: date
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    blocks: Sequence[Block] = field(default_factory=tuple)
    words: Words = field(default_factory=lambda: Words())


@dataclass(frozen=True)
class Words:
    """What the document itself says, in its language."""

    contents: str = "Contents"
    figure: str = "Figure"
    table: str = "Table"
    page_of: str = "Page {page} of {pages}"
