"""Tables are what counting people one by one gives; tests and intervals are those of SciPy."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from consultations.analysis import frame as frames
from consultations.analysis.axes import NoAxisError, fields
from consultations.analysis.caveats import caveats, in_words, sentence
from consultations.analysis.crosstabs import CrossTab, Table, crosstab
from consultations.analysis.disclosure import protected_crosstab
from consultations.analysis.inference import Association, association, wilson
from consultations.analysis.protection import Protection

from .people import OPTIONS, crowds, frame_of_crowd


def answers(person: dict[str, Any], name: str) -> list[str]:
    value = person.get(name, [])
    return value if isinstance(value, list) else [value]


def counted(table: Table) -> list[list[int | None]]:
    return [[cell.count for cell in line] for line in table.cells]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(crowds(), st.permutations(("a", "b", "c", "m")), st.data())
def test_cells_and_totals_are_those_of_counting_by_hand(
    people: list[dict[str, Any]], names: list[str], data: st.DataObject
) -> None:
    rows, columns = names[:2]
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=len(people), max_size=len(people)))
    chosen = data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people)))
    table = crosstab(
        frame_of_crowd(people), rows, columns, only=pl.Series(chosen), weights=pl.Series(weights)
    )

    both = [
        (person, weight)
        for person, weight, looked_at in zip(people, weights, chosen, strict=True)
        if looked_at and answers(person, rows) and answers(person, columns)
    ]
    cells: Counter[tuple[str, str]] = Counter()
    sums: Counter[tuple[str, str]] = Counter()
    for person, weight in both:
        for row in answers(person, rows):
            for column in answers(person, columns):
                cells[row, column] += 1
                sums[row, column] += weight
    only = table.tables[0]
    for r, row in enumerate(OPTIONS[rows]):
        in_row = [weight for person, weight in both if row in answers(person, rows)]
        assert only.row_totals[r].count == len(in_row)
        assert only.row_totals[r].weighted == pytest.approx(sum(in_row))
        if in_row:
            kish = sum(in_row) ** 2 / sum(weight**2 for weight in in_row)
            assert only.row_totals[r].effective == pytest.approx(kish)
        for c, column in enumerate(OPTIONS[columns]):
            cell = only.cells[r][c]
            assert cell.count == cells[row, column]
            assert cell.weighted == pytest.approx(sums[row, column])
            if in_row:
                assert cell.of_row == pytest.approx(100 * cells[row, column] / len(in_row))
                assert cell.weighted_of_row == pytest.approx(100 * sums[row, column] / sum(in_row))
    assert (only.whole.count, table.responses) == (len(both), sum(chosen))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(crowds())
def test_layers_are_the_tables_of_those_who_gave_the_third_answer(people: list[dict[str, Any]]) -> None:
    frame = frame_of_crowd(people)

    for layers in ("c", "m"):
        table = crosstab(frame, "a", "b", layers=layers)
        for each in table.tables:
            assert each.layer
            rows = pl.Series([each.layer.name in answers(person, layers) for person in people])
            assert counted(each) == counted(crosstab(frame, "a", "b", only=rows).tables[0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4))
def test_chi_square_is_scipy_s(rows: list[list[int]]) -> None:
    counts = np.array(rows, dtype=float)
    kept = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    found = association(counts)
    if min(kept.shape) < 2:
        assert found is None
        return

    theirs = stats.chi2_contingency(kept, correction=False)
    assert found
    assert found.statistic == pytest.approx(theirs.statistic)
    assert (found.p, found.df) == (pytest.approx(theirs.pvalue), theirs.dof)
    assert found.cramers_v == pytest.approx(stats.contingency.association(kept.astype(int), method="cramer"))
    assert found.few_expected == pytest.approx((theirs.expected_freq < 5).mean())


@given(st.integers(1, 500), st.data())
def test_interval_is_wilson_s(people: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, people))

    theirs = stats.binomtest(count, people).proportion_ci(method="wilson")

    assert wilson(count / people, people) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert wilson(0.5, 0) is None


def test_numbers_stand_in_the_bars_of_their_histogram_and_days_in_weeks() -> None:
    people = [{"n": 1950 + number, "a": "p"} for number in range(40)]
    frame = frame_of_crowd(people)

    table = crosstab(frame, "n", frames.DAY)

    assert [c.name for c in table.rows.categories][:2] == ["1950–1960", "1960–1970"]
    assert [c.count for c in table.rows.categories] == [10, 10, 10, 10]
    assert [c.name for c in table.columns.categories] == ["2026-11-02"]


def test_several_choices_have_no_test_and_percentages_of_people() -> None:
    people = 10 * [{"a": "p", "m": ["j", "k"]}] + 10 * [{"a": "q", "m": ["j"]}]

    table = crosstab(frame_of_crowd(people), "m", "a").tables[0]

    assert table.test is None
    assert counted(table) == [[10, 10, 0, 0], [10, 0, 0, 0], [0, 0, 0, 0]]
    assert [margin.count for margin in table.column_totals] == [10, 10, 0, 0]
    assert [line[0].of_column for line in table.cells] == [100, 100, 0]


def test_texts_the_same_field_twice_and_unknown_ones_make_no_table() -> None:
    frame = frame_of_crowd([{"a": "p"}])

    for rows, columns in (("a", "nothing"), ("response.id", "a")):
        with pytest.raises(NoAxisError):
            crosstab(frame, rows, columns)
    with pytest.raises(ValueError, match="itself"):
        crosstab(frame, "a", "a")
    assert [name for name, _label in fields(frame)] == ["a", "b", "c", "m", "n", *ABOUT]


ABOUT = ["response.language", "response.channel", "response.version", "response.day"]


def test_empty_collection_has_an_empty_table() -> None:
    table = crosstab(frame_of_crowd([]), "a", "n")

    assert (table.responses, table.tables[0].whole.count, table.tables[0].test) == (0, 0, None)


def test_sentences_say_how_strong_a_relation_is_and_whether_to_trust_the_test() -> None:
    strong = Association(80, 1, 1e-9, 0.6, 0.0, 20.0)
    doubtful = Association(2, 1, 0.4, 0.2, 0.5, 0.4)

    with override("en"):
        assert sentence(strong) == "There is a strong relation (Cramér’s V 0.60, p less than 0.001)."
        assert sentence(doubtful).startswith("No relation is to be seen")
        assert "50 % of the cells" in sentence(doubtful)
        assert "Cramér’s V 0.10, p 0.030" in sentence(Association(5, 1, 0.0299, 0.0999, 0.0, 20.0))
    assert (strong.is_doubtful, doubtful.is_doubtful) == (False, True)


def test_caveats_fit_the_table() -> None:
    people = 30 * [{"a": "p", "b": "x", "m": ["j"]}] + 30 * [{"a": "q", "b": "y", "m": ["k"]}]
    frame = frame_of_crowd(people)
    plain: CrossTab = crosstab(frame, "a", "b")
    several = crosstab(frame, "a", "m", weights=pl.Series([1.0] * 60))

    assert len(caveats(plain)) == 2
    assert len(caveats(several)) == 4
    assert len(caveats(protected_crosstab(plain, Protection(5)))) == 3
    assert in_words(several.tables[0]) == ""
    assert in_words(plain.tables[0])
