"""Widths, frozen headings and lines that break, as OpenDocument says them (parts 3 and 4 of version 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from .layout import MOST_LINES, Layout

# Of one character of the usual typeface, and of the edges of a cell.
_CHARACTER, _EDGES = 0.2, 0.3
_LINE = 0.46
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-settings office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">'
    '<office:settings><config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
    '<config:config-item-map-named config:name="Tables">'
)
_SETTINGS_END = (
    "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
    "</config:config-item-set></office:settings></office:document-settings>"
)
# Frozen (2) below the first row; the part below is the one that is worked in.
_FROZEN = {
    ("HorizontalSplitMode", "short"): 0,
    ("VerticalSplitMode", "short"): 2,
    ("HorizontalSplitPosition", "int"): 0,
    ("VerticalSplitPosition", "int"): 1,
    ("ActiveSplitRange", "short"): 2,
    ("PositionLeft", "int"): 0,
    ("PositionRight", "int"): 0,
    ("PositionTop", "int"): 0,
    ("PositionBottom", "int"): 1,
}


def column_styles(layouts: Iterable[Layout]) -> str:
    """One style a width, one a height: rows of so many lines."""
    widths = sorted({width for layout in layouts for width in layout.widths})
    rows = "".join(
        f'<style:style style:name="lines{lines}" style:family="table-row">'
        f'<style:table-row-properties style:row-height="{lines * _LINE:.2f}cm"'
        ' style:use-optimal-row-height="false"/></style:style>'
        for lines in range(1, MOST_LINES + 1)
    )
    return rows + "".join(
        f'<style:style style:name="{_name(width)}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _CHARACTER + _EDGES:.2f}cm"/>'
        "</style:style>"
        for width in widths
    )


def columns(layout: Layout) -> str:
    """The columns of a sheet, before its rows. Cells without a style of their own take their column's."""
    prose = {True: ' table:default-cell-style-name="prose"', False: ' table:default-cell-style-name="top"'}
    return "".join(
        f'<table:table-column table:style-name="{_name(width)}"{prose[wraps]}/>'
        for width, wraps in zip(layout.widths, layout.wraps, strict=True)
    )


def frozen_headings(titles: Iterable[str]) -> str:
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for (name, kind), value in _FROZEN.items()
    )
    tables = (
        f"<config:config-item-map-entry config:name={quoteattr(title)}>{items}</config:config-item-map-entry>"
        for title in titles
    )
    return f"{_SETTINGS}{''.join(tables)}{_SETTINGS_END}"


def _name(width: float) -> str:
    return f"w{round(width * 10)}"
