"""Freezing a questionnaire: what must hold first, and the version that comes of it."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from portal import audit
from portal.models import User

from ..instrument.checks import problems
from ..instrument.definition import Definition
from ..instrument.problems import Problem, Severity
from ..models import Questionnaire, QuestionnaireVersion
from .compile import definition_of
from .continuity import breaks


class NotPublishable(Exception):  # noqa: N818  (reads as the refusal that it is)
    """The questionnaire has errors; ``problems`` says which."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def problems_of(questionnaire: Questionnaire) -> list[Problem]:
    """Everything that stands in the way of publishing what is stored, and what is worth a second look.

    Missing texts count only in the languages that are switched on.
    """
    return _problems(definition_of(questionnaire), _earlier(questionnaire))


@transaction.atomic
def publish_version(*, questionnaire: Questionnaire, by: User | None) -> QuestionnaireVersion:
    """Freeze the live rows as the next version, or give back the newest one when nothing has changed.

    A draft that was not made live is not part of it. Raises ``NotPublishable`` with all errors.
    """
    # Whoever comes second waits here and then finds the other's version. SQLite has no row locks, but its
    # transactions begin IMMEDIATE and so come one after the other.
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    definition, earlier = definition_of(locked), _earlier(locked)
    digest = definition.digest()
    if earlier and earlier[-1].digest == digest:
        return earlier[-1]
    if errors := [item for item in _problems(definition, earlier) if item.severity is Severity.ERROR]:
        raise NotPublishable(errors)
    version = QuestionnaireVersion.objects.create(
        questionnaire=locked,
        number=earlier[-1].number + 1 if earlier else 1,
        document=definition.to_json(),
        digest=digest,
        published_by=by,
    )
    audit.record("questionnaire.published", target=locked, by=by, number=version.number, digest=digest)
    return version


def _earlier(questionnaire: Questionnaire) -> list[QuestionnaireVersion]:
    return list(QuestionnaireVersion.objects.filter(questionnaire=questionnaire.pk).order_by("number"))


def _problems(definition: Definition, earlier: list[QuestionnaireVersion]) -> list[Problem]:
    found = [_title_may_wait(problem, definition) for problem in problems(definition)]
    return found + [
        problem for version in earlier for problem in breaks(definition, version.definition, version.number)
    ]


def _title_may_wait(problem: Problem, definition: Definition) -> Problem:
    """Participants read the consultation's title, and workbooks know a title in one language only."""
    if problem.code == "missing_translation" and problem.field == "title" and not problem.place:
        severity = Severity.WARNING if definition.title else Severity.ERROR
        return replace(problem, severity=severity)
    return problem
