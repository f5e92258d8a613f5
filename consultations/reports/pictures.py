"""Charts drawn for paper: the document's own face, labels in full on as many lines as they need."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from ..analysis.charts import drawing
from ..analysis.charts.shapes import Spec
from ..analysis.charts.theme import INK, Paper

FONTS = Path(__file__).parent / "fonts"
FACE = "Familjen Grotesk"
PAPER = Paper(ink=INK, ground="#ffffff", font=f"{FACE}, Arial, Liberation Sans, sans-serif")
# Characters a line, and points a line, of a label beside a bar.
LINE, POINTS = 36, 17
# Less wide than on a screen, so that words are large enough on a sheet.
WIDTH = 400
_MOST_LINES = 4


def svg(spec: Spec) -> str:
    _know_fonts()
    return drawing.svg_file(on_lines(spec), PAPER)


def png(spec: Spec) -> bytes:
    """Three pixels a point: sharp in print, and small, since charts are plain colours."""
    _know_fonts()
    return drawing.png_file(on_lines(spec), PAPER, scale=3)


def wrapped(label: str) -> str:
    """A label on lines of its own; what goes beyond four says so."""
    lines = textwrap.wrap(" ".join(label.split()), LINE) or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]}…"]
    return "\n".join(lines)


def on_lines(spec: Spec) -> Spec:
    """Breaks the labels of its bars where they hold a line break, and gives each bar the height for it."""
    spec = {**deepcopy(spec), "width": WIDTH}
    colour = spec.get("encoding", {}).get("color", {})
    if colour.get("type") == "nominal":
        colour["legend"] = {"columns": 3, "title": None}
    for scaled in _scales(spec):
        scaled |= {"labelOverlap": "parity", "labelSeparation": 6}
    if "projection" in spec:
        return {**spec, "height": WIDTH // 2}
    axes = _named_axes(spec)
    if not axes:
        return spec
    most = max(label.count("\n") + 1 for label in _labels(spec))
    for axis in axes:
        axis["labelExpr"] = "split(datum.label, '\\n')"
        axis["labelOffset"] = _CENTRED
    bars = len(dict.fromkeys(_labels(spec)))
    return {**spec, "height": bars * max(26, POINTS * most + 8)}


# Several lines stand around the middle of their bar, and not below it.
_CENTRED = {
    "condition": [
        {"test": f"length(split(datum.label, '\\n')) === {lines}", "value": -POINTS * (lines - 1) / 2}
        for lines in range(2, _MOST_LINES + 1)
    ],
    "value": 0,
}


def _scales(spec: Spec) -> Iterator[dict[str, Any]]:
    """Axes and legends of numbers, whose labels must not run into each other on paper."""
    for part in [spec, *spec.get("layer", [])]:
        encoded = part.get("encoding", {})
        if encoded.get("x", {}).get("type") == "quantitative":
            yield encoded["x"].setdefault("axis", {})
        if encoded.get("color", {}).get("type") == "quantitative":
            yield encoded["color"].setdefault("legend", {})


def _named_axes(spec: Spec) -> list[dict[str, Any]]:
    """The axes that carry names, of the chart and of its layers."""
    parts = [spec, *spec.get("layer", [])]
    encoded = [part["encoding"]["y"] for part in parts if "y" in part.get("encoding", {})]
    named = [y for y in encoded if y.get("type") == "nominal" and y.get("axis", {}) is not None]
    return [y.setdefault("axis", {}) for y in named]


def _labels(spec: Spec) -> list[str]:
    sources = [spec, *spec.get("layer", [])]
    values: list[dict[str, Any]] = next(
        (part["data"]["values"] for part in sources if "values" in part.get("data", {})), []
    )
    return [str(row.get("label", row.get("item", ""))) for row in values] or [""]


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
