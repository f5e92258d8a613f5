"""Who was asked is what the instrument itself says of each person's answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.analysis.asked import answered, asked
from consultations.analysis.building import frame_of
from consultations.instrument.answers import prune, visible
from consultations.instrument.definition import Definition, Section
from tests.consultations.exports.test_any_questionnaire import documents
from tests.factories.definitions import K, journey_definition, listed, question

from .frames import DAY, frame_from, row_of, version_of

RULES = (
    "",
    "true()",
    "${one} = 'a'",
    "selected(${many}, 'x') or count-selected(${many}) > 1",
    "selected-at(${order}, 0) = 'q'",
    "${number} > 3 and not(${one} = 'b')",
    "${day} < today()",
    "contains(${word}, 'a')",
    "coalesce(${one}, ${word}) != ''",
    "${cell_1} = 'a'",
)


@st.composite
def ruled(draw: st.DrawFn) -> Definition:
    """Something of each kind, then questions that depend on it."""
    first = Section(
        "first",
        (
            question("one", K.SINGLE_CHOICE, choice_list="ab"),
            question("many", K.MULTIPLE_CHOICE, choice_list="xyz"),
            question("order", K.RANKING, choice_list="pqr"),
            question("number", K.INTEGER),
            question("day", K.DATE),
            question("word", K.SHORT_TEXT),
            question("cell", K.MATRIX, choice_list="ab", rows=journey_rows()),
        ),
    )
    later = tuple(
        question(f"later{place}", K.SINGLE_CHOICE, choice_list="ab", relevant=draw(st.sampled_from(RULES)))
        for place in range(3)
    )
    return Definition(
        name="ruled",
        languages=("es",),
        sections=(first, Section("second", later, relevant=draw(st.sampled_from(RULES)))),
        choice_lists=(listed("ab", "a", "b"), listed("xyz", "x", "y", "z"), listed("pqr", "p", "q", "r")),
    )


def journey_rows() -> tuple[Any, ...]:
    rows = next(q for q in journey_definition().questions() if q.kind is K.MATRIX).rows
    return tuple(replace(row, name=f"cell_{place}") for place, row in enumerate(rows))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_asked_is_what_was_visible(data: st.DataObject) -> None:
    definition = data.draw(ruled())
    given_ = data.draw(st.lists(documents(definition), min_size=1, max_size=5))
    people = [prune(definition, answers, today=DAY) for answers in given_]
    frame = frame_from(definition, people)

    seen = [visible(definition, answers, today=DAY).questions for answers in people]

    for item in definition.questions():
        assert asked(frame, item.name).to_list() == [item.name in names for names in seen]
        keys = set(item.answer_names)
        assert answered(frame, item.name).to_list() == [bool(keys & set(answers)) for answers in people]


def test_each_version_follows_its_own_rules() -> None:
    old = journey_definition()
    profile = old.sections[1]
    freed = replace(
        profile, questions=tuple(replace(q, relevant="", constraint="") for q in profile.questions)
    )
    new = replace(old, sections=(old.sections[0], freed, *old.sections[3:]))
    versions = [version_of(new, 2), version_of(old, 1)]
    rows = [
        row_of(place, {"connection": name}, version=version)
        for place, (version, name) in enumerate(((2, "family"), (1, "family"), (1, "born"), (2, "born")))
    ]

    frame = frame_of(versions, [rows])

    assert asked(frame, "year").to_list() == [True, False, True, True]
    assert asked(frame, "used").to_list() == [False, True, True, False]


def test_unknown_question_is_an_error() -> None:
    with pytest.raises(KeyError):
        asked(frame_from(journey_definition(), [{}]), "nowhere")
