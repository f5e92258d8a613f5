"""Exhibits in templates: figures in words, lengths of bars, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from ..analysis.charts import drawing
from ..analysis.charts.shapes import Spec, around_the_middle, diverging_places
from ..analysis.screens import writing
from ..analysis.screens.exhibits import Exhibit, Row, Stack, Unit, Value
from ..analysis.screens.files import drawn

register = template.Library()
# The same chart for a telephone: its letters keep their size.
NARROW = {"width": 270, "height": 170}
# Half a mark of a pair, in percent of the narrowest width that it stands in.
MARK = 6


@dataclass(frozen=True)
class Cell:
    """One figure, ready to be written. ``length`` is percent of the width, where it is drawn as a bar."""

    text: str
    is_number: bool
    is_kept_back: bool = False
    length: str = ""
    second: str = ""


@register.simple_tag
def cells(exhibit: Exhibit, row: Row) -> list[Cell]:
    headings = exhibit.headings[1:]
    found = []
    for place, (value, heading) in enumerate(zip(row.values, headings, strict=True)):
        text = writing.written(value, heading.unit)
        drawn_here = exhibit.has_bars and place == exhibit.bar
        second = row.values[exhibit.second] if drawn_here and exhibit.second is not None else None
        found.append(
            Cell(
                text,
                is_number=heading.unit is not Unit.TEXT,
                is_kept_back=value is None,
                length=_length(value, exhibit) if drawn_here else "",
                second=_length(second, exhibit),
            )
        )
    return found


@register.simple_tag
def written(value: Value, unit: Unit) -> str:
    return writing.written(value, unit)


def _length(value: Value, exhibit: Exhibit) -> str:
    """Percent of the width with a point, whatever the language writes. Marks of pairs keep off its ends."""
    if not isinstance(value, int | float) or value != value or not exhibit.longest:
        return ""
    start = MARK if exhibit.shape == "pairs" else 0
    return f"{start + (100 - 2 * start) * value / exhibit.longest:.2f}"


@register.simple_tag
def picture(exhibit: Exhibit) -> SafeString:
    """Our own drawing, in the ink of the page, for a desk and for a telephone; its words stand beside it."""
    if exhibit.draw is None:
        return SafeString("")
    spec = exhibit.draw()
    return mark_safe(_drawn(spec, "wide") + _drawn({**spec, **NARROW}, "narrow"))  # noqa: S308  (drawn from escaped figures by us)


def _drawn(spec: Spec, width: str) -> str:
    svg = str(drawn(spec, drawing.svg_for_page))
    return svg.replace("<svg ", f'<svg aria-hidden="true" focusable="false" data-width="{width}" ', 1)


@dataclass(frozen=True)
class Shade:
    """A place on the scale of colours: ``step``, and over it the next one, as thick as ``over`` says.

    Colours are the style sheet's, light or dark. ``against``: it lies on the side of those who disagree,
    which is hatched, since both ends of the scale are equally dark in grey.
    """

    step: int
    over: str
    against: bool

    @property
    def next(self) -> int:
        return self.step + 1


def _shades(count: int) -> list[Shade]:
    places = diverging_places(count)
    return [
        Shade(int(place), f"{place % 1:.2f}" if place % 1 else "", against=count > 1 and number < count // 2)
        for number, place in enumerate(places)
    ]


@register.filter
def first_parts(stacks: tuple[Stack, ...]) -> list[dict[str, Any]]:
    """The levels of an agreement scale with their shades."""
    parts = next((stack.parts for stack in stacks if stack.parts), ())
    return [
        {"label": part.label, "shade": shade} for part, shade in zip(parts, _shades(len(parts)), strict=True)
    ]


@register.simple_tag
def pieces(stack: Stack, exhibit: Exhibit) -> list[dict[str, Any]]:
    """The parts of a bar of agreement, in percent of the width whose middle is the scale's middle.

    The bar that reaches farthest to one side takes all of that half, and the others are measured by it.
    """
    half = 50 / (_reach(exhibit) or 1)
    return [
        {
            "level": piece["level"],
            "x": f"{50 + half * piece['start']:.2f}",
            "width": f"{half * (piece['end'] - piece['start']):.2f}",
            "shade": shade,
            "text": writing.percent(100 * (piece["end"] - piece["start"])),
        }
        for piece, shade in zip(
            around_the_middle(stack.label, stack.parts), _shades(len(stack.parts)), strict=True
        )
    ]


def _reach(exhibit: Exhibit) -> float:
    """How far any bar goes from the middle of the scale, 0 to 1."""
    ends = (
        abs(piece[side])
        for stack in exhibit.stacks
        for piece in around_the_middle(stack.label, stack.parts)
        for side in ("start", "end")
    )
    return max(ends, default=0.0)
