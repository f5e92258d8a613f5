"""Counts of themes, against counting by hand."""

from __future__ import annotations

import polars as pl
import pytest

from consultations.analysis import building
from consultations.enums import ResponseStatus
from consultations.models import Code, CodeFrame, Consultation, DoubleCoding
from consultations.themes import code_columns, counts
from tests.factories.consultations import ConsultationFactory
from tests.factories.responses import ResponseFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(answerable=True)


@pytest.fixture
def frame(consultation: Consultation) -> CodeFrame:
    return CodeFrameFactory(coding=consultation)


@pytest.fixture
def services(frame: CodeFrame) -> Code:
    return CodeFactory(frame=frame, name="services")


@pytest.fixture
def waiting(frame: CodeFrame, services: Code) -> Code:
    return CodeFactory(frame=frame, name="waiting", parent=services)


@pytest.fixture
def cost(frame: CodeFrame, services: Code) -> Code:
    return CodeFactory(frame=frame, name="cost", parent=services)


def answer(consultation: Consultation, **fields: object) -> object:
    version = consultation.current_version
    return PassageFactory(consultation=consultation, response__version=version, **fields)


def test_text_under_two_sub_codes_counts_once_above(
    consultation: Consultation, services: Code, waiting: Code, cost: Code
) -> None:
    JudgementFactory(passage=answer(consultation), codes=[waiting, cost])
    JudgementFactory(passage=answer(consultation), codes=[cost], spans=[(cost, 0, 4)])
    JudgementFactory(passage=answer(consultation), codes=[])
    answer(consultation)

    found = counts(consultation)

    assert [(c.code.name, c.texts, c.people, c.own_texts) for c in found] == [
        ("services", 2, 2, 0),
        ("waiting", 1, 1, 1),
        ("cost", 2, 2, 2),
    ]
    assert (found[0].base.texts, found[0].base.people, found[0].base.waiting) == (3, 3, 1)
    assert round(found[0].share, 1) == 66.7


def test_two_texts_of_one_person_are_one_person(consultation: Consultation, waiting: Code) -> None:
    first = answer(consultation)
    second = PassageFactory(consultation=consultation, response=first.response, answer="more")
    JudgementFactory(passage=first, codes=[waiting])
    JudgementFactory(passage=second, codes=[waiting])

    found = {c.code.name: (c.texts, c.people) for c in counts(consultation)}

    assert found["waiting"] == (2, 1)


def test_only_the_judgement_that_counts_is_counted(
    consultation: Consultation, waiting: Code, cost: Code
) -> None:
    passage = answer(consultation)
    JudgementFactory(passage=passage, codes=[waiting])
    JudgementFactory(passage=passage, codes=[cost], blind=True)

    assert {c.code.name: c.texts for c in counts(consultation)} == {"services": 1, "waiting": 1, "cost": 0}


def test_withdrawn_answers_are_not_counted_even_before_they_are_gone(
    consultation: Consultation, waiting: Code
) -> None:
    passage = answer(consultation)
    JudgementFactory(passage=passage, codes=[waiting])
    passage.response.status = ResponseStatus.WITHDRAWN
    passage.response.save()

    assert [c.texts for c in counts(consultation)] == [0, 0]


def test_consultation_without_a_frame_has_no_themes(consultation: Consultation) -> None:
    assert counts(consultation) == []


def test_columns_join_the_frame_by_response(
    consultation: Consultation, services: Code, waiting: Code, cost: Code
) -> None:
    coded, other = answer(consultation), answer(consultation)
    ResponseFactory(consultation=consultation, version=consultation.current_version, sent=True)
    JudgementFactory(passage=coded, codes=[waiting])
    JudgementFactory(passage=other, codes=[])
    table = building.build(consultation)

    columns = code_columns(table, consultation)

    assert columns["response.id"].to_list() == table.table["response.id"].to_list()
    by_id = {row[0]: row[1:] for row in columns.iter_rows()}
    assert columns.columns == ["response.id", "theme.services", "theme.waiting", "theme.cost"]
    assert by_id.pop(str(coded.response_id)) == (1, 1, 0)
    assert by_id.pop(str(other.response_id)) == (0, 0, 0)
    assert list(by_id.values()) == [(None, None, None)]
    assert columns["theme.cost"].dtype == pl.Int8


@pytest.mark.parametrize("number", [1, 3])
def test_counting_takes_the_same_queries_for_any_number(
    consultation: Consultation, waiting: Code, number: int, django_assert_num_queries: object
) -> None:
    for _n in range(number):
        JudgementFactory(passage=answer(consultation), codes=[waiting])

    with django_assert_num_queries(6):  # type: ignore[operator]  # a fixture
        counts(consultation)


def test_columns_tell_a_second_coder_nothing(consultation: Consultation, waiting: Code) -> None:
    passage = answer(consultation)
    JudgementFactory(passage=passage, codes=[waiting])
    sample = DoubleCoding.objects.create(consultation=consultation, seed="x")
    sample.passages.add(passage)
    table = building.build(consultation)

    assert code_columns(table, consultation)["theme.waiting"].to_list() == [None]
    sample.closed_at = sample.drawn_at
    sample.save()
    assert code_columns(table, consultation)["theme.waiting"].to_list() == [1]
