"""Flat OpenDocument spreadsheets (one XML file), read cell by cell as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


@dataclass(frozen=True)
class Cell:
    """``kind``: float, string, date …; blank for an empty cell. ``formula``: what it would run."""

    kind: str = ""
    text: str = ""
    formula: str = ""


def sheets(path: Path) -> dict[str, list[list[Cell]]]:
    """By name, the rows without the empty cells at their end."""
    tree = etree.parse(str(path))
    return {table.get(_name("table", "name")): _rows(table) for table in _find(tree, "//table:table")}


def records(rows: list[list[Cell]]) -> list[dict[str, Cell]]:
    """Each row by its headings."""
    names = [cell.text for cell in rows[0]]
    return [dict(zip(names, [*row, *[Cell()] * len(names)], strict=False)) for row in rows[1:]]


def _rows(table: etree._Element) -> list[list[Cell]]:
    rows = [_cells(row) for row in _find(table, ".//table:table-row")]
    return [row for row in rows if row]


def _cells(row: etree._Element) -> list[Cell]:
    cells = [cell for element in _find(row, "./table:table-cell") for cell in _repeated(element)]
    while cells and cells[-1] == Cell():
        cells.pop()
    return cells


def _repeated(element: etree._Element) -> Iterator[Cell]:
    cell = Cell(
        element.get(_name("office", "value-type"), ""),
        "\n".join(_text(line) for line in _find(element, "./text:p")),
        element.get(_name("table", "formula"), ""),
    )
    times = int(element.get(_name("table", "number-columns-repeated"), "1"))
    yield from [cell] * (times if cell != Cell() or times < 1000 else 1)


def _text(line: etree._Element) -> str:
    """With the blanks and tabs that the format writes as elements."""
    parts = [line.text or ""]
    for child in line:
        name = etree.QName(child).localname
        signs = {"s": " " * int(child.get(_name("text", "c"), "1")), "tab": "\t", "line-break": "\n"}
        parts += [signs.get(name, "") or _text(child), child.tail or ""]
    return "".join(parts)


def _find(node: etree._ElementTree | etree._Element, path: str) -> list[etree._Element]:
    return node.xpath(path, namespaces=_SPACES)  # type: ignore[return-value]


def _name(space: str, name: str) -> str:
    return f"{{{_SPACES[space]}}}{name}"
