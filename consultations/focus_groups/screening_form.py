"""The screening questions as one page of the questionnaire engine, before any answer is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language

from ..answering.forms import PageForm
from ..answering.participation import Participation, spoken_in
from ..answering.plan import Plan
from ..models import Consultation, FocusGroup, QuestionnaireVersion
from . import screening, signup


@dataclass
class _Screened(Participation):
    """Nobody's part in any consultation: there is no response, and no code that could open one."""

    one_page: Plan = field(kw_only=True)

    @property
    def plan(self) -> Plan:
        return self.one_page


def screening_form(group: FocusGroup, data: QueryDict | None) -> PageForm | None:
    """``None`` where the group asks nothing, or its questionnaire holds nothing to show."""
    version = screening.version_of(group)
    if version is None:
        return None
    plan = screening.plan_for(version)
    if not plan.pages:
        return None
    reader = get_language() or settings.LANGUAGE_CODE
    return PageForm(_part(group, version, plan, reader), plan.pages[0], reader=reader, data=data)


def _part(group: FocusGroup, version: QuestionnaireVersion, plan: Plan, reader: str) -> _Screened:
    return _Screened(
        consultation=Consultation(slug=group.slug),
        version=version,
        code="",
        response=None,
        language=spoken_in(plan.definition, reader),
        today=signup.today_in(group),
        one_page=plan,
    )
