"""Charts are drawn here, from plain figures, and fetch nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from consultations.analysis.charts import comparing, drawing, shapes, world
from consultations.analysis.charts.labels import broken, on_lines
from consultations.analysis.charts.shapes import Bar, Part
from consultations.analysis.charts.theme import DIVERGING, INK

AGREEMENT = [Part("Mala", 0.5), Part("Regular", 0.2), Part("Buena", 0.3)]
CHARTS: dict[str, dict[str, Any]] = {
    "bars": shapes.bars([Bar("Distancia", 0.36, 0.3, 0.42), Bar("Costo", None)], axis="%", hidden="*"),
    "diverging": shapes.diverging([("Espera", AGREEMENT)]),
    "histogram": shapes.histogram(
        [(1950, 1960, 3), (1960, 1970, None)], axis="Año", count="Personas", hidden="*"
    ),
    "by_day": shapes.by_day({date(2026, 10, 1): 4, date(2026, 10, 2): 6}, count="Personas"),
    "world": world.world({"US": 120, "IT": 40}, legend="Personas"),
    "nothing": shapes.bars([], axis="%"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_drawn_as_a_picture_and_as_shapes(name: str) -> None:
    assert drawing.svg_for_page(CHARTS[name]).startswith("<svg")
    assert drawing.png_file(CHARTS[name]).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", CHARTS)
def test_chart_asks_nothing_of_anybody(name: str) -> None:
    """No address but those of the names of SVG itself, no script, no style that a strict policy refuses."""
    svg = drawing.svg_for_page(CHARTS[name])

    assert set(re.findall(r"https?://[^\"' )]+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=", svg)


@pytest.mark.parametrize(
    ("language", "written"), [("es", "0,5\u00a0%"), ("it", "0,5\u00a0%"), ("en", "0.5\u00a0%")]
)
def test_numbers_beside_an_axis_are_written_as_in_tables(language: str, written: str) -> None:
    spec = shapes.bars([Bar("Distancia", 0.006)], axis="%")
    for layer in spec["layer"]:
        layer["encoding"]["x"]["axis"] = {"format": ".1%", "values": [0.005]}

    with translation.override(language):
        assert f">{written}</text>" in drawing.svg_for_page(spec)


def test_axis_of_percentages_has_whole_ones() -> None:
    svg = drawing.svg_for_page(shapes.bars([Bar("Lima", 0.065), Bar("Turín", 0.02)], axis="%"))

    assert set(re.findall(r">([^<>]*)\u00a0%</text>", svg)) >= {"0", "2", "6"}
    assert not re.search(r"[.,]\d\u00a0%</text>", svg)


def test_chart_in_a_page_takes_the_ink_of_the_page() -> None:
    assert "currentColor" in drawing.svg_for_page(CHARTS["bars"])
    assert "currentColor" not in drawing.svg_file(CHARTS["bars"])


def test_hidden_figure_is_said_and_has_no_length() -> None:
    for name in ("bars", "histogram"):
        svg = drawing.svg_for_page(CHARTS[name])

        assert ">*</text>" in svg
        assert len(re.findall(r"aria-roledescription=\"bar\"", svg)) == 1


def test_long_names_stand_in_full_and_apart() -> None:
    """The parts of a table of statements begin alike; cut at the same place they would be one bar."""
    name = "El Ministerio de Relaciones Exteriores del Perú, con sus oficinas consulares"
    bars = [Bar(f"{name}: {level}", 0.3) for level in ("poca", "mucha")]
    endless = [Bar("x" * 200 + level, 0.3) for level in "ab"]

    svg = drawing.svg_file(on_lines(broken(shapes.bars(bars, axis="%")), width=shapes.WIDTH))
    cut = broken(shapes.bars(endless, axis="%"))

    assert "poca" in svg
    assert "mucha" in svg
    assert "…" not in svg
    assert len({row["label"] for row in cut["data"]["values"]}) == 2


def test_share_of_nobody_is_no_hidden_one() -> None:
    spec = comparing.heat(["a"], ["x", "y"], [[None, float("nan")]], hidden="*")

    assert [cell["hidden"] for cell in spec["data"]["values"]] == ["*", "–"]


def test_agreement_lies_around_the_middle() -> None:
    rows = CHARTS["diverging"]["data"]["values"]

    assert [(round(row["start"], 2), round(row["end"], 2)) for row in rows] == [
        (-0.6, -0.1),
        (-0.1, 0.1),
        (0.1, 0.4),
    ]


@pytest.mark.parametrize("count", range(2, 12))
def test_no_two_levels_of_a_scale_are_drawn_alike(count: int) -> None:
    spec = shapes.diverging([("Espera", [Part(str(level), 1 / count) for level in range(count)])])

    colours = spec["layer"][0]["encoding"]["color"]["scale"]["range"]
    assert len(set(colours)) == count
    assert (colours[0], colours[-1]) == (DIVERGING[0], DIVERGING[-1])
    # Nothing neutral where no level is in the middle.
    assert (DIVERGING[2] in colours) == (count % 2 == 1)


def test_parts_of_agreement_have_their_percentage_in_an_ink_that_can_be_read() -> None:
    svg = drawing.svg_file(shapes.diverging([("Espera", AGREEMENT)]))

    inks = dict(re.findall(r'fill="(#\w{6})"[^>]*>(\d+)\u00a0%</text>', svg))
    assert inks == {"#ffffff": "30", INK: "20"}
    assert [shapes.is_dark(colour) for colour in DIVERGING] == [True, False, False, False, True]


def test_bars_have_their_figure_written_behind_them() -> None:
    svg = drawing.svg_file(shapes.bars([Bar("Costo", 0.3, text="30,0 %"), Bar("Distancia", 0.0)], axis="%"))

    assert ">30,0 %</text>" in svg


def test_nothing_but_zeros_stands_at_the_left() -> None:
    svg = drawing.svg_file(shapes.bars([Bar("Costo", 0.0, text="0,0 %")], axis="%"))

    assert ">100\u00a0%</text>" in svg


def test_axis_of_counts_has_whole_numbers_alone() -> None:
    svg = drawing.svg_file(shapes.bars([Bar("Costo", 1.15)], axis="", percent=False))

    assert re.findall(r">(\d)</text>", svg) == ["0", "1"]


def test_words_of_a_file_are_inside_it() -> None:
    svg = drawing.with_words("<svg width='1'><g/></svg>", title="A < B", description="More & more.")

    assert svg == (
        "<svg width='1' role=\"img\"><title>A &lt; B</title><desc>More &amp; more.</desc><g/></svg>"
    )


def test_map_shows_every_country_and_colours_those_with_answers() -> None:
    svg = drawing.svg_for_page(CHARTS["world"])

    assert svg.count('aria-roledescription="geoshape"') == 2
    assert svg.count('fill="#d5cec8"') > 170
