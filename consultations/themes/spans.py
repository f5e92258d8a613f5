"""Stretches of a text, counted in characters (code points): sentences, overlaps, what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A sentence ends at its marks before a blank, or at a line break.
_END = re.compile(r"(?<=[.!?…])[\"'»”)]*\s+|\n+")


@dataclass(frozen=True, order=True)
class Span:
    """From ``start`` up to, but without, ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError((self.start, self.end))

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True)
class Segment:
    """A stretch under one and the same set of marks; segments joined are the text."""

    text: str
    marks: tuple[int, ...]


def within(start: int, end: int, text: str) -> Span | None:
    """The stretch inside the text and without blanks at its ends; nothing where no word is left."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    words = text[start:end]
    if not words.strip():
        return None
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def sentences(text: str) -> list[Span]:
    """In order and without overlap; together they hold every word of the text."""
    found, start = [], 0
    for match in _END.finditer(text):
        found.append(within(start, match.end(), text))
        start = match.end()
    found.append(within(start, len(text), text))
    return [span for span in found if span is not None]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Those that touch or overlap become one, in order."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def segments(text: str, marked: Sequence[tuple[Span, int]]) -> list[Segment]:
    """The text cut wherever a mark begins or ends; each piece with the marks that lie over it, in order."""
    cuts = {0, len(text)}
    for span, _mark in marked:
        cuts |= {min(span.start, len(text)), min(span.end, len(text))}
    edges = sorted(cuts)
    return [Segment(text[start:end], _over(start, end, marked)) for start, end in pairwise(edges)]


def _over(start: int, end: int, marked: Sequence[tuple[Span, int]]) -> tuple[int, ...]:
    marks = [mark for span, mark in marked if span.start <= start and end <= span.end]
    return tuple(dict.fromkeys(marks))
