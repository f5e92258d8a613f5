"""Charts of pairs and of tables: two shares a row, and a cross-tab in colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from .shapes import BAR_HEIGHT, Spec, made
from .theme import ACTION, BORDER, DIVERGING, HIDDEN, INK, SEQUENTIAL


def dumbbells(rows: Sequence[tuple[str, float | None, float | None]], *, names: tuple[str, str]) -> Spec:
    """Two shares (0 to 1) a row, joined by a line: the first a disc, the second a square."""
    ends = [
        {"label": label, "first": first, "second": second, "which": which, "share": share}
        for label, first, second in rows
        for which, share in zip(names, (first, second), strict=True)
    ]
    base = alt.Chart(alt.Data(values=ends)).transform_filter("isValid(datum.share)")
    # Room for the marks at zero beside the names.
    label = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=10))
    ends_of = list(names)
    both = base.transform_filter("isValid(datum.first) && isValid(datum.second)")
    lines = both.mark_rule(strokeWidth=2, color=BORDER).encode(x="first:Q", x2="second:Q", y=label)
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X(
            "share:Q", title=None, axis=alt.Axis(format="%", tickMinStep=0.01), scale=alt.Scale(domainMin=0)
        ),
        y=label,
        color=alt.Color("which:N", title=None, scale=alt.Scale(domain=ends_of, range=[ACTION, DIVERGING[0]])),
        shape=alt.Shape("which:N", title=None, scale=alt.Scale(domain=ends_of, range=["circle", "square"])),
    )
    return made(alt.layer(lines, points), height=BAR_HEIGHT * max(len(rows), 1))


def heat(
    rows: Sequence[str], columns: Sequence[str], shares: Sequence[Sequence[float | None]], *, hidden: str
) -> Spec:
    """A table in colours, its shares (0 to 1) written in the cells; ``hidden`` where one is kept back.

    A share of nobody is not-a-number.
    """
    cells = [
        {"row": row, "column": column, **_shown(share, hidden)}
        for row, line in zip(rows, shares, strict=True)
        for column, share in zip(columns, line, strict=True)
    ]
    band = alt.Scale(paddingInner=0.04)
    base = alt.Chart(alt.Data(values=cells)).encode(
        x=alt.X("column:N", sort=None, title=None, scale=band, axis=alt.Axis(orient="top", labelAngle=-30)),
        y=alt.Y("row:N", sort=None, title=None, scale=band),
    )
    scale = alt.Scale(range=list(SEQUENTIAL), domainMin=0)
    known = base.transform_filter("datum.share !== null")
    warm = known.mark_rect().encode(color=alt.Color("share:Q", scale=scale, legend=None))
    largest = max((cell["share"] or 0.0 for cell in cells), default=0.0)
    on_dark = alt.condition(f"datum.share > {largest * 0.55}", alt.value("#ffffff"), alt.value(INK))
    text = known.mark_text().encode(text=alt.Text("share:Q", format=".0%"), color=on_dark)
    kept_back = base.transform_filter("datum.share === null")
    layers = (
        warm,
        text,
        kept_back.mark_rect(color=HIDDEN),
        kept_back.mark_text(color=INK).encode(text="hidden:N"),
    )
    return made(alt.layer(*layers), height=BAR_HEIGHT * max(len(rows), 1) + 10)


def _shown(share: float | None, hidden: str) -> dict[str, Any]:
    if share is None:
        return {"share": None, "hidden": hidden}
    return {"share": None, "hidden": "–"} if math.isnan(share) else {"share": share, "hidden": ""}
