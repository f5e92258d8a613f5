"""Weights and comparisons by what is known of the population."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

import consultations
from consultations.analysis.axes import NoAxisError
from consultations.analysis.disclosure import protected_comparison
from consultations.analysis.protection import Protection
from consultations.analysis.schemes import comparison, raked, weights_of
from consultations.models import ReferenceFigure, WeightingScheme
from tests.consultations.staff import administrator, signed_in, staff

from .people import frame_of_crowd

pytestmark = pytest.mark.django_db

DEMO = Path(consultations.__file__).parent / "demo" / "reference_figures.csv"
HEADINGS = "dimension,category,share_percent,population_total,definition,source,status\n"


def written(folder: Path, rows: str) -> Path:
    path = folder / "figures.csv"
    path.write_text(HEADINGS + rows, encoding="utf-8")
    return path


def figures(*, rest: str = "other") -> None:
    for category, share in (("p", 60), (rest, 40)):
        ReferenceFigure.objects.create(
            variable="letter", category=category, share=share, definition="Everybody", source="A register"
        )


def test_command_tells_what_it_did_and_what_is_wrong(tmp_path: Path, capsys: Any) -> None:
    call_command("import_reference_figures", DEMO)
    assert "10" in capsys.readouterr().out
    assert ReferenceFigure.objects.filter(variable="country").count() == 8

    with pytest.raises(CommandError):
        call_command("import_reference_figures", written(tmp_path, "a,b,c,,d,e,f\n"))
    assert "2: " in capsys.readouterr().err


def scheme(**margins: Any) -> WeightingScheme:
    return WeightingScheme(margins=[{"column": "a", "reference": "letter", **margins}])


def test_weights_follow_the_reference_and_other_takes_the_rest() -> None:
    figures()
    frame = frame_of_crowd([{"a": "p"}, {"a": "q"}, {"a": "r"}, {"a": "s"}, {}])

    weights = weights_of(frame, scheme())

    assert weights.to_list() == pytest.approx([2.4, 4 * 0.4 / 3, 4 * 0.4 / 3, 4 * 0.4 / 3, 1])
    assert raked(frame, scheme()).unmatched == {"letter": 1}


def test_categories_are_matched_by_name_where_they_differ() -> None:
    figures()
    frame = frame_of_crowd([{"a": "q"}, {"a": "r"}])

    weights = weights_of(frame, scheme(match={"q": "p", "*": "other"}))

    assert weights.to_list() == pytest.approx([1.2, 0.8])


def test_column_that_is_gone_or_overlaps_makes_no_margin() -> None:
    frame = frame_of_crowd([{"a": "q", "m": ["j"]}])

    for column in ("gone", "m"):
        with pytest.raises(NoAxisError):
            weights_of(frame, scheme(column=column))


def test_sample_stands_beside_the_population() -> None:
    figures(rest="r")
    frame = frame_of_crowd([{"a": "p"}, {"a": "q"}, {"a": "q"}, {"a": "r"}, {}])

    lines = comparison(frame, {"column": "a", "reference": "letter"})

    assert [(line.category, line.people, line.sample, line.reference, line.difference) for line in lines] == [
        ("p", 1, 25.0, 60.0, -35.0),
        ("r", 1, 25.0, 40.0, -15.0),
        ("", 2, 50.0, None, None),
    ]
    weighted = comparison(
        frame, {"column": "a", "reference": "letter"}, weights=pl.Series([3.0, 1.0, 1.0, 1.0, 9.0])
    )
    assert [line.weighted for line in weighted] == pytest.approx([50, 100 / 6, 100 / 3])
    hidden = protected_comparison(lines, Protection(3))
    assert [line.people for line in hidden] == [None, None, None]
    assert [line.reference for line in hidden] == [60.0, 40.0, None]


def test_sample_of_a_filter_is_told_in_steps() -> None:
    """Exact counts under a filter could be subtracted from those of everybody."""
    figures()
    frame = frame_of_crowd([*[{"a": "p"}] * 13, *[{"a": "q"}] * 11])
    margin = {"column": "a", "reference": "letter"}

    lines = comparison(frame, margin, weights=pl.Series([1.0] * 13 + [1.3] * 11))
    coarse = protected_comparison(lines, Protection(10, coarse=True))

    assert [(line.people, line.sample, line.weighted) for line in coarse if line.people] == [
        (15, 60.0, 48.0),
        (10, 40.0, 52.0),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_figures_takes_the_same_queries_for_any_number(
    number: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(number):
        ReferenceFigure.objects.create(
            variable="letter", category=f"c{place}", share=1, definition="Everybody", source="A register"
        )
    client, url = administrator(), reverse(ReferenceFigure.snippet_viewset.get_url_name("list"))
    client.get(url)

    with django_assert_max_num_queries(14):
        page = client.get(url)

    assert page.content.decode().count("A register") >= number


def test_analysts_see_the_figures_and_others_do_not() -> None:
    url = reverse(ReferenceFigure.snippet_viewset.get_url_name("list"))

    assert signed_in(staff("view_referencefigure")).get(url).status_code == 200
    assert signed_in(staff("view_consultation")).get(url).status_code == 302
