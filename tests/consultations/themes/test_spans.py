"""Stretches of any text: what is drawn is the text, and no word gets lost between sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.themes.spans import Span, joined, segments, sentences, within

texts = st.text(alphabet=st.sampled_from("ab ñ.!?\n«»😀…"), max_size=60)
Marks = list[tuple[Span, int]]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Marks]:
    text = draw(texts.filter(bool))
    starts = st.integers(0, len(text) - 1)
    marks = [
        (Span(start, draw(st.integers(start + 1, len(text)))), number)
        for number, start in enumerate(draw(st.lists(starts, max_size=5)))
    ]
    return text, marks


@given(marked_texts())
def test_segments_are_the_text_with_every_mark_over_its_own_signs(case: tuple[str, Marks]) -> None:
    text, marks = case

    found = segments(text, marks)

    assert "".join(segment.text for segment in found) == text
    over = [segment.marks for segment in found for _sign in segment.text]
    assert over == [
        tuple(number for span, number in marks if span.start <= place < span.end)
        for place in range(len(text))
    ]


@given(texts)
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    found = sentences(text)

    assert "".join("".join(span.of(text) for span in found).split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(texts, st.integers(-5, 70), st.integers(-5, 70))
def test_within_never_leaves_the_text_and_never_ends_on_a_blank(text: str, start: int, end: int) -> None:
    span = within(start, end, text)

    if span is None:
        assert text[max(0, start) : max(0, end)].strip() == ""
    else:
        assert span.of(text) == text[max(0, start) : max(0, end)].strip()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=6))
def test_joined_spans_cover_the_same_signs_and_do_not_touch(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in pairs]

    found = joined(spans)

    assert {n for s in found for n in range(s.start, s.end)} == {
        n for s in spans for n in range(s.start, s.end)
    }
    assert all(a.end < b.start for a, b in pairwise(found))


def test_sentences_end_at_their_marks_and_at_line_breaks() -> None:
    text = "Pedí cita. ¿Cuánto tarda? «Nadie sabe.»\nVolví otra vez…"

    assert [span.of(text) for span in sentences(text)] == [
        "Pedí cita.",
        "¿Cuánto tarda?",
        "«Nadie sabe.»",
        "Volví otra vez…",
    ]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_a_stretch_without_signs_is_none(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"\("):
        Span(start, end)
