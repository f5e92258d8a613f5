"""Charts drawn for paper: the document's own face, labels in full on as many lines as they need."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import vl_convert

from ..analysis.charts import drawing
from ..analysis.charts.labels import on_lines, wrapped
from ..analysis.charts.shapes import Spec
from ..analysis.charts.theme import INK, Paper

FONTS = Path(__file__).parent / "fonts"
FACE = "Familjen Grotesk"
PAPER = Paper(ink=INK, ground="#ffffff", font=f"{FACE}, Arial, Liberation Sans, sans-serif")
# Less wide than on a screen, so that words are large enough on a sheet.
WIDTH = 400
# Points of a chart that fill the width of a page. A narrower one stays narrower, so that the words of all
# charts are of one size; a wider one is made to fit.
PAGE = 560
# Pixels a point: sharp in print, and small, since charts are plain colours.
SCALE = 3

__all__ = ["FACE", "FONTS", "PAPER", "SCALE", "WIDTH", "png", "share_of_page", "svg", "wrapped"]


def svg(spec: Spec) -> str:
    _know_fonts()
    return drawing.svg_file(on_lines(spec, width=WIDTH), PAPER)


def png(spec: Spec) -> bytes:
    _know_fonts()
    return drawing.png_file(on_lines(spec, width=WIDTH), PAPER, scale=SCALE)


def points_of(drawing: str) -> float:
    """How wide an SVG of ours is."""
    found = re.search(r'<svg[^>]* width="([0-9.]+)"', drawing)
    return float(found[1]) if found else PAGE


def share_of_page(points: float) -> float:
    """How much of the width of a page a chart takes, from 0 to 1."""
    return min(1.0, points / PAGE)


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
