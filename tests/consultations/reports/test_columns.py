"""Words of headings stand whole where the line has room for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.reports.blocks import Table
from consultations.reports.columns import LINE, MARGIN, SMALL_LINE, has_room, is_small, shares


def test_heading_is_not_cut_while_another_column_has_room() -> None:
    table = Table(
        "Edad",
        ["Respuesta", "Personas", "Porcentaje", "% ponderado"],
        [["18 a 24 años", "25", "6,7\u00a0%", "6,7\u00a0%"]],
        widths=(6, 1, 1, 1),
    )

    wide = shares(table)

    for heading, width in zip(table.headings, wide, strict=True):
        assert width >= max(map(len, heading.split(" "))) + MARGIN
    assert wide[0] == max(wide)


def test_columns_that_have_room_are_as_wide_as_wished() -> None:
    table = Table("Edad", ["A", "B"], [["a", "b"]], widths=(3, 1))

    assert shares(table) == [LINE * 3 / 4, LINE / 4]


def test_what_is_lacking_is_lacking_everywhere() -> None:
    """Eight long headings: each gets its part, none loses its column."""
    table = Table("", ["insatisfactoriamente"] * 8, [], widths=[5, *[2] * 7])

    assert min(shares(table)) > SMALL_LINE / 12


def test_words_are_cut_only_where_there_is_no_room() -> None:
    assert has_room(Table("", ["Respuesta", "Porcentaje"], []))
    assert not has_room(Table("", ["insatisfactoriamente"] * 8, []))


def test_words_of_a_scale_stand_whole_in_a_table_of_many_columns() -> None:
    steps = ["Muy insatisfactorio", "Insatisfactorio", "Regular", "Satisfactorio", "Muy satisfactorio"]
    table = Table("", ["Afirmación", *steps, "Con respuesta"], [], widths=[5, *[2] * 6])

    for heading, width in zip(table.headings, shares(table), strict=True):
        assert width >= max(map(len, heading.split(" ")))


@given(
    st.lists(st.tuples(st.text("abc ", min_size=1, max_size=60), st.integers(1, 9)), min_size=1, max_size=9)
)
def test_columns_fill_the_line_and_none_is_empty(columns: list[tuple[str, int]]) -> None:
    table = Table("", [text for text, _share in columns], [], widths=[share for _text, share in columns])

    wide = shares(table)

    assert sum(wide) == pytest.approx(SMALL_LINE if is_small(table) else LINE)
    assert min(wide) > 0
