"""Definition to rows. A row that keeps its name keeps its identity, so that history stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from decimal import Decimal

from django.db import transaction

from portal import audit
from portal.models import User

from ..instrument.definition import Choice, ChoiceList, Definition, MatrixRow, Question, Section
from ..models import Choice as ChoiceRecord
from ..models import ChoiceList as ChoiceListRecord
from ..models import MatrixRow as MatrixRowRecord
from ..models import Question as QuestionRecord
from ..models import Questionnaire
from ..models import Section as SectionRecord
from .places import LIST_OF
from .texts import columns, set_text
from .xlsform.columns import COUNT_COLUMNS, FLAG_COLUMNS, LOGIC_COLUMNS, NUMBER_FIELDS, TEXT_COLUMNS

_CHOICE_FIELDS = ["sort_order", "exclusive", "attributes", *columns("label")]


@transaction.atomic
def store(
    definition: Definition, *, questionnaire: Questionnaire | None = None, by: User | None
) -> Questionnaire:
    """Make the questionnaire say what the definition says: its live rows, and its newest revision.

    Without ``questionnaire`` a new one is made, with the definition's name as its identifier; a given one
    keeps its own. Drafts that were not published are superseded and stay in its history. Frozen versions are
    not touched.
    """
    record = questionnaire or Questionnaire(slug=definition.name)
    record.default_language = definition.default_language
    record.languages = list(definition.languages)
    set_text(record, "title", definition.title)
    record.save()
    _store_lists(definition, record)
    _put_sections(definition, record)
    revision = record.save_revision(user=by, clean=False)
    revision.publish(user=by, skip_permission_checks=True)
    audit.record("questionnaire.imported", target=record, by=by, digest=definition.digest())
    return Questionnaire.objects.get(pk=record.pk)


def _put_sections(definition: Definition, record: Questionnaire) -> None:
    """Lay the whole tree into the record's memory; publishing its revision writes it."""
    stored = SectionRecord.objects.filter(questionnaire=record.pk).prefetch_related("questions__rows")
    sections = {section.name: section for section in stored}
    questions = {question.name: question for section in stored for question in section.questions.all()}
    record.sections.set(
        [
            _section(section, at, sections.get(section.name) or SectionRecord(), questions)
            for at, section in enumerate(definition.sections)
        ]
    )


def _section(
    section: Section, at: int, record: SectionRecord, questions: Mapping[str, QuestionRecord]
) -> SectionRecord:
    record.sort_order = at
    record.name, record.relevant, record.is_group = section.name, section.relevant, section.is_group
    set_text(record, "label", section.label)
    record.questions.set(
        [
            _question(question, place, questions.get(question.name) or QuestionRecord())
            for place, question in enumerate(section.questions)
        ]
    )
    return record


def _question(question: Question, at: int, record: QuestionRecord) -> QuestionRecord:
    rows = {row.name: row for row in record.rows.all()} if record.pk else {}
    record.sort_order = at
    record.kind = question.kind.value
    # Countries and offices are records of the portal: such a question needs no list of its own.
    record.choice_list = "" if question.kind in LIST_OF else question.choice_list
    for name in ("name", "appearance", "or_other", *LOGIC_COLUMNS, *FLAG_COLUMNS, *COUNT_COLUMNS):
        setattr(record, name, getattr(question, name))
    for name in NUMBER_FIELDS:
        value = getattr(question, name)
        setattr(record, name, None if value is None else Decimal(str(value)))
    for name in TEXT_COLUMNS:
        set_text(record, name, getattr(question, name))
    record.rows.set(
        [_row(row, place, rows.get(row.name) or MatrixRowRecord()) for place, row in enumerate(question.rows)]
    )
    return record


def _row(row: MatrixRow, at: int, record: MatrixRowRecord) -> MatrixRowRecord:
    record.sort_order, record.name, record.required = at, row.name, row.required
    set_text(record, "label", row.label)
    return record


def _store_lists(definition: Definition, record: Questionnaire) -> None:
    """Lists are shared by questions and stand outside the draft: they are written at once."""
    wanted = {item.name: item for item in definition.choice_lists if item.name not in LIST_OF.values()}
    ChoiceListRecord.objects.filter(questionnaire=record).exclude(name__in=wanted).delete()
    stored = {item.name: item for item in ChoiceListRecord.objects.filter(questionnaire=record)}
    new = [ChoiceListRecord(questionnaire=record, name=name) for name in wanted if name not in stored]
    stored |= {item.name: item for item in ChoiceListRecord.objects.bulk_create(new)}
    _store_choices(wanted, stored)


def _store_choices(wanted: Mapping[str, ChoiceList], stored: Mapping[str, ChoiceListRecord]) -> None:
    known = {
        (choice.choice_list_id, choice.name): choice
        for choice in ChoiceRecord.objects.filter(choice_list__in=stored.values())
    }
    changed: list[ChoiceRecord] = []
    new: list[ChoiceRecord] = []
    for name, item in wanted.items():
        for at, choice in enumerate(item.choices):
            record = known.pop((stored[name].pk, choice.name), None)
            if record is None:
                new.append(_fill(ChoiceRecord(choice_list=stored[name]), choice, at))
            elif _content(record) != _content(_fill(copy(record), choice, at)):
                changed.append(_fill(record, choice, at))
    ChoiceRecord.objects.filter(pk__in=[choice.pk for choice in known.values()]).delete()
    ChoiceRecord.objects.bulk_update(changed, _CHOICE_FIELDS, batch_size=50)
    ChoiceRecord.objects.bulk_create(new)


def _fill(record: ChoiceRecord, choice: Choice, at: int) -> ChoiceRecord:
    record.sort_order, record.name = at, choice.name
    record.exclusive, record.attributes = choice.exclusive, dict(choice.attributes)
    set_text(record, "label", choice.label)
    return record


def _content(record: ChoiceRecord) -> list[object]:
    return [getattr(record, field) or "" for field in _CHOICE_FIELDS]
