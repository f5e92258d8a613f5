"""What ISO 14289-1 (PDF/UA-1) asks of a document, as far as a program can see it.

Written from the standard, its clauses named, and independent of what wrote the document. It judges no words:
whether an alternative text is a good one, people must say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

# The standard structure types of ISO 32000-1, 14.8.4.
GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP"
STANDARD = {*GROUPS.split(), *BLOCKS.split(), *INLINE.split(), "Figure", "Formula", "Form"}
# Where each of these may stand.
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
# Operators that put something on the page.
PAINT = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"EI", b"INLINE IMAGE"}
SHOW = {b"Tj", b"TJ", b"'", b'"'}


@dataclass
class Element:
    """A tag of the document with those below it; ``marks`` are the pieces of pages that it holds."""

    kind: str
    about: DictionaryObject
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    marks: set[tuple[int, int]] = field(default_factory=set)
    annotations: set[int] = field(default_factory=set)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()


def faults(path: Path) -> list[str]:
    """What is missing, a line each; empty for a document that passes."""
    reader = PdfReader(path)
    root = reader.root_object
    if "/StructTreeRoot" not in root:
        return ["7.1: the document has no tags"]
    elements = list(_tree(root["/StructTreeRoot"]).walk())[1:]
    found = [*_document(root), *_structure(elements), *_headings(elements), *_tables(elements)]
    held = {mark for element in elements for mark in element.marks}
    annotations = {number for element in elements for number in element.annotations}
    for number, page in enumerate(reader.pages, start=1):
        found += [f"page {number}: {fault}" for fault in _page(page, held, annotations)]
    return list(dict.fromkeys(found))


def _document(root: DictionaryObject) -> Iterator[str]:
    if root.get("/MarkInfo", {}).get("/Marked") != True:  # noqa: E712  (a PDF object, not Python's own)
        yield "7.1: the document does not say that it is tagged"
    if root.get("/MarkInfo", {}).get("/Suspects", False) != False:  # noqa: E712  (as above)
        yield "7.1: tags are said to be doubtful"
    if not str(root.get("/Lang", "")):
        yield "7.2: no language"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") != True:  # noqa: E712  (as above)
        yield "7.1: readers show the file's name in place of its title"
    about = root["/Metadata"].get_data() if "/Metadata" in root else b""
    if b"pdfuaid:part" not in about or b"dc:title" not in about:
        yield "5, 7.1: the metadata name neither the standard nor a title"


def _tree(root: Any) -> Element:
    roles = root.get("/RoleMap", {})
    top = Element("StructTreeRoot", root)
    _grow(top, root.get("/K"), None, roles)
    return top


def _grow(parent: Element, kids: Any, page: Any, roles: Any) -> None:
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        node = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(node, int):
            parent.marks.add((_number(page), int(node)))
        elif isinstance(node, DictionaryObject) and node.get("/Type") == "/MCR":
            parent.marks.add((_number(node.raw_get("/Pg") if "/Pg" in node else page), int(node["/MCID"])))
        elif isinstance(node, DictionaryObject) and node.get("/Type") == "/OBJR":
            parent.annotations.add(_number(node.raw_get("/Obj")))
        elif isinstance(node, DictionaryObject) and "/S" in node:
            own = str(node["/S"])
            child = Element(str(roles.get(own, own))[1:], node, parent)
            parent.children.append(child)
            _grow(child, node.get("/K", ArrayObject()), node.raw_get("/Pg") if "/Pg" in node else page, roles)


def _number(reference: Any) -> int:
    return reference.idnum if isinstance(reference, IndirectObject) else -1


def _structure(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        parent = element.parent.kind if element.parent else ""
        if element.kind not in STANDARD:
            yield f"7.1: {element.kind} is no standard type"
        if element.kind in PARENTS and parent not in PARENTS[element.kind]:
            yield f"7.1: {element.kind} in {parent}"
        if element.kind in ("Figure", "Formula") and not _words(element):
            yield f"7.3: a {element.kind} without words"


def _words(element: Element) -> str:
    return str(element.about.get("/Alt", "") or element.about.get("/ActualText", "")).strip()


def _headings(elements: list[Element]) -> Iterator[str]:
    """The first is H1, and none is more than one level below the one before (7.4.2)."""
    last = 0
    for element in elements:
        if element.kind[:1] == "H" and element.kind[1:].isdigit():
            level = int(element.kind[1:])
            if level > last + 1:
                yield f"7.4.2: H{level} after {f'H{last}' if last else 'nothing'}"
            last = level


def _tables(elements: list[Element]) -> Iterator[str]:
    for table in (element for element in elements if element.kind == "Table"):
        rows = [list(row.children) for row in table.walk() if row.kind == "TR"]
        headings = [cell for row in rows for cell in row if cell.kind == "TH"]
        if not headings:
            yield "7.5: a table without headings"
        if any(not _scope(cell) for cell in headings):
            yield "7.5: a heading that does not say what it is the heading of"
        if len({sum(_span(cell) for cell in row) for row in rows}) > 1:
            yield "7.5: rows of different lengths"


def _attributes(cell: Element) -> Iterator[DictionaryObject]:
    given = cell.about.get("/A", ArrayObject())
    for each in given if isinstance(given, ArrayObject) else [given]:
        each = each.get_object()
        if isinstance(each, DictionaryObject):
            yield each


def _scope(cell: Element) -> str:
    return next((str(a["/Scope"]) for a in _attributes(cell) if "/Scope" in a), "")


def _span(cell: Element) -> int:
    return next((int(a["/ColSpan"]) for a in _attributes(cell) if "/ColSpan" in a), 1)


def _page(page: PageObject, held: set[tuple[int, int]], annotations: set[int]) -> Iterator[str]:
    links = list(page.get("/Annots", ArrayObject()))
    if links and page.get("/Tabs") != "/S":
        yield "7.18.3: fields and links are not in the order of the tags"
    for link in links:
        if _number(link) not in annotations:
            yield "7.18.1: a link that no tag holds"
        if not str(link.get_object().get("/Contents", "")).strip():
            yield "7.18.5: a link without words"
    contents = page.get_contents()
    if contents is not None:
        yield from _marked(contents, _number(page.indirect_reference), held)
    yield from _fonts(page.get("/Resources", DictionaryObject()))


def _marked(contents: ContentStream, page: int, held: set[tuple[int, int]]) -> Iterator[str]:
    """Whatever is painted belongs to a tag, or says that it is decoration (7.1)."""
    inside: list[bool] = []
    for operands, operator in contents.operations:
        if operator in (b"BDC", b"BMC"):
            inside.append(_belongs(operands, page, held))
        elif operator == b"EMC":
            inside.pop()
        elif operator in PAINT | SHOW and not any(inside):
            yield "7.1: something on the page belongs to no tag and is no decoration"


def _belongs(operands: list[Any], page: int, held: set[tuple[int, int]]) -> bool:
    properties = operands[1] if len(operands) > 1 else None
    mark = properties.get("/MCID") if isinstance(properties, DictionaryObject) else None
    return operands[0] == "/Artifact" or (mark is not None and (page, int(mark)) in held)


def _fonts(resources: Any, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """Every typeface is in the file, and its signs can be read out (7.21.4, 7.21.7)."""
    for font in resources.get("/Font", {}).values():
        font = font.get_object()
        name = font.get("/BaseFont", "")
        below = [each.get_object() for each in font.get("/DescendantFonts", [font])]
        for each in below:
            files = each.get("/FontDescriptor", DictionaryObject()).get_object()
            if font.get("/Subtype") != "/Type3" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(
                files
            ):
                yield f"7.21.4: {name} is not in the file"
        if "/ToUnicode" not in font:
            yield f"7.21.7: {name} does not say what its signs mean"
    for part in resources.get("/XObject", {}).values():
        number, part = _number(part), part.get_object()
        if part.get("/Subtype") == "/Form" and number not in seen and "/Resources" in part:
            yield from _fonts(part["/Resources"].get_object(), seen | {number})
