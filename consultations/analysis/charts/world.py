"""Countries by how many people answered from them, on a map that ships with the portal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import altair as alt
from django_countries import countries

from .shapes import WIDTH, Spec
from .theme import BORDER, HIDDEN, SEQUENTIAL

_BORDERS = Path(__file__).parent / "data" / "countries-110m.json"
# Nobody lives there, and it takes a fifth of the picture.
_ANTARCTICA = "010"
_SHAPES, _PEOPLE = "shapes", "people"


def world(people: Mapping[str, int], *, legend: str) -> Spec:
    """``people`` by ISO 3166-1 alpha-2 code. Countries without a figure, hidden ones too, are plain.

    The map leaves out what is too small to be seen at its scale: the table beside it has every country.
    """
    rows = [{"id": _number(code), "people": count} for code, count in people.items() if _number(code)]
    return {**_map(legend), "datasets": {_SHAPES: _borders(), _PEOPLE: rows}}


@lru_cache(maxsize=16)
def _map(legend: str) -> Spec:
    """All but the data. Altair checks what it is given piece by piece: borders would take it a second."""
    shapes = alt.NamedData(_SHAPES, format=alt.TopoDataFormat(type="topojson", feature="countries"))
    every = alt.Chart(shapes).transform_filter(f"datum.id !== '{_ANTARCTICA}'")
    plain = every.mark_geoshape(fill=HIDDEN, stroke=BORDER, strokeWidth=0.4)
    known = every.transform_lookup(
        lookup="id", from_=alt.LookupData(alt.NamedData(_PEOPLE), "id", ["people"])
    ).transform_filter("datum.people > 0")
    scale = alt.Scale(type="sqrt", range=list(SEQUENTIAL), domainMin=0)
    coloured = known.mark_geoshape(stroke=BORDER, strokeWidth=0.4).encode(
        color=alt.Color(
            "people:Q",
            title=legend,
            scale=scale,
            legend=alt.Legend(
                tickMinStep=1,
                tickCount=3,
                gradientLength=200,
                labelOverlap="greedy",
                labelExpr="replace(datum.label, /,/g, '\u00a0')",
            ),
        )
    )
    chart = alt.layer(plain, coloured).project("equalEarth").properties(width=WIDTH, height=280)
    spec: Spec = chart.to_dict()
    del spec["config"]
    return spec


@cache
def _borders() -> dict[str, Any]:
    return json.loads(_BORDERS.read_text(encoding="utf-8"))  # type: ignore[no-any-return]  # our own file


def _number(code: str) -> str:
    """ISO 3166-1 numeric, three digits, as the borders name countries."""
    number = countries.numeric(code, padded=True)
    return str(number) if number else ""
