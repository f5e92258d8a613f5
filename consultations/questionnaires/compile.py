"""Rows to definition: what is frozen at publication, previewed, and written to workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from ..instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Number,
    Question,
    QuestionKind,
    Section,
)
from ..models import Choice as ChoiceRecord
from ..models import ChoiceList as ChoiceListRecord
from ..models import Question as QuestionRecord
from ..models import Questionnaire
from ..models import Section as SectionRecord
from .places import LIST_OF, place_lists
from .storing import store
from .texts import text_of
from .xlsform.columns import COUNT_COLUMNS, FLAG_COLUMNS, NUMBER_FIELDS, TEXT_COLUMNS, in_normal_form

__all__ = ["definition_of", "store"]

_PLAIN = ("name", "appearance", "or_other", "relevant", "constraint", "choice_filter")


def definition_of(questionnaire: Questionnaire) -> Definition:
    """The questionnaire with all its languages, in a constant number of queries.

    A record from the database compiles what is stored; a draft held in memory (an unsaved form, a revision)
    compiles what it holds. Lists of options always come from the database. Fields that a kind of question has
    no use for, and empty texts, are left out.
    """
    sections = tuple(_section(section) for section in _sections(questionnaire))
    kinds = {question.kind for section in sections for question in section.questions}
    own = [_choice_list(item) for item in _choice_lists(questionnaire)]
    return Definition(
        name=questionnaire.slug,
        title=text_of(questionnaire, "title"),
        languages=tuple(questionnaire.languages),
        default_language=questionnaire.default_language,
        sections=sections,
        choice_lists=(*(item for item in own if item.name not in LIST_OF.values()), *place_lists(kinds)),
    )


_Record = TypeVar("_Record", bound=Model)


def _in_order(records: Iterable[_Record]) -> list[_Record]:
    # A draft in memory keeps the order of its form, in which unsaved rows have no key yet.
    return sorted(records, key=lambda record: getattr(record, "sort_order", None) or 0)


def _sections(questionnaire: Questionnaire) -> list[SectionRecord]:
    sections: Any = questionnaire.sections  # modelcluster's own manager
    if not questionnaire.pk or sections.is_deferring:
        return _in_order(sections.all())
    stored = SectionRecord.objects.filter(questionnaire=questionnaire.pk)
    return list(stored.prefetch_related("questions__rows"))


def _choice_lists(questionnaire: Questionnaire) -> Iterable[ChoiceListRecord]:
    if not questionnaire.pk:
        return ()
    return ChoiceListRecord.objects.filter(questionnaire=questionnaire.pk).prefetch_related("choices")


def _section(record: SectionRecord) -> Section:
    return Section(
        name=record.name,
        questions=tuple(_question(question) for question in _in_order(record.questions.all())),
        label=text_of(record, "label"),
        relevant=record.relevant.strip(),
        is_group=record.is_group,
    )


def _question(record: QuestionRecord) -> Question:
    kind = QuestionKind(record.kind)
    rows = (MatrixRow(row.name, text_of(row, "label"), row.required) for row in _in_order(record.rows.all()))
    fields: dict[str, Any] = {
        **{name: _tidy(getattr(record, name)) for name in _PLAIN},
        **{name: getattr(record, name) for name in (*FLAG_COLUMNS, *COUNT_COLUMNS)},
        **{name: _number(getattr(record, name)) for name in NUMBER_FIELDS},
        **{name: text_of(record, name) for name in TEXT_COLUMNS},
    }
    choice_list = LIST_OF.get(kind, record.choice_list)
    return in_normal_form(Question(kind=kind, choice_list=choice_list, rows=tuple(rows), **fields))


def _tidy(value: str | bool) -> str | bool:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _number(value: Decimal | None) -> Number | None:
    """Whole numbers as ``int``, so that the same content has the same digest."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _choice_list(record: ChoiceListRecord) -> ChoiceList:
    return ChoiceList(record.name, tuple(_choice(choice) for choice in record.choices.all()))


def _choice(record: ChoiceRecord) -> Choice:
    return Choice(
        name=record.name,
        label=text_of(record, "label"),
        exclusive=record.exclusive,
        attributes={key: str(value) for key, value in record.attributes.items() if str(value)},
    )
