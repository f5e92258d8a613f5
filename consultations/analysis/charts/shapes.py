"""Charts as specifications (Vega-Lite): what is shown, from plain figures, before anybody draws it.

A figure that is ``None`` is hidden to protect people; it gets a place and a mark, and no length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt

from ..weeks import Grain
from .theme import ACTION, ACTION_SOFT, DIVERGING, INK

Spec = dict[str, Any]
WIDTH = 560
BAR_HEIGHT = 26
# Labels of an axis of counts: a short one has ticks between whole numbers, too.
WHOLE = "datum.value % 1 ? '' : datum.label"
# A part of an agreement scale needs this share of the answers to have its percentage written on it.
NARROWEST = 0.05


@dataclass(frozen=True)
class Bar:
    """One bar. ``low`` and ``high`` are the ends of its interval, where it has one; ``beside`` is a second
    value that is marked on it; ``text`` is its figure in words, written behind it.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    beside: float | None = None
    text: str = ""

    @property
    def end(self) -> float:
        """Where there is room for words."""
        return max(length or 0.0 for length in (self.value, self.high, self.beside))


@dataclass(frozen=True)
class Part:
    """A level of agreement and its share (0 to 1) of the people who answered."""

    label: str
    share: float


def bars(items: Sequence[Bar], *, axis: str, percent: bool = True, hidden: str = "") -> Spec:
    """Lengths side by side, in the order given. ``hidden`` is written where a figure is kept back."""
    rows = [
        {
            "label": bar.label,
            "value": bar.value,
            "low": bar.low,
            "high": bar.high,
            "beside": bar.beside,
            "end": bar.end,
            "text": hidden if bar.value is None else bar.text,
        }
        for bar in items
    ]
    # By name: what is kept back stands in a layer of its own, and would go to the end.
    order = [bar.label for bar in items]
    label = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    marks = (
        alt.Axis(format="%", tickMinStep=0.01)
        if percent
        else alt.Axis(format="d", tickMinStep=1, labelExpr=WHOLE)
    )
    # Where every length is zero, zero stands at the left all the same.
    room = alt.Undefined if any(bar.end for bar in items) else alt.Scale(domain=[0, 1])
    length, end = (alt.X(field, title=axis, axis=marks, scale=room) for field in ("value:Q", "end:Q"))
    base = alt.Chart(alt.Data(values=rows))
    has_intervals = any(bar.low is not None for bar in items)
    # The line of an interval has to be seen on its bar.
    colour = ACTION_SOFT if has_intervals else ACTION
    shown = base.mark_bar(color=colour, height={"band": 0.7}).encode(x=length, y=label)
    words = base.mark_text(align="left", dx=6).encode(x=end, y=label, text="text:N")
    layers = [shown, words]
    if has_intervals:
        layers.append(base.mark_rule(strokeWidth=2, color=INK).encode(x="low:Q", x2="high:Q", y=label))
    if any(bar.beside is not None for bar in items):
        mark = base.mark_tick(color=DIVERGING[0], opacity=1, thickness=4, size=BAR_HEIGHT * 0.8)
        layers.append(mark.encode(x="beside:Q", y=label))
    return made(alt.layer(*layers), height=BAR_HEIGHT * max(len(items), 1))


def diverging(rows: Sequence[tuple[str, Sequence[Part]]]) -> Spec:
    """Agreement scales, one bar an item, around the middle of the scale (Robbins and Heiberger, 2011).

    Levels to the left of the middle disagree, those to the right agree; a middle level is cut in two.
    """
    levels = [part.label for part in rows[0][1]] if rows else []
    colours = _colours(len(levels))
    pieces = [
        {**piece, "ink": "#ffffff" if is_dark(colour) else INK, "share": piece["end"] - piece["start"]}
        for item, parts in rows
        for piece, colour in zip(around_the_middle(item, parts), colours, strict=True)
    ]
    base = alt.Chart(alt.Data(values=pieces))
    item = alt.Y("item:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    # A white edge keeps neighbours apart where colours are printed in grey.
    parts = base.mark_bar(height={"band": 0.75}, stroke="#ffffff", strokeWidth=1).encode(
        x=alt.X("start:Q", title=None, axis=alt.Axis(labelExpr="format(abs(datum.value), '.0%')")),
        x2="end:Q",
        y=item,
        color=alt.Color("level:N", sort=None, title=None, scale=alt.Scale(domain=levels, range=colours)),
    )
    layers = (parts, *(_shares(base, item, ink) for ink in ("#ffffff", INK)))
    return made(alt.layer(*layers), height=BAR_HEIGHT * max(len(rows), 1))


def _shares(base: alt.Chart, item: alt.Y, ink: str) -> alt.Chart:
    """Percentages on the parts that have room for them, in one of the two inks."""
    wide = base.transform_filter(f"datum.share >= {NARROWEST} && datum.ink === '{ink}'")
    middle = wide.transform_calculate(middle="(datum.start + datum.end) / 2")
    written: alt.Chart = middle.mark_text(color=ink, fontSize=11).encode(
        x="middle:Q", y=item, text=alt.Text("share:Q", format=".0%")
    )
    return written


def is_dark(colour: str) -> bool:
    """Whether white is read better on it than ink (relative luminance of WCAG 2)."""
    parts = (part / 255 for part in bytes.fromhex(colour[1:]))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) < 0.18


