"""Screening: which answers count for the composition, and who cannot take part.

The questions are an ordinary questionnaire, asked on one page. Its answers stay with the registration.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from ..answering.plan import Page, Plan, plan_of
from ..instrument import logic
from ..instrument.definition import Question, QuestionKind
from ..models import ExclusionRule, FocusGroup, QuestionnaireVersion, Quota
from .composition import Rule

_FREE_TEXT = {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT}


def version_of(group: FocusGroup) -> QuestionnaireVersion | None:
    """The newest frozen version of the screening questionnaire."""
    if group.screening_id is None:
        return None
    versions = QuestionnaireVersion.objects.filter(questionnaire=group.screening_id)
    return versions.order_by("-number").first()


def plan_for(version: QuestionnaireVersion) -> Plan:
    """The whole questionnaire as one page: signing up is one step."""
    plan = plan_of(version)
    sections = tuple(section for page in plan.pages for section in page.sections)
    return replace(plan, pages=(Page(1, sections),) if sections else ())


class Screening:
    """A group's screening, read from the database once, for as many people as there are."""

    def __init__(self, group: FocusGroup) -> None:
        self.group = group

    @cached_property
    def version(self) -> QuestionnaireVersion | None:
        return version_of(self.group)

    @cached_property
    def quotas(self) -> list[Quota]:
        return list(self.group.quotas.all())

    @cached_property
    def free(self) -> frozenset[str]:
        """Questions that people answer in their own words."""
        asked = self.version.definition.questions() if self.version and self.quotas else ()
        return frozenset(question.name for question in asked if question.kind in _FREE_TEXT)

    @cached_property
    def rules(self) -> list[Rule]:
        """The quotas as rules over profiles."""
        return [
            Rule(
                quota.question,
                frozenset(map(fold, quota.options) if quota.question in self.free else quota.options),
                quota.minimum,
                quota.maximum,
            )
            for quota in self.quotas
        ]

    def profile(self, answers: Mapping[str, Any]) -> dict[str, str | list[str]]:
        """The answers that the quotas read, and no others. Words are folded: «Milán» is «milan»."""
        found: dict[str, str | list[str]] = {}
        for name in dict.fromkeys(quota.question for quota in self.quotas):
            answer = answers.get(name)
            if isinstance(answer, list):
                found[name] = [str(item) for item in answer]
            elif answer is not None:
                found[name] = fold(str(answer)) if name in self.free else str(answer)
        return found


def rules_of(group: FocusGroup) -> list[Rule]:
    return Screening(group).rules


def profile(group: FocusGroup, answers: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Of one person. For many, keep a ``Screening``."""
    return Screening(group).profile(answers)


def fold(text: str) -> str:
    """Without accents, capitals and needless blanks."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def refusal(group: FocusGroup, answers: Mapping[str, Any], *, today: date) -> ExclusionRule | None:
    """The first rule that says that the person cannot take part."""
    for rule in group.exclusion_rules.all():
        if logic.truth(logic.evaluate(logic.parse(rule.excluded_when), answers, today=today)):
            return rule
    return None


def problems(group: FocusGroup) -> list[str]:
    """What is wrong with quotas and exclusion rules against the questionnaire, in words for staff."""
    version = version_of(group)
    if version is None:
        asks = group.quotas.exists() or group.exclusion_rules.exists()
        return [_("Quotas and exclusion rules need a published screening questionnaire.")] if asks else []
    questions = {question.name: question for question in version.definition.questions()}
    return [*_quota_problems(group, version, questions), *_rule_problems(group, questions)]


def _quota_problems(
    group: FocusGroup, version: QuestionnaireVersion, questions: Mapping[str, Question]
) -> list[str]:
    found = []
    for quota in group.quotas.all():
        question = questions.get(quota.question)
        if question is None:
            found.append(_("The questionnaire has no question “%(name)s”.") % {"name": quota.question})
            continue
        known = {choice.name for choice in version.definition.choices_of(question)}
        for option in quota.options:
            if known and option not in known:
                words = {"name": quota.question, "option": option}
                found.append(_("“%(option)s” is no answer of the question “%(name)s”.") % words)
    return found


def _rule_problems(group: FocusGroup, questions: Mapping[str, Question]) -> list[str]:
    known = {name for question in questions.values() for name in question.answer_names}
    found = []
    for rule in group.exclusion_rules.all():
        try:
            names = logic.names(logic.parse(rule.excluded_when))
        except logic.LogicError as error:
            words = {"rule": rule.excluded_when, "position": error.position + 1}
            found.append(_("“%(rule)s” cannot be read: see position %(position)s.") % words)
            continue
        unknown = sorted(names - known)
        found += [_("The questionnaire has no question “%(name)s”.") % {"name": name} for name in unknown]
    return found
