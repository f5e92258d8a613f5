"""Fields of Word: numbers that count themselves, and a table of contents that leads to its headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from .blocks import Heading


def caption(word: Word, label: str, number: int, text: str, *, above: bool = False) -> None:
    """``Figure 3: text``, where the number is a field that Word counts anew."""
    added = word.add_paragraph(f"{label} ", style="Caption")
    added.paragraph_format.keep_with_next = above
    field(added, f"SEQ {label.replace(' ', '_')} \\* ARABIC", str(number))
    added.add_run(f": {text}")


def contents(word: Word, headings: Sequence[Heading]) -> None:
    """Filled in already, since programs bring a table of contents up to date only when they are asked to."""
    for place, heading in enumerate(headings, start=1):
        added = word.add_paragraph(style=f"TOC {heading.level}")
        if place == 1:
            _part(added, "begin")
            _instruction(added, 'TOC \\o "1-2" \\h \\z \\u')
            _part(added, "separate")
        _link(added, _name(place), heading.text)
        if place == len(headings):
            _part(added, "end")


def page_numbers(word: Word, author: str, pattern: str) -> None:
    """In the foot of each page, beside the author."""
    foot = word.sections[0].footer.paragraphs[0]
    foot.add_run(f"{author}\t\t")
    before, _mark, rest = pattern.partition("{page}")
    between, _mark, after = rest.partition("{pages}")
    foot.add_run(before)
    field(foot, "PAGE", "1")
    foot.add_run(between)
    field(foot, "NUMPAGES", "1")
    foot.add_run(after)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """``shown`` stands there until a program counts."""
    _part(paragraph, "begin")
    _instruction(paragraph, instruction)
    _part(paragraph, "separate")
    paragraph.add_run(shown)
    _part(paragraph, "end")


def bookmark(paragraph: Paragraph, number: int) -> None:
    """Around a heading, so that the table of contents can lead there."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _name(number))
    end.set(qn("w:id"), str(number))
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _name(number: int) -> str:
    return f"_Toc{number:06d}"


def _link(paragraph: Paragraph, anchor: str, text: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def _part(paragraph: Paragraph, kind: str) -> None:
    sign: Any = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(sign)


def _instruction(paragraph: Paragraph, text: str) -> None:
    code: Any = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {text} "
    paragraph.add_run()._r.append(code)
