"""Figures of a collection: each is one count, and what was withdrawn is never among them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consultations.instrument.definition import Definition
from consultations.models import Consultation, QuestionnaireVersion
from consultations.responses.overview import MOST_DAYS, country_question, overview_of
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import K, journey_definition, listed, question
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)


def with_country() -> Definition:
    definition = journey_definition()
    before, profile, *rest = definition.sections
    asked = replace(
        profile,
        questions=(*profile.questions, question("residence", K.SINGLE_CHOICE, choice_list="country")),
    )
    return replace(
        definition,
        sections=(before, asked, *rest),
        choice_lists=(*definition.choice_lists, listed("country", "chile", "italia")),
    )


@pytest.fixture
def version() -> QuestionnaireVersion:
    return VersionFactory(definition=with_country())


@pytest.fixture
def consultation(version: QuestionnaireVersion) -> Consultation:
    return ConsultationFactory(open=True, questionnaire=version.questionnaire)


def test_counts_tell_sent_unfinished_withdrawn_and_simulated_apart(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    part = {"consultation": consultation, "version": version}
    ResponseFactory.create_batch(2, sent=True, **part)
    ResponseFactory.create_batch(3, sent=True, simulated=True, **part)
    ResponseFactory.create_batch(4, **part)
    ResponseFactory(withdrawn=True, **part)
    ResponseFactory(sent=True)

    overview = overview_of(consultation, version.definition, language="es")

    assert (overview.sent, overview.simulated, overview.unfinished, overview.withdrawn) == (5, 3, 4, 1)
    assert overview.days == [(DAY, 5)]


def test_counts_by_language_and_country_come_with_their_names(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    part = {"consultation": consultation, "version": version, "sent": True}
    ResponseFactory(language="it", answers={"residence": "italia"}, **part)
    ResponseFactory(language="it", answers={"residence": "chile"}, **part)
    ResponseFactory(language="es", answers={"residence": "italia"}, **part)
    ResponseFactory(language="es", **part)
    ResponseFactory(consultation=consultation, version=version, answers={"residence": "chile"})

    overview = overview_of(consultation, version.definition, language="es")

    assert [(tally.label, tally.count, tally.percent) for tally in overview.countries] == [
        ("Italia", 2, 50.0),
        ("Chile", 1, 25.0),
    ]
    assert sorted(tally.count for tally in overview.languages) == [2, 2]


def test_completion_counts_who_reached_each_section_with_questions(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    part = {"consultation": consultation, "version": version}
    ResponseFactory(sections=["before", "profile"], **part)
    ResponseFactory(sections=["before", "profile", "services", "closer", "after"], sent=True, **part)
    ResponseFactory(sections=[], withdrawn=True, **part)

    overview = overview_of(consultation, version.definition, language="es")

    assert [(tally.label, tally.count, tally.total) for tally in overview.sections] == [
        ("Perfil", 2, 2),
        ("Servicios", 1, 2),
        ("Sobre usted", 1, 2),
    ]


def test_days_without_a_response_have_an_empty_bar(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    part = {"consultation": consultation, "version": version, "sent": True}
    for days in (0, 2):
        ResponseFactory(submitted_on=DAY + timedelta(days=days), **part)

    overview = overview_of(consultation, version.definition, language="es")

    assert [count for _day, count in overview.days] == [1, 0, 1]


def test_long_collections_are_told_by_week(consultation: Consultation, version: QuestionnaireVersion) -> None:
    part = {"consultation": consultation, "version": version, "sent": True}
    for days in (0, 1, MOST_DAYS):
        ResponseFactory(submitted_on=DAY + timedelta(days=days), **part)

    overview = overview_of(consultation, version.definition, language="es")

    assert overview.weekly
    assert all(day.weekday() == 0 for day, _count in overview.days)
    assert sum(count for _day, count in overview.days) == 3


def test_consultation_without_a_version_or_answers_has_an_empty_overview() -> None:
    overview = overview_of(ConsultationFactory(), None, language="es")

    assert (overview.begun, overview.days, overview.sections, overview.countries) == (0, [], [], [])


def test_country_is_the_question_of_that_kind_or_over_that_list() -> None:
    found = country_question(with_country())

    assert found is not None
    assert found.name == "residence"
    assert country_question(journey_definition()) is None


@pytest.mark.parametrize("number", [1, 3])
def test_overview_takes_the_same_queries_for_any_number(
    consultation: Consultation,
    version: QuestionnaireVersion,
    number: int,
    django_assert_num_queries: object,
) -> None:
    ResponseFactory.create_batch(number, consultation=consultation, version=version, sent=True)
    definition = version.definition

    with django_assert_num_queries(5):  # type: ignore[operator]  # a fixture
        overview_of(consultation, definition, language="es")


def test_questions_outside_every_group_are_known_by_the_first_of_them() -> None:
    definition = journey_definition()
    loose = replace(definition.sections[1], is_group=False, name="outside_1", label={})
    version = VersionFactory(definition=replace(definition, sections=(loose,)))
    consultation = ConsultationFactory(open=True, questionnaire=version.questionnaire)

    overview = overview_of(consultation, version.definition, language="es")

    assert [tally.label for tally in overview.sections] == ["¿connection?"]
