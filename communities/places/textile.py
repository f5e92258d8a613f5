"""A cloth for each country: few motifs and few inks, always the same ones for the same ISO code.

Threads come from the left and become woven squares on the right. It is decoration: it says nothing that the
page does not say in words. Within a square, figure and accent stand out from their ground (3:1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, permutations
from typing import NamedTuple, TypeVar

from .motifs import MOTIFS, Motif

# Part of the address: raise it when the drawing changes, for browsers keep the old one for a year.
EDITION = 1

DYES = (
    "#a3143f",
    "#6d0c2b",
    "#1d4677",
    "#12294a",
    "#f0b429",
    "#3f7d58",
    "#7a4a2b",
    "#fbf3e4",
    "#d9602b",
    "#e8668f",
)
WARP = "#2a1220"
# The ground of the band that cloths hang in (--brand-ground); threads lie on it.
HERO = "#7a0f33"
LEAST_CONTRAST = 3.0

COLUMNS, ROWS = 16, 4
SQUARE = 11  # a motif of 9 units, its margin and a line of warp
FRINGE = 50  # how far threads reach to the left
PIXELS = 5

T = TypeVar("T")


class Inks(NamedTuple):
    ground: str
    figure: str
    accent: str


class Dice:
    """Choices that look random and are the same for a country on every machine, for ever."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.thrown = 0

    def number(self, below: int) -> int:
        self.thrown += 1
        digest = hashlib.sha256(f"{self.seed}:{self.thrown}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % below

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(len(options))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        left = list(options)
        return [left.pop(self.number(len(left))) for _ in range(count)]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as in WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


INKS = [
    Inks(*dyes)
    for dyes in permutations(DYES, 3)
    if min(contrast(dyes[0], dyes[1]), contrast(dyes[0], dyes[2])) >= LEAST_CONTRAST
]


@lru_cache(maxsize=300)
def draw(code: str) -> str:
    """The cloth of a country as an SVG document."""
    dice = Dice(code)
    names = dice.some(sorted(MOTIFS), 4)
    inks = _inks(dice)
    starts = dice.some([0, 1, 2, 3], ROWS)
    width, height = FRINGE + COLUMNS * SQUARE, ROWS * SQUARE + 1
    parts = [_definitions(names), *_threads(starts, inks, dice), *_warp(starts, width)]
    parts += _squares(starts, names, inks, dice)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * PIXELS}" height="{height * PIXELS}" '
        f'viewBox="0 0 {width} {height}" shape-rendering="crispEdges">{"".join(parts)}</svg>\n'
    )


def _inks(dice: Dice) -> list[Inks]:
    """Four sets of inks on four grounds."""
    grounds = dice.some(sorted({inks.ground for inks in INKS}), 4)
    return [dice.pick([inks for inks in INKS if inks.ground == ground]) for ground in grounds]


def _definitions(names: list[str]) -> str:
    """Each motif once; squares lend it their inks (``fill`` for the figure, ``color`` for the accent)."""
    drawn = (
        f'<g id="{name}"><path d="{_path(MOTIFS[name], "a")}"/>'
        f'<path fill="currentColor" d="{_path(MOTIFS[name], "b")}"/></g>'
        for name in names
    )
    return f"<defs>{''.join(drawn)}</defs>"


def _path(motif: Motif, ink: str) -> str:
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in _runs(motif, ink))


def _runs(motif: Motif, ink: str) -> Iterator[tuple[int, int, int]]:
    """Where runs of one ink begin, and how long they are."""
    for y, row in enumerate(motif):
        x = 0
        for found, run in groupby(row):
            length = len(list(run))
            if found == ink:
                yield x, y, length
            x += length


def _threads(starts: list[int], inks: list[Inks], dice: Dice) -> Iterator[str]:
    colours = [dye for chosen in inks for dye in chosen if contrast(dye, HERO) >= LEAST_CONTRAST]
    for row, start in enumerate(starts):
        end = FRINGE + start * SQUARE
        for line in range(2, SQUARE, 2):
            length = min(end, 12 + dice.number(FRINGE * 2 // 3 + start * 6))
            colour, y = dice.pick(colours), row * SQUARE + line
            yield f'<path fill="{colour}" d="M{end - length} {y}h{length}v1h-{length}z"/>'


def _warp(starts: list[int], width: int) -> Iterator[str]:
    for row, start in enumerate(starts):
        left, top = FRINGE + start * SQUARE, row * SQUARE
        yield f'<path fill="{WARP}" d="M{left} {top}H{width}V{top + SQUARE + 1}H{left}z"/>'


def _squares(starts: list[int], names: list[str], inks: list[Inks], dice: Dice) -> Iterator[str]:
    """Motifs and inks step at different paces, so that no two neighbours are the same square."""
    shift, turn = dice.pick([1, 3]), dice.number(4)
    for row, start in enumerate(starts):
        for column in range(start, COLUMNS):
            name = names[(column + row * shift) % 4]
            ground, figure, accent = inks[(column + column // 4 + row * (shift + 1) + turn) % 4]
            x, y = FRINGE + column * SQUARE + 1, row * SQUARE + 1
            yield (
                f'<path fill="{ground}" d="M{x} {y}h10v10h-10z"/>'
                f'<use href="#{name}" x="{x + 0.5}" y="{y + 0.5}" fill="{figure}" color="{accent}"/>'
            )
