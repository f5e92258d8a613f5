"""From a workbook that somebody sends to a stored questionnaire: all of it, or none and a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from portal.models import User

from ..instrument.checks import problems
from ..instrument.problems import Problem
from ..instrument.problems import Severity as ProblemSeverity
from ..models import Questionnaire
from .problem_messages import message_of
from .storing import store
from .texts import LANGUAGES
from .xlsform import Finding, Reading, Severity, read
from .xlsform.columns import FORM_ID

# The column that holds a field of the definition, where it is not called the same.
_COLUMN_OF = {
    "choice_list": "type",
    "or_other": "type",
    "kind": "type",
    "rows": "type",
    "choices": "name",
    "start": "parameters",
    "end": "parameters",
    "step": "parameters",
    "title": "form_title",
    "languages": "portal_languages",
}
# A questionnaire in the making may lack texts; publishing it asks for them.
_MAY_WAIT = frozenset({"missing_translation"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """``questionnaire`` is ``None`` when errors stopped the import. Notices do not stop it."""

    findings: tuple[Finding, ...]
    questionnaire: Questionnaire | None = None
    is_new: bool = False

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def examine(source: bytes, *, fallback_name: str = "") -> tuple[Reading, tuple[Finding, ...]]:
    """Read a workbook and check its logic, without storing anything."""
    reading = read(source, languages=LANGUAGES, fallback_name=fallback_name)
    return reading, tuple(sorted((*reading.findings, *_logic_findings(reading)), key=_by_place))


@transaction.atomic
def import_workbook(
    *, source: bytes, by: User | None, slug: str = "", fallback_name: str = "", may_replace: bool = True
) -> Outcome:
    """Store what the workbook says, under its ``form_id`` or another identifier.

    A questionnaire that exists already is brought to what the workbook says; with ``may_replace=False`` that
    is an error. Published versions are never touched.
    """
    reading, findings = examine(source, fallback_name=fallback_name)
    if slug and not FORM_ID.fullmatch(slug):
        findings = (Finding("form_id_bad", params={"text": slug}), *findings)
    outcome = Outcome(findings)
    slug = slug or reading.definition.name
    existing = Questionnaire.objects.filter(slug=slug).first()
    if outcome.errors:
        return outcome
    if existing and not may_replace:
        return Outcome((*findings, Finding("exists", params={"name": slug})))
    if existing and by and (lock := existing.get_lock()) and lock.for_user(by):
        return Outcome((*findings, Finding("locked", params={"name": slug})))
    record = existing or Questionnaire(slug=slug)
    stored = store(reading.definition, questionnaire=record, by=by)
    return Outcome(findings, stored, is_new=existing is None)


def _logic_findings(reading: Reading) -> Iterator[Finding]:
    """The instrument's problems, each at its cell; what the reading has told already is not told twice."""
    if not any(True for _question in reading.definition.questions()):
        return
    told = {(finding.sheet, finding.row, finding.column) for finding in reading.errors}
    twice = {finding.params["name"] for finding in reading.errors if finding.code == "name_twice"}
    for problem in problems(reading.definition):
        place = _place(reading, problem)
        of_refused_row = problem.params.get("name") in reading.refused_names
        is_told = place in told or (problem.code == "duplicate_name" and problem.params["name"] in twice)
        if problem.code in _MAY_WAIT or is_told or of_refused_row:
            continue
        is_error = problem.severity is ProblemSeverity.ERROR
        yield Finding(
            problem.code,
            *place,
            severity=Severity.ERROR if is_error else Severity.NOTICE,
            text=message_of(problem),
        )


def _by_place(finding: Finding) -> tuple[int, int]:
    """In the order in which an author goes through the workbook."""
    sheets = ("", "survey", "choices", "settings")
    return sheets.index(finding.sheet), finding.row or 0


def _place(reading: Reading, problem: Problem) -> tuple[str, int | None, str]:
    column = _COLUMN_OF.get(problem.field, problem.field)
    if not problem.place:
        return reading.setting(column)
    return reading.place(problem.place, column, problem.language, choice=str(problem.params.get("name", "")))