def around_the_middle(item: str, parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The parts of one bar with their ends, 0 being the middle of the scale."""
    half = len(parts) // 2
    left = sum(part.share for part in parts[:half])
    if len(parts) % 2:
        left += parts[half].share / 2
    pieces, start = [], -left
    for part in parts:
        pieces.append({"item": item, "level": part.label, "start": start, "end": start + part.share})
        start += part.share
    return pieces


def _colours(count: int) -> list[str]:
    return [_between(place) for place in diverging_places(count)]


def _between(place: float) -> str:
    """The colour at a place of the diverging scale, mixed of its neighbours."""
    first = min(int(place), len(DIVERGING) - 2)
    pairs = zip(bytes.fromhex(DIVERGING[first][1:]), bytes.fromhex(DIVERGING[first + 1][1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * (place - first)) for a, b in pairs).hex()


def diverging_places(count: int) -> list[float]:
    """The places of so many levels on the diverging scale, its ends always among them, no two alike.

    Whole numbers are steps of the scale; what lies between two of them is mixed of both. An even number of
    levels has no middle one: it takes the places of one level more, without the middle.
    """
    last, steps = len(DIVERGING) - 1, count - count % 2
    if count < 2:
        return [float(last)] * count
    places = [place * last / steps for place in range(steps + 1)]
    return places if count % 2 else [*places[: count // 2], *places[count // 2 + 1 :]]


def histogram(
    bins: Sequence[tuple[float, float, float | None]], *, axis: str, count: str, hidden: str = ""
) -> Spec:
    """Bins as (from, to, people), side by side. ``hidden`` is written where a figure is kept back."""
    rows = [
        {"from": start, "to": end, "middle": (start + end) / 2, "people": people, "text": hidden}
        for start, end, people in bins
    ]
    base = alt.Chart(alt.Data(values=rows))
    shown = base.mark_bar(color=ACTION, binSpacing=1).encode(
        x=alt.X("from:Q", bin="binned", title=axis, axis=alt.Axis(format="~f")),
        x2="to:Q",
        y=alt.Y(
            "people:Q",
            title=count,
            axis=alt.Axis(tickMinStep=1, labelExpr=WHOLE),
            scale=alt.Scale(domainMin=0),
        ),
    )
    kept_back = base.transform_filter("datum.people === null").mark_text(baseline="bottom", dy=-4)
    layers = (shown, kept_back.encode(x="middle:Q", y=alt.datum(0), text="text:N"))
    return made(alt.layer(*layers), height=220)


def by_day(days: Mapping[date, int], *, count: str) -> Spec:
    """People a day."""
    bars = [(day, day + timedelta(days=1), people) for day, people in sorted(days.items())]
    return by_time(bars, grain=Grain.DAY, count=count)


def by_time(
    bars: Sequence[tuple[date, date, int | None]], *, grain: Grain, count: str, hidden: str = ""
) -> Spec:
    """People by day, week, month or year, as (from, to, people); ``hidden`` stands for what is kept back."""
    rows = [
        {
            "from": start.isoformat(),
            "to": until.isoformat(),
            "middle": (start + (until - start) / 2).isoformat(),
            "people": people,
            "text": hidden,
        }
        for start, until, people in bars
    ]
    base = alt.Chart(alt.Data(values=rows))
    utc = alt.Scale(type="utc")
    marks = alt.Axis(format=_TIME_FORMATS[grain], tickCount=8)
    shown = base.mark_bar(color=ACTION, stroke="#ffffff", strokeWidth=0.5).encode(
        x=alt.X("from:T", title=None, axis=marks, scale=utc),
        x2="to:T",
        y=alt.Y("people:Q", title=count, stack=None, axis=alt.Axis(tickMinStep=1, labelExpr=WHOLE)),
        y2=alt.datum(0),
    )
    if all(people is not None for _start, _until, people in bars):
        return made(shown, height=200)
    kept_back = base.transform_filter("datum.people === null").mark_text(baseline="bottom", dy=-4)
    words = kept_back.encode(x=alt.X("middle:T", scale=utc), y=alt.datum(0), text="text:N")
    return made(alt.layer(shown, words), height=200)


_TIME_FORMATS = {Grain.DAY: "%d/%m", Grain.WEEK: "%d/%m/%y", Grain.MONTH: "%m/%Y", Grain.YEAR: "%Y"}


def made(chart: alt.Chart | alt.LayerChart | alt.FacetChart, *, height: int) -> Spec:
    spec: Spec = chart.properties(width=WIDTH, height=height).to_dict()
    del spec["config"]
    return spec
