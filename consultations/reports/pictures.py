"""Charts drawn for paper: the document's own face, labels in full on as many lines as they need."""

from __future__ import annotations

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

__all__ = ["FACE", "FONTS", "PAPER", "WIDTH", "png", "svg", "wrapped"]


def svg(spec: Spec) -> str:
    _know_fonts()
    return drawing.svg_file(on_lines(spec, width=WIDTH), PAPER)


def png(spec: Spec) -> bytes:
    """Three pixels a point: sharp in print, and small, since charts are plain colours."""
    _know_fonts()
    return drawing.png_file(on_lines(spec, width=WIDTH), PAPER, scale=3)


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
