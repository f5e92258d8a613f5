"""Names beside bars, in full: on as many lines as they need, however long they are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from .shapes import Spec

# Characters a line, and points a line, of a label beside a bar.
LINE, POINTS = 36, 17
_MOST_LINES = 4
# What a row of a chart's data calls the name that stands beside its bar.
_NAMES = ("label", "item", "row")


def wrapped(label: str) -> str:
    """A label on lines of its own; what goes beyond four says so."""
    lines = textwrap.wrap(" ".join(label.split()), LINE) or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]}…"]
    return "\n".join(lines)


def on_lines(spec: Spec, *, width: int) -> Spec:
    """Breaks the labels of its bars where they hold a line break, and gives each bar the height for it."""
    spec = {**deepcopy(spec), "width": width}
    for part in [spec, *spec.get("layer", [])]:
        colour = part.get("encoding", {}).get("color", {})
        if colour.get("type") == "nominal":
            colour["legend"] = {"columns": 3, "title": None}
    for scaled in _scales(spec):
        scaled |= {"labelOverlap": "parity", "labelSeparation": 6}
    if "projection" in spec:
        return {**spec, "height": width // 2}
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
        for channel, name in (("x", "axis"), ("color", "legend")):
            found = encoded.get(channel, {})
            # One that is left out is ``None``, and stays out.
            if found.get("type") == "quantitative" and found.setdefault(name, {}) is not None:
                yield found[name]


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
    return [str(row.get("label", row.get("item", row.get("row", "")))) for row in values] or [""]


def broken(spec: Spec) -> Spec:
    """A chart whose names are on lines of their own, for ``on_lines``; different names stay different."""
    spec, lines = deepcopy(spec), _Lines()
    for part in [spec, *spec.get("layer", [])]:
        for row in part.get("data", {}).get("values", []):
            row |= {name: lines.of(row[name]) for name in _NAMES if name in row}
        y = part.get("encoding", {}).get("y", {})
        if isinstance(y.get("sort"), list):
            y["sort"] = [lines.of(name) for name in y["sort"]]
    return spec


class _Lines:
    """Two long names may be cut to the same lines: a sign that nobody sees keeps their bars apart."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        if name not in self._known:
            lines = wrapped(name)
            taken = set(self._known.values())
            while lines in taken:
                lines += "\u200b"
            self._known[name] = lines
        return self._known[name]
