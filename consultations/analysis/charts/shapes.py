"""Charts as specifications (Vega-Lite): what is shown, from plain figures, before anybody draws it.

A figure that is ``None`` is hidden to protect people; it gets a place and a mark, and no length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from .theme import ACTION, ACTION_SOFT, DIVERGING, INK

Spec = dict[str, Any]
WIDTH = 560
BAR_HEIGHT = 26


@dataclass(frozen=True)
class Bar:
    """One bar. ``low`` and ``high`` are the ends of its interval, where it has one; ``beside`` is a second
    value that is marked on it.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    beside: float | None = None


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
            "text": hidden,
        }
        for bar in items
    ]
    # By name: what is kept back stands in a layer of its own, and would go to the end.
    order = [bar.label for bar in items]
    label = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    number = "%" if percent else "d"
    length = alt.X("value:Q", title=axis, axis=alt.Axis(format=number, tickMinStep=0 if percent else 1))
    base = alt.Chart(alt.Data(values=rows))
    has_intervals = any(bar.low is not None for bar in items)
    # The line of an interval has to be seen on its bar.
    colour = ACTION_SOFT if has_intervals else ACTION
    shown = base.mark_bar(color=colour, height={"band": 0.7}).encode(x=length, y=label)
    layers = [shown, _kept_back(base, label)]
    if has_intervals:
        layers.append(base.mark_rule(strokeWidth=2, color=INK).encode(x="low:Q", x2="high:Q", y=label))
    if any(bar.beside is not None for bar in items):
        mark = base.mark_tick(color=DIVERGING[0], opacity=1, thickness=4, size=BAR_HEIGHT * 0.8)
        layers.append(mark.encode(x="beside:Q", y=label))
    return made(alt.layer(*layers), height=BAR_HEIGHT * max(len(items), 1))


def _kept_back(base: alt.Chart, label: alt.Y) -> alt.Chart:
    hidden: alt.Chart = base.transform_filter("datum.value === null").mark_text(align="left", dx=4)
    return hidden.encode(x=alt.value(0), y=label, text="text:N")


def diverging(rows: Sequence[tuple[str, Sequence[Part]]]) -> Spec:
    """Agreement scales, one bar an item, around the middle of the scale (Robbins and Heiberger, 2011).

    Levels to the left of the middle disagree, those to the right agree; a middle level is cut in two.
    """
    levels = [part.label for part in rows[0][1]] if rows else []
    pieces = [piece for item, parts in rows for piece in around_the_middle(item, parts)]
    chart = alt.Chart(alt.Data(values=pieces)).mark_bar(height={"band": 0.75})
    encoded = chart.encode(
        x=alt.X("start:Q", title=None, axis=alt.Axis(labelExpr="format(abs(datum.value), '.0%')")),
        x2="end:Q",
        y=alt.Y("item:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
        color=alt.Color(
            "level:N", sort=None, title=None, scale=alt.Scale(domain=levels, range=_colours(len(levels)))
        ),
    )
    return made(encoded, height=BAR_HEIGHT * max(len(rows), 1))


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
    """As many steps of the diverging scale as there are levels, its ends always among them.

    More levels than steps take colours between them, so that no two are alike.
    """
    if count <= len(DIVERGING):
        return [DIVERGING[step] for step in diverging_steps(count)]
    return [_between(place * (len(DIVERGING) - 1) / (count - 1)) for place in range(count)]


def _between(place: float) -> str:
    """The colour at a place of the diverging scale, mixed of its neighbours."""
    first = min(int(place), len(DIVERGING) - 2)
    pairs = zip(bytes.fromhex(DIVERGING[first][1:]), bytes.fromhex(DIVERGING[first + 1][1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * (place - first)) for a, b in pairs).hex()


def diverging_steps(count: int) -> list[int]:
    """The places of so many levels on the diverging scale."""
    if count < 2:
        return [len(DIVERGING) - 1] * count
    steps = (0, 1, 2, 3, 4) if count % 2 else (0, 1, 3, 4)
    return [steps[round(place * (len(steps) - 1) / (count - 1))] for place in range(count)]


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
        y=alt.Y("people:Q", title=count, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(domainMin=0)),
    )
    kept_back = base.transform_filter("datum.people === null").mark_text(baseline="bottom", dy=-4)
    layers = (shown, kept_back.encode(x="middle:Q", y=alt.datum(0), text="text:N"))
    return made(alt.layer(*layers), height=220)


def by_day(days: Mapping[date, int], *, count: str) -> Spec:
    """People a day."""
    rows = [{"day": day.isoformat(), "people": people} for day, people in sorted(days.items())]
    chart = alt.Chart(alt.Data(values=rows)).mark_bar(color=ACTION)
    encoded = chart.encode(
        x=alt.X("utcyearmonthdate(day):T", title=None, axis=alt.Axis(format="%d/%m", tickCount=8)),
        y=alt.Y("people:Q", title=count, axis=alt.Axis(tickMinStep=1)),
    )
    return made(encoded, height=200)


def made(chart: alt.Chart | alt.LayerChart | alt.FacetChart, *, height: int) -> Spec:
    spec: Spec = chart.properties(width=WIDTH, height=height).to_dict()
    del spec["config"]
    return spec
