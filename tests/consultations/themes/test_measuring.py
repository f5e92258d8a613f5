"""The command that says how good suggestions are."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations.models import Consultation, Suggestion, Training
from tests.factories.consultations import ConsultationFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(open=True)


def told(consultation: Consultation, **options: int) -> list[str]:
    out = StringIO()
    call_command("measure_suggestions", consultation.slug, stdout=out, **options)
    return out.getvalue().splitlines()


def test_figures_are_told_by_code_and_nothing_is_stored(consultation: Consultation) -> None:
    code = CodeFactory(frame=CodeFrameFactory(coding=consultation), name="waiting")
    for place in range(40):
        text = "La cita tarda semanas" if place % 2 else "El trato fue amable"
        passage = PassageFactory(consultation=consultation, text=f"{text} {place}")
        JudgementFactory(passage=passage, codes=[code] if place % 2 else [])
    PassageFactory(consultation=consultation, text="La cita tarda")

    first, _head, line, last = told(consultation, texts=7)

    assert first == "40 coded texts, 3 folds"
    assert line.split() == ["waiting", "20", "1.00", "1.00", "yes"]
    assert last.startswith("7 texts looked at, 7 with a suggestion: ")
    assert not Training.objects.exists()
    assert not Suggestion.objects.exists()


def test_too_little_and_unknown_are_said(consultation: Consultation) -> None:
    with pytest.raises(CommandError, match="Too few"):
        told(consultation)
    with pytest.raises(CommandError, match="no consultation"):
        call_command("measure_suggestions", "nothing-of-the-kind")
