"""Typefaces inside a DOCX (ECMA-376, part 4, 2.8.1): readers who do not have them see them all the same."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from .pictures import FACE

_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_NAMES = {False: "embedRegular", True: "embedBold"}


def embed(word: Word, files: Mapping[bool, Path]) -> None:
    """``files`` by whether they are bold. The typeface is free to be passed on (SIL Open Font License)."""
    fonts = next(rel.target_part for rel in word.part.rels.values() if rel.reltype == RT.FONT_TABLE)
    table = parse_xml(fonts.blob)
    entry = parse_xml(f'<w:font {nsdecls("w", "r")} w:name="{FACE}"/>')
    for bold, file in files.items():
        key = uuid.uuid5(uuid.NAMESPACE_URL, file.name)
        uri = PackURI(f"/word/fonts/{file.stem}.odttf")
        part = Part(uri, _OBFUSCATED, obfuscated(file.read_bytes(), key), word.part.package)
        element: Any = OxmlElement(f"w:{_NAMES[bold]}")
        entry.append(element)
        element.set(qn("r:id"), fonts.relate_to(part, RT.FONT))
        element.set(qn("w:fontKey"), f"{{{str(key).upper()}}}")
    table.append(entry)
    fonts._blob = serialize_part_xml(table)
    switch = parse_xml(f"<w:embedTrueTypeFonts {nsdecls('w')}/>")
    # The schema wants it near the beginning, behind the view and the zoom.
    settings = word.settings.element
    zoom = settings.find(qn("w:zoom"))
    settings.insert(0 if zoom is None else settings.index(zoom) + 1, switch)


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """The first 32 bytes mixed with the key, read backwards: the same mixing undoes it."""
    mix = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mix, strict=True)) + font[32:]
