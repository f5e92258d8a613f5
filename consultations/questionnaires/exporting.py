"""A stored questionnaire as a workbook."""

from __future__ import annotations

from ..models import Questionnaire, QuestionnaireVersion
from .compile import definition_of
from .xlsform import write


def workbook_of(questionnaire: Questionnaire) -> bytes:
    """What the live rows say, as XLSForm. The version in its settings is the newest published number."""
    newest = QuestionnaireVersion.objects.filter(questionnaire=questionnaire.pk).order_by("-number").first()
    return write(definition_of(questionnaire), version=str(newest.number) if newest else "")
