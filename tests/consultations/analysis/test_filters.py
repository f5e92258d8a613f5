"""Filters: the same in an address, as JSON and over the rows; what does not fit is told in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.filters import (
    EVERYTHING,
    WITHOUT_VALUES,
    Condition,
    Filter,
    FilterError,
    Group,
    Operator,
    digest,
    from_json,
    from_query,
    to_json,
    to_query,
)
from consultations.analysis.selecting import mask, questions_of
from tests.factories.definitions import journey_definition

from .frames import frame_from

PEOPLE: list[dict[str, Any]] = [
    {"connection": "born", "year": 1980, "languages": ["spanish", "quechua"], "comment": "La CITA, tardó"},
    {"connection": "family", "languages": ["spanish"], "channels": ["web", "desk"], "comment": "citas"},
    {"connection": "returned", "rating_wait": "bad", "score": 7},
    {},
]


def plain_conditions() -> st.SearchStrategy[Filter]:
    texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
    with_values = st.builds(
        Condition,
        texts,
        st.sampled_from([operator for operator in Operator if operator not in WITHOUT_VALUES]),
        st.lists(texts, min_size=1, max_size=3).map(tuple),
    )
    return with_values | st.builds(Condition, texts, st.sampled_from(sorted(WITHOUT_VALUES)))


trees = st.recursive(
    plain_conditions(),
    lambda parts: st.builds(
        Group, st.sampled_from(["and", "or"]), st.lists(parts, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
).filter(lambda tree: depth(tree) <= 4)


def depth(tree: Filter) -> int:
    return 0 if isinstance(tree, Condition) else 1 + max(map(depth, tree.parts))


@given(trees)
def test_filters_come_back_from_address_and_json(tree: Filter) -> None:
    assert from_query(to_query(tree)) == tree
    assert from_json(to_json(tree)) == tree


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", [0, 1, 2, 3]),
        ("connection:is:born", [0]),
        ("connection:any:born|family", [0, 1]),
        ("connection:not:born", [1, 2]),
        ("languages:is:quechua", [0]),
        ("languages:not:quechua", [1]),
        ("channels:is:web", [1]),
        ("channels:is:desk", []),
        ("year:range:1970|1980", [0]),
        ("year:range:1981|", []),
        ("score:is:7", [2]),
        ("rating_wait:is:bad", [2]),
        ("rating:answered", [2]),
        ("comment:contains:cita", [0]),
        ("comment:contains:TARDO", [0]),
        ("connection:unanswered", [3]),
        ("response.language:is:es", [0, 1, 2, 3]),
        ("response.day:range:2026-11-04|", []),
        ("or(connection:is:born,and(connection:is:family,channels:answered))", [0, 1]),
        ("languages~2Fquechua:is:0", [1]),
    ],
)
def test_filter_lets_through(query: str, rows: list[int]) -> None:
    frame = frame_from(journey_definition(), PEOPLE)

    assert mask(frame, from_query(query)).arg_true().to_list() == rows


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("nowhere:is:a", "no question or field called “nowhere”"),
        ("connection:is:mars", "no option “mars”"),
        ("languages:is:latin", "no option “latin”"),
        ("year:is:old", "“old” is no value"),
        ("year:contains:a", "cannot be compared"),
        ("connection:range:a|b", "cannot be compared"),
        ("rating:is:bad", "several rows"),
        ("response.id:is:a", "no question or field"),
    ],
)
def test_filter_that_does_not_fit_says_why(query: str, words: str) -> None:
    frame = frame_from(journey_definition(), PEOPLE)

    with translation.override("en"), pytest.raises(FilterError, match=words):
        mask(frame, from_query(query))


@pytest.mark.parametrize(
    "query",
    ["a", "a:like:b", "and(a:is:b", "a:is:b)", "a:is", "a:answered:b", "and()", "a:is:~FF", "or(" * 9],
)
def test_filter_that_cannot_be_read_is_refused(query: str) -> None:
    with pytest.raises(FilterError):
        from_query(query)


@pytest.mark.parametrize("document", [None, [], {}, {"and": {}}, {"field": "a"}, {"field": "a", "is": "b"}])
def test_document_that_is_no_filter_is_refused(document: Any) -> None:
    with pytest.raises(FilterError):
        from_json(document)


def test_order_makes_no_other_filter() -> None:
    first = from_query("and(a:any:x|y,b:is:z)")

    assert digest(first) == digest(from_query("and(b:is:z,a:any:y|x)"))
    assert digest(first) != digest(from_query("or(b:is:z,a:any:y|x)"))
    assert digest(from_query("a:range:1|2")) != digest(from_query("a:range:2|1"))


def test_filter_names_the_questions_that_it_reads() -> None:
    frame = frame_from(journey_definition(), PEOPLE)
    tree = from_query("and(rating_wait:is:bad,response.day:answered,languages~2Fquechua:is:1)")

    assert questions_of(frame, tree) == {"rating", "languages"}
    assert mask(frame, EVERYTHING).all()
