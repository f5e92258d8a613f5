"""Copies of sections and questions, within a questionnaire and from one to another.

Copies go into the draft of the target, as if somebody had typed them: nothing changes for participants until
the draft is made live and published. Only lists of options, which stand outside drafts, are copied at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from itertools import chain, count
from typing import TypeVar, cast

from django.db import transaction
from django.db.models import Model, QuerySet
from modeltranslation.manager import get_translatable_fields_for_model

from portal import audit
from portal.models import User

from ..models import Choice, ChoiceList, MatrixRow, Question, Questionnaire, Section
from .places import LIST_OF
from .texts import text_of
from .xlsform.columns import LOGIC_COLUMNS

LONGEST_NAME = 64
# Quoted text first, so that what only looks like a reference inside it stays as it is.
_REFERENCE = re.compile(r"""'[^']*'|"[^"]*"|\$\{\s*(?P<name>[^\s}]+)\s*\}""")


@transaction.atomic
def copy_section(*, section: Section, to: Questionnaire, by: User | None) -> Section:
    """Append a copy of the section, with its questions, to the draft of a questionnaire.

    Names that the target has already get a number; rules inside the copy follow them. What rules say about
    questions that were not copied stays: checks report it where the target has no such question.
    """
    draft = _draft_of(to)
    copied = _blank_copy(section)
    copied.name = _free(item.name for item in draft.sections.all())(section.name)
    questions = list(section.questions.all())
    names = _new_names(questions, draft)
    copied.relevant = renamed(section.relevant, names)
    lists = _copy_lists(questions, _owner(section), to)
    copied.questions.set([_copy(question, names, lists) for question in questions])
    draft.sections.add(_at_end(copied, draft.sections.all()))
    _save(draft, "section.copied", by, source=section.name, copy=copied.name)
    return copied


@transaction.atomic
def copy_question(*, question: Question, to: Section, by: User | None) -> Question:
    """Append a copy of the question to a section of a draft. Names and lists as in ``copy_section``."""
    target = _owner(to)
    draft = _draft_of(target)
    section = next(item for item in draft.sections.all() if item.name == to.name)
    names = _new_names([question], draft)
    lists = _copy_lists([question], _owner(cast(Section, question.section)), target)
    copied = _copy(question, names, lists)
    section.questions.add(_at_end(copied, section.questions.all()))
    draft.sections.add(section)
    _save(draft, "question.copied", by, source=question.name, copy=copied.name)
    return copied


def renamed(rule: str, names: Mapping[str, str]) -> str:
    """The rule with its references ``${old}`` changed to ``${new}``; quoted text is left alone."""

    def replace(found: re.Match[str]) -> str:
        name = found["name"]
        return f"${{{names[name]}}}" if name in names else found[0]

    return _REFERENCE.sub(replace, rule)


def _owner(section: Section) -> Questionnaire:
    return cast(Questionnaire, section.questionnaire)


def _draft_of(questionnaire: Questionnaire) -> Questionnaire:
    # Fetched anew: without a draft Wagtail gives back the very object, and the caller's must not change.
    stored = Questionnaire.objects.get(pk=questionnaire.pk)
    draft: Questionnaire = stored.get_latest_revision_as_object()
    return draft


def _save(draft: Questionnaire, verb: str, by: User | None, **details: str) -> None:
    draft.save_revision(user=by, clean=False)
    audit.record(f"questionnaire.{verb}", target=draft, by=by, **details)


def _new_names(questions: Iterable[Question], draft: Questionnaire) -> dict[str, str]:
    """For each question and row that is copied, a name that the draft does not use."""
    taken = {name for section in draft.sections.all() for name in _names(section.questions.all())}
    free = _free(taken)
    names: dict[str, str] = {}
    for question in questions:
        endings = ("", "_other") if question.or_other else ("",)
        new = free(question.name, *endings)
        names |= {f"{question.name}{ending}": f"{new}{ending}" for ending in endings}
        names |= {row.name: free(row.name) for row in question.rows.all()}
    return names


