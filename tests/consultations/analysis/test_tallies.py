"""Figures of a question are what counting the answers one by one, with other means, gives."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.analysis import frame as frames
from consultations.analysis.dropoff import questions, sections
from consultations.analysis.figures import OptionCount, Tally
from consultations.analysis.frame import Frame
from consultations.analysis.numbers import describe
from consultations.analysis.protected_tallies import protected as protected_tally
from consultations.analysis.protection import Protection
from consultations.analysis.tallies import by_context, tally
from consultations.analysis.weeks import Grain, next_after, taken_together
from consultations.analysis.words import Term, frequent_terms
from consultations.instrument.definition import Definition, Question, QuestionKind, Section
from consultations.instrument.kinds import bounds
from tests.consultations.exports.test_any_questionnaire import documents
from tests.consultations.strategies import definitions
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import journey_definition
from tests.factories.definitions import question as asking
from tests.factories.responses import ResponseFactory

from .frames import frame_from

K = QuestionKind
CHOICES = (K.SINGLE_CHOICE, K.COUNTRY, K.CONSULAR_OFFICE, K.ACKNOWLEDGE)


@st.composite
def collections(draw: st.DrawFn) -> tuple[Definition, list[dict[str, Any]], list[float]]:
    """Any questionnaire without rules, so that everybody is asked everything; answers; a weight each."""
    definition = draw(definitions())
    unruled = tuple(
        replace(
            section,
            relevant="",
            questions=tuple(
                replace(q, relevant="", constraint="", choice_filter="") for q in section.questions
            ),
        )
        for section in definition.sections
    )
    definition = replace(definition, sections=unruled)
    people = draw(st.lists(documents(definition), min_size=1, max_size=6))
    weights = draw(st.lists(st.floats(0.1, 5), min_size=len(people), max_size=len(people)))
    return definition, people, weights


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(collections())
def test_figures_are_those_of_counting_by_hand(
    collection: tuple[Definition, list[dict[str, Any]], list[float]],
) -> None:
    definition, people, weights = collection
    frame = frame_from(definition, people)

    for question in definition.questions():
        if question.kind is K.NOTE:
            continue
        found = tally(frame, question.name, weights=pl.Series(weights))
        keys = [n for n in question.answer_names if not (question.or_other and n == question.other_name)]
        given_ = [any(name in person for name in keys) for person in people]
        assert (found.bases.responses, found.bases.asked) == (len(people), len(people))
        assert found.bases.answered == sum(given_)
        _compare(found, definition, question, people, weights)


def _compare(
    found: Tally,
    definition: Definition,
    question: Question,
    people: list[dict[str, Any]],
    weights: list[float],
) -> None:
    answers = [person.get(question.name) for person in people]
    pairs = [(a, w) for a, w in zip(answers, weights, strict=True) if a is not None]
    if question.kind in CHOICES:
        _options(found.lines[0].options, [(a, w) for a, w in pairs])
    elif question.kind is K.MULTIPLE_CHOICE:
        _options(found.lines[0].options, [(a, w) for chosen, w in pairs for a in chosen])
    elif question.kind is K.MATRIX:
        for line in found.lines:
            cells = [(p.get(line.name), w) for p, w in zip(people, weights, strict=True)]
            _options(line.options, [(a, w) for a, w in cells if a is not None])
    elif question.kind is K.RANKING:
        _ranking(found, [a for a, _w in pairs], len(definition.choices_of(question)))
    elif question.kind in (K.SCALE, K.INTEGER, K.DECIMAL):
        _numbers(found, question, [a for a, _w in pairs], [w for _a, w in pairs])
    elif question.kind is K.DATE:
        assert found.days == dict(sorted(Counter(a for a, _w in pairs).items()))
    else:
        assert found.texts
        assert found.texts.count == len(pairs)
        if pairs:
            assert found.texts.mean_length == pytest.approx(statistics.mean(len(a) for a, _w in pairs))


def _options(found: tuple[OptionCount, ...], chosen: list[tuple[str, float]]) -> None:
    counts = Counter(name for name, _w in chosen)
    assert {o.name: o.count for o in found if o.count} == dict(counts)
    for option in found:
        assert option.weighted == pytest.approx(sum(w for name, w in chosen if name == option.name))
        if option.bases.answered:
            assert option.of_answered == pytest.approx(100 * counts[option.name] / option.bases.answered)


def _ranking(found: Tally, orders: list[list[str]], size: int) -> None:
    for option in found.ranking:
        places = [order.index(option.name) + 1 for order in orders if option.name in order]
        assert option.ranked == len(places)
        assert option.first == sum(order[0] == option.name for order in orders)
        assert option.borda == sum(size - place for place in places)
        assert math.isnan(option.mean_rank) if not places else option.mean_rank == statistics.mean(places)


def _numbers(found: Tally, question: Question, values: list[float], weights: list[float]) -> None:
    assert found.numbers
    assert found.numbers.count == len(values)
    assert sum(bar.count for bar in found.numbers.bars) == len(values)
    if values:
        assert found.numbers.mean == pytest.approx(statistics.fmean(values), abs=1e-6)
        expected = statistics.fmean(values, weights)
        assert found.numbers.weighted_mean == pytest.approx(expected, abs=1e-6)
    if len(values) > 1:
        assert found.numbers.quartiles == pytest.approx(
            statistics.quantiles(values, n=4, method="inclusive"), abs=1e-6
        )
        assert found.numbers.spread == pytest.approx(statistics.stdev(values), abs=1e-4)
    if question.kind is K.SCALE and found.lines and bounds(question):
        assert sum(option.count for option in found.lines[0].options) <= len(values)


PEOPLE: list[dict[str, Any]] = [
    {"connection": "born", "year": 1980, "languages": ["spanish", "quechua"], "rating_wait": "bad"},
    {"connection": "born", "languages": ["none"], "rating_wait": "good", "channels": ["web", "desk"]},
    {"connection": "family", "languages": ["spanish"], "channels": ["desk"]},
    {"connection": "returned"},
]


def test_percentages_stand_on_who_answered_and_who_was_asked() -> None:
    found = tally(frame_from(journey_definition(), PEOPLE), "used")

    assert (found.bases.responses, found.bases.asked, found.bases.answered) == (4, 3, 0)
    assert [option.of_asked for option in found.lines[0].options] == [0, 0, 0]


def test_mask_leaves_the_other_rows_out() -> None:
    frame = frame_from(journey_definition(), PEOPLE)

    found = tally(frame, "languages", rows=pl.Series([True, False, True, True]))

    assert {o.name: o.count for o in found.lines[0].options} == {"spanish": 2, "quechua": 1, "none": 0}
    assert found.overlaps
    assert (found.bases.responses, found.bases.answered) == (3, 2)


def test_ordered_scale_is_told_in_short() -> None:
    line = tally(frame_from(journey_definition(), PEOPLE), "rating").lines[0]

    assert line.likert
    assert (line.likert.median, line.likert.mean) == ("bad", 1.5)
    assert (line.likert.below, line.likert.middle, line.likert.above) == (50, 0, 50)


def test_borda_counts_unranked_options_as_nothing() -> None:
    found = tally(frame_from(journey_definition(), PEOPLE), "channels")

    assert [(o.name, o.ranked, o.first, o.borda) for o in found.ranking] == [
        ("web", 1, 1, 2),
        ("phone", 0, 0, 0),
        ("desk", 2, 1, 3),
    ]


def test_terms_leave_out_stop_words_and_join_accents() -> None:
    texts = pl.Series(["La atención es lenta", "ATENCION lenta y cara", "no hay citas", "the queue is lenta"])

    assert frequent_terms(texts)[:2] == (Term("lenta", 3), Term("atencion", 2))
    assert "the" not in {term.form for term in frequent_terms(texts)}


def test_bars_hold_every_number_once() -> None:
    found = describe(pl.Series([1.0, 2.0, 2.0, 3.0, 10.0]))

    assert sum(bar.count for bar in found.bars) == 5
    assert found.bars[0].low <= 1.0
    assert found.bars[-1].high >= 10.0


SUMS = [100.0 + number % 300 for number in range(0, 1190, 10)]


def test_what_is_far_out_has_a_bar_at_the_end_and_not_all_the_room() -> None:
    """One sum of a million million: in bars of one width, all others would stand in the first."""
    found = describe(pl.Series([-1e9, *SUMS, 1e12]))

    assert [bar.beyond for bar in found.bars] == [True, *[False] * (len(found.bars) - 2), True]
    assert (found.bars[0].count, found.bars[-1].count) == (1, 1)
    assert sum(bar.count or 0 for bar in found.bars) == 121
    assert max(bar.high for bar in found.bars) < 1000


def test_one_answer_that_all_but_one_gave_has_a_bar() -> None:
    bars = describe(pl.Series([100.0] * 39 + [1e12])).bars

    assert [(bar.low, bar.count, bar.beyond) for bar in bars] == [(100.0, 39, False), (101.0, 1, True)]


@pytest.mark.parametrize("grain", Grain)
def test_the_last_day_of_all_ends_its_part(grain: Grain) -> None:
    assert next_after(date(9999, 12, 31), grain) == date.max


def test_mean_does_not_tell_the_one_sum_that_is_far_out() -> None:
    """119 sums of some hundred and one of a million million: the mean of 120 is the one, divided."""
    frame = frame_of_sums([*SUMS, 1e12])

    shown = protected_tally(tally(frame, "sum"), Protection(10)).numbers

    assert shown is not None
    assert (shown.mean, shown.spread, shown.highest) == (None, None, None)
    assert shown.quartiles[1] is not None


def test_mean_does_not_tell_one_sum_among_ten_that_are_far_out() -> None:
    """The bar at the end is shown, with its ten; nine of them are nothing beside the one."""
    frame = frame_of_sums([*SUMS[:110], *[5_000.0] * 9, 1e12])

    shown = protected_tally(tally(frame, "sum"), Protection(10)).numbers

    assert shown is not None
    assert (shown.bars[-1].count, shown.bars[-1].beyond) == (10, True)
    assert (shown.mean, shown.spread) == (None, None)


@pytest.mark.parametrize("rest", [[50.0, 400.0, 1000.0, 2000.0] * 5, [0.1, 0.4, 0.7, 0.9] * 5])
def test_where_most_say_the_same_the_others_have_bars_too(rest: list[float]) -> None:
    bars = describe(pl.Series([0.0] * 80 + rest)).bars

    assert len(bars) > 3
    assert not any(bar.beyond for bar in bars)


def test_nothing_is_far_out_by_the_rounding_of_a_machine() -> None:
    bars = describe(pl.Series([1.7, 1.8, 1.9, 2.0, 2.1, 2.2] * 20)).bars

    assert not any(bar.beyond for bar in bars)
    assert sum(bar.count or 0 for bar in bars) == 120


def frame_of_sums(sums: list[float]) -> Frame:
    asked = Definition(name="sums", sections=(Section("all", (asking("sum", K.DECIMAL),)),))
    return frame_from(asked, [{"sum": value} for value in sums])


@pytest.mark.parametrize(
    ("last", "grain", "until"),
    [
        (date(2020, 3, 1), Grain.DAY, date(2020, 1, 3)),
        (date(2020, 6, 1), Grain.WEEK, date(2020, 1, 6)),
        (date(2021, 6, 1), Grain.MONTH, date(2020, 2, 1)),
        (date(2031, 6, 1), Grain.YEAR, date(2021, 1, 1)),
        (date(9999, 12, 31), Grain.YEAR, date(2021, 1, 1)),
    ],
)
def test_dates_are_taken_together_as_far_as_they_are_spread(last: date, grain: Grain, until: date) -> None:
    found, counts = taken_together({"2020-01-02": 3, last.isoformat(): 1})

    assert (found, list(counts.values())) == (grain, [3, 1])
    assert next_after(date.fromisoformat(min(counts)), grain) == until


def test_responses_by_context() -> None:
    frame = frame_from(journey_definition(), PEOPLE)

    assert by_context(frame, frames.LANGUAGE) == {"es": (4, 4.0)}
    assert by_context(frame, frames.DAY, weights=pl.Series([2.0] * 4)) == {"2026-11-03": (4, 8.0)}


@pytest.mark.django_db
def test_sections_tell_where_people_left() -> None:
    version = VersionFactory()
    part = {
        "consultation": ConsultationFactory(open=True, questionnaire=version.questionnaire),
        "version": version,
    }
    ResponseFactory(sent=True, sections=["profile", "services", "closer"], **part)
    ResponseFactory(sections=["profile"], **part)
    ResponseFactory(sections=["profile", "services"], **part)

    found = sections(part["consultation"], frame_from(version.definition, PEOPLE))

    assert [(s.section, s.sent, s.unsent, s.left_here) for s in found] == [
        ("profile", 1, 2, 1),
        ("services", 1, 1, 1),
        ("closer", 1, 0, 0),
    ]


def test_skipped_are_those_who_were_asked_and_gave_nothing() -> None:
    found = {q.question: (q.asked, q.skipped) for q in questions(frame_from(journey_definition(), PEOPLE))}

    assert found["connection"] == (4, 0)
    assert found["year"] == (2, 1)
    assert found["used"] == (3, 3)
    assert date(2026, 11, 3) == frame_from(journey_definition(), PEOPLE).table[frames.DAY][0]
