"""Filters that were shown cannot be subtracted down to a few people."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.analysis.filters import (
    EVERYTHING,
    Condition,
    Filter,
    FilterError,
    Group,
    Operator,
    from_query,
)
from consultations.analysis.frame import Frame
from consultations.analysis.guard import permitted_mask, tells
from consultations.analysis.selecting import mask
from consultations.models import Consultation, ReleasedFilter
from tests.consultations.staff import staff, staff_of
from tests.factories.consultations import ConsultationFactory

from .people import OPTIONS, crowds, frame_of_crowd

conditions = st.sampled_from("abc").flatmap(
    lambda name: st.builds(
        Condition,
        st.just(name),
        st.sampled_from((Operator.ANY, Operator.NOT)),
        st.lists(st.sampled_from(OPTIONS[name]), min_size=1, max_size=3, unique=True).map(tuple),
    )
)
filters = st.one_of(
    conditions,
    st.builds(Group, st.sampled_from(("and", "or")), st.lists(conditions, min_size=2, max_size=3).map(tuple)),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(crowds(smallest=30), st.lists(filters, min_size=1, max_size=4), st.sampled_from((5, 10)))
def test_no_sum_of_what_was_shown_is_about_a_few(
    people: list[dict[str, Any]], asked_for: list[Filter], minimum: int
) -> None:
    frame = frame_of_crowd(people)
    shown: list[pl.Series] = []
    for tree in asked_for:
        rows = mask(frame, tree)
        if minimum <= rows.sum() <= len(people) - minimum and not tells(frame, shown, rows, set(), minimum):
            shown.append(rows)

    everybody = np.ones(len(people), dtype=int)
    selections = [everybody, *(rows.to_numpy().astype(int) for rows in shown)]
    for factors in product((-2, -1, 0, 1, 2), repeat=len(selections)):
        reached = np.count_nonzero(sum(f * s for f, s in zip(factors, selections, strict=True)))
        assert reached == 0 or reached >= minimum


def planted() -> Frame:
    """One person alone said p; the tally shows r and s, and hides q with p."""
    people = [{"a": "p", "b": "x"}] + 20 * [{"a": "q", "b": "x"}] + 21 * [{"a": "r", "b": "y"}]
    return frame_of_crowd(people + 22 * [{"a": "s", "b": "y"}])


@pytest.fixture
def consultation(db: None) -> Consultation:
    return ConsultationFactory(open=True, minimum_cell=5)


def shown(user: Any, consultation: Consultation, query: str) -> int | None:
    """How many the filter lets through for this person; ``None`` where it is refused."""
    try:
        rows = permitted_mask(user, consultation, planted(), from_query(query))
    except FilterError:
        return None
    return planted().table.height if rows is None else int(rows.sum())


def test_few_and_all_but_few_are_refused(consultation: Consultation) -> None:
    reader = staff("view_consultation")

    assert shown(reader, consultation, "a:is:p") is None
    assert shown(reader, consultation, "a:not:p") is None
    assert shown(reader, consultation, "a:any:q|r|s") is None
    assert shown(reader, consultation, "a:is:r") == 21


def test_hidden_companion_of_a_small_number_is_no_filter(consultation: Consultation) -> None:
    """q is hidden to protect p: together they are what r and s leave of the whole."""
    reader = staff("view_consultation")

    assert shown(reader, consultation, "a:is:q") is None
    assert shown(reader, consultation, "a:any:p|q") == 21


def test_one_person_more_or_less_is_refused_whoever_asks(consultation: Consultation) -> None:
    first, second = staff("view_consultation"), staff_of(consultation.unit, "view_consultation")
    assert shown(first, consultation, "b:is:x") == 21

    assert shown(second, consultation, "and(b:is:x,a:not:p)") is None
    assert shown(second, consultation, "b:is:x") == 21


def test_hidden_person_beside_a_known_number_is_refused(consultation: Consultation) -> None:
    """Nothing was shown yet; but the tally says that 21 people said r."""
    assert shown(staff("view_consultation"), consultation, "a:any:p|r") is None


def test_who_reads_single_responses_filters_freely_and_leaves_no_trace(consultation: Consultation) -> None:
    analyst = staff("view_consultation", "view_single_responses")

    assert shown(analyst, consultation, "a:is:p") == 1
    assert not ReleasedFilter.objects.exists()


def test_filter_that_was_shown_is_kept_once(consultation: Consultation) -> None:
    reader = staff("view_consultation")

    for query in ("a:any:r|s", "a:any:s|r"):
        assert shown(reader, consultation, query) == 43

    assert [row.expression for row in ReleasedFilter.objects.all()] == ["a:any:r|s"]


def test_filter_of_nothing_needs_no_permission(consultation: Consultation) -> None:
    assert permitted_mask(staff("view_consultation"), consultation, planted(), EVERYTHING) is None
    assert not ReleasedFilter.objects.exists()


def test_sensitive_questions_and_words_are_no_filter_for_everybody(consultation: Consultation) -> None:
    people = 20 * [{"a": "q"}] + 20 * [{"a": "r"}]
    frame = frame_of_crowd(people, a={"sensitive": True})

    with pytest.raises(FilterError):
        permitted_mask(staff("view_single_responses"), consultation, frame, from_query("a:is:q"))
    reader = staff("view_single_responses", "view_sensitive_answers")
    rows = permitted_mask(reader, consultation, frame, from_query("a:is:q"))
    assert rows is not None
    assert rows.sum() == 20