def _names(questions: Iterable[Question]) -> Iterator[str]:
    """Every name by which rules may speak of these questions."""
    for question in questions:
        yield question.name
        if question.or_other:
            yield f"{question.name}_other"
        yield from (row.name for row in question.rows.all())


class _free:  # noqa: N801  (used as the function that it is)
    """Gives each name back, with the first number that makes it unique where it is taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.used = {name.casefold() for name in taken}

    def __call__(self, name: str, *endings: str) -> str:
        """``endings`` are added to the name by somebody else and must be free too."""
        # The copy of job_2 is job_3; the copy of voted_2026 stays a question about 2026.
        stem = re.sub(r"_[0-9]{1,2}$", "", name)
        numbered = (f"{stem[: LONGEST_NAME - len(end)]}{end}" for end in (f"_{n}" for n in count(2)))
        for candidate in chain([name], numbered):
            wanted = {f"{candidate}{ending}".casefold() for ending in endings or ("",)}
            if not wanted & self.used:
                self.used |= wanted
                return candidate
        raise AssertionError  # The numbers do not end.


def _copy(question: Question, names: Mapping[str, str], lists: Mapping[str, str]) -> Question:
    copied = _blank_copy(question)
    copied.name = names[question.name]
    copied.choice_list = lists.get(question.choice_list, question.choice_list)
    for field in LOGIC_COLUMNS:
        setattr(copied, field, renamed(getattr(question, field), names))
    copied.rows.set([_copy_row(row, names) for row in question.rows.all()])
    return copied


def _copy_row(row: MatrixRow, names: Mapping[str, str]) -> MatrixRow:
    copied = _blank_copy(row)
    copied.name = names[row.name]
    return copied


def _copy_lists(
    questions: Iterable[Question], source: Questionnaire, target: Questionnaire
) -> dict[str, str]:
    """Make sure that the target has the lists these questions need: former name → name in the target."""
    if source.pk == target.pk:
        return {}
    wanted = {question.choice_list for question in questions if question.kind not in LIST_OF}
    there = {item.name: item for item in _lists(target)}
    free = _free(there)
    names = {}
    for item in _lists(source):
        if item.name not in wanted:
            continue
        same = there.get(item.name)
        if same and _content(same) == _content(item):
            names[item.name] = item.name
        else:
            names[item.name] = free(item.name)
            _copy_list(item, names[item.name], target)
    return names


def _lists(questionnaire: Questionnaire) -> QuerySet[ChoiceList]:
    return ChoiceList.objects.filter(questionnaire=questionnaire.pk).prefetch_related("choices")


def _content(choice_list: ChoiceList) -> list[tuple[object, ...]]:
    return [
        (choice.name, choice.exclusive, choice.attributes, text_of(choice, "label"))
        for choice in choice_list.choices.all()
    ]


def _copy_list(choice_list: ChoiceList, name: str, target: Questionnaire) -> None:
    copied = ChoiceList.objects.create(questionnaire_id=target.pk, name=name)
    choices = [_blank_copy(choice) for choice in choice_list.choices.all()]
    for choice in choices:
        choice.choice_list = copied
    Choice.objects.bulk_create(choices)


_Record = TypeVar("_Record", bound=Model)
_Orderable = TypeVar("_Orderable", Section, Question)


def _blank_copy(record: _Record) -> _Record:
    """A new record with the same content, that belongs to nothing yet."""
    new = type(record)()
    translated = set(get_translatable_fields_for_model(type(record)) or ())
    for field in record._meta.concrete_fields:
        if not field.primary_key and not field.is_relation and field.name not in translated:
            setattr(new, field.attname, copy(getattr(record, field.attname)))
    return new


def _at_end(record: _Orderable, others: Iterable[_Orderable]) -> _Orderable:
    record.sort_order = max((other.sort_order or 0 for other in others), default=-1) + 1
    return record
