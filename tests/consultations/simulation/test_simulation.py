"""Simulated people answer as the rules ask, always the same way, and are marked for good."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from consultations.answering import consents
from consultations.enums import Channel, ResponseStatus
from consultations.instrument.answers import prune, validate
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
)
from consultations.models import Consultation, QuestionnaireVersion
from consultations.questionnaires.importing import import_workbook
from consultations.questionnaires.publication import publish_version
from consultations.simulation.responses import CannotAnswer, Simulation, days_of
from tests.consultations.exports.examples import DEFINITION
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db

WORKBOOKS = sorted(Path("consultations/demo/questionnaires").glob("*.xlsx"))


def answerable(definition: Definition = DEFINITION, **fields: Any) -> Consultation:
    consultation = ConsultationFactory(open=True, **fields)
    VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    return consultation


def simulated(consultation: Consultation, count: int, seed: int = 1, **options: Any) -> list[Any]:
    version = consultation.current_version
    assert isinstance(version, QuestionnaireVersion)
    return list(Simulation(consultation, version, seed, **options).responses(count))


def command(slug: str, **options: Any) -> str:
    out = StringIO()
    with override("en"):
        call_command("simulate_responses", slug, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda path: path.stem)
def test_real_questionnaires_are_answered_validly(workbook: Path) -> None:
    outcome = import_workbook(source=workbook.read_bytes(), by=None, slug="", fallback_name=workbook.stem)
    version = publish_version(questionnaire=outcome.questionnaire, by=None)
    consultation = ConsultationFactory(open=True, questionnaire=outcome.questionnaire)

    responses = simulated(consultation, 60)

    for response in responses:
        today = response.submitted_on
        assert prune(version.definition, response.answers, today=today) == response.answers
        assert validate(version.definition, response.answers, today=today) == []
    asked = {name for question in version.definition.questions() for name in question.answer_names}
    answered = {name for response in responses for name in response.answers}
    assert answered - asked == set()
    # Sixty people between them come to nearly every question.
    assert len(answered) > 0.9 * len(asked)


def test_same_seed_gives_the_same_people() -> None:
    consultation = answerable()

    first, second, other = (
        [(r.id, r.language, r.submitted_on, r.answers) for r in simulated(consultation, 5, seed)]
        for seed in (1, 1, 2)
    )

    assert first == second
    assert first != other


def test_responses_are_sent_and_marked_as_simulated() -> None:
    (response,) = simulated(answerable(), 1)

    assert (response.status, response.channel) == (ResponseStatus.SUBMITTED, Channel.SIMULATED)
    assert consents.USE in consents.purposes(response.consents)


def test_texts_say_that_they_are_simulated() -> None:
    question = Question("remark", QuestionKind.LONG_TEXT, required=True)
    definition = Definition(
        "texts", languages=("es", "en", "it", "pt"), sections=(Section("a", (question,)),)
    )

    # Brazil and Portugal are a few in a hundred.
    responses = simulated(answerable(definition), 600)

    marks = {response.answers["remark"].rpartition(" (")[2] for response in responses}
    assert {"respuesta simulada)", "simulated answer)", "risposta simulata)", "resposta simulada)"} >= marks
    assert {response.language for response in responses} == {"es", "en", "it", "pt"}


def test_days_lie_between_opening_and_now() -> None:
    consultation = answerable()
    days = days_of(consultation)

    assert len(days) == 2
    assert {response.submitted_on for response in simulated(consultation, 20)} <= set(days)


def test_sensitive_answers_come_with_a_permission() -> None:
    question = Question("health", QuestionKind.SHORT_TEXT, sensitive=True)
    definition = Definition("sensitive", sections=(Section("a", (question,)),))

    responses = simulated(answerable(definition), 40)

    given = [consents.SENSITIVE in consents.purposes(r.consents) for r in responses if "health" in r.answers]
    assert given
    assert all(given)


def test_one_language_for_all() -> None:
    assert {r.language for r in simulated(answerable(), 10, language="en")} == {"en"}


def test_command_adds_nobody_twice() -> None:
    consultation = answerable(slug="una")

    assert command("una", count=5, seed=3) == "Simulated: 5\n"
    assert command("una", count=7, seed=3) == "Simulated: 2\n"
    assert consultation.responses.count() == 7


def test_removing_leaves_people_alone() -> None:
    consultation = answerable(slug="una")
    real = ResponseFactory(sent=True, consultation=consultation, version=consultation.current_version)
    command("una", count=3)

    assert command("una", remove=True) == "Removed: 3\n"
    assert list(consultation.responses.all()) == [real]


def test_command_needs_a_published_questionnaire() -> None:
    ConsultationFactory(open=True, slug="una")

    with pytest.raises(CommandError, match="no published version"):
        command("una", count=1)


def test_questionnaire_that_nobody_can_answer_is_told() -> None:
    question = Question("code", QuestionKind.SHORT_TEXT, required=True, constraint="regex(., '[A-Z]{9}')")
    consultation = answerable(Definition("closed", sections=(Section("a", (question,)),)))

    with pytest.raises(CannotAnswer, match="code: required"):
        simulated(consultation, 1)


@pytest.mark.parametrize(
    "question",
    [
        Question("a", QuestionKind.RANKING, required=True, choice_list="few"),
        Question("a", QuestionKind.MULTIPLE_CHOICE, required=True, choice_list="few", min_choices=2),
        Question("a", QuestionKind.MULTIPLE_CHOICE, required=True, choice_list="few", max_choices=1),
        Question("a", QuestionKind.SINGLE_CHOICE, required=True, choice_list="few", or_other=True),
        Question("a", QuestionKind.SCALE, required=True, start=-1, end=1, step=0.5),
        Question("a", QuestionKind.INTEGER, required=True, start=5, end=9),
        Question("a", QuestionKind.INTEGER, required=True, constraint=". > 1950 and . <= 2026"),
        Question("a", QuestionKind.DECIMAL, required=True, end=0),
        Question("a", QuestionKind.DATE, required=True, constraint=". <= today()"),
        Question("a", QuestionKind.SHORT_TEXT, required=True, max_length=10),
        Question("a", QuestionKind.COUNTRY, required=True),
        Question("a", QuestionKind.ACKNOWLEDGE, required=True),
    ],
    ids=lambda question: (
        f"{question.kind}-{question.constraint or question.start or question.max_choices or ''}"
    ),
)
def test_every_kind_can_be_required(question: Question) -> None:
    few = ChoiceList("few", tuple(Choice(name) for name in ("x", "y", "z", "w")))
    definition = Definition("kinds", sections=(Section("s", (question,)),), choice_lists=(few,))

    responses = simulated(answerable(definition), 20)

    assert all("a" in response.answers for response in responses)
