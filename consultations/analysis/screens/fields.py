"""What a filter or a table may be about: the fields of a frame in groups, each with what it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from ...enums import Channel
from ...instrument.columns import ColumnRole, ColumnType
from ...instrument.definition import QuestionKind
from ..filters import Operator
from ..frame import CHANNEL, DAY, LANGUAGE, QUOTABLE, VERSION, Frame, Variable
from .labels import Labels


class Takes(StrEnum):
    """What is compared with a field: options that are ticked, two ends, or words."""

    OPTIONS = "options"
    NUMBERS = "numbers"
    DAYS = "days"
    WORDS = "words"


OPERATORS: dict[Takes, tuple[Operator, ...]] = {
    Takes.OPTIONS: (Operator.ANY, Operator.NOT, Operator.ANSWERED, Operator.UNANSWERED),
    Takes.NUMBERS: (Operator.RANGE, Operator.ANSWERED, Operator.UNANSWERED),
    Takes.DAYS: (Operator.RANGE, Operator.ANSWERED, Operator.UNANSWERED),
    Takes.WORDS: (Operator.CONTAINS, Operator.ANSWERED, Operator.UNANSWERED),
}


@dataclass(frozen=True)
class Field:
    """``options`` are (code, label), for fields that take some."""

    name: str
    label: str
    takes: Takes
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FieldGroup:
    label: str
    fields: tuple[Field, ...]


def about_the_response(frame: Frame, labels: Labels) -> FieldGroup:
    numbers = sorted(version.number for version in frame.versions)
    values = {
        LANGUAGE: sorted(str(code) for code in frame.table[LANGUAGE].unique()),
        CHANNEL: [code for code in Channel.values if code in set(frame.table[CHANNEL].unique())],
        VERSION: [str(number) for number in numbers],
        QUOTABLE: ["1", "0"],
    }
    listed = tuple(
        Field(name, labels.field(name), Takes.OPTIONS, tuple((c, labels.option(name, c)) for c in codes))
        for name, codes in values.items()
        if codes
    )
    return FieldGroup(_("About the response"), (*listed, Field(DAY, labels.field(DAY), Takes.DAYS)))


def field_groups(frame: Frame, labels: Labels, *, hidden: Collection[str] = ()) -> list[FieldGroup]:
    """The questions by section in the order of the newest version, after what is known of the response.

    ``hidden`` names questions that are left out.
    """
    found: dict[str, list[Field]] = {}
    titles = {
        question.name: labels.section(section)
        for section in frame.definition.sections
        for question in section.questions
    }
    for field in _fields(frame, labels, hidden):
        variable = _first(frame, field.name)
        found.setdefault(titles.get(variable.column.question, _("Earlier versions")), []).append(field)
    by_section = [FieldGroup(title, tuple(fields)) for title, fields in found.items()]
    return [about_the_response(frame, labels), *by_section]


def field_named(frame: Frame, labels: Labels, name: str, *, hidden: Collection[str] = ()) -> Field | None:
    about = about_the_response(frame, labels).fields
    return next((field for field in (*about, *_fields(frame, labels, hidden)) if field.name == name), None)


def _fields(frame: Frame, labels: Labels, hidden: Collection[str]) -> Iterator[Field]:
    done: set[str] = set()
    for variable in frame.variables:
        question = variable.question
        name = variable.column.name if question.kind is QuestionKind.MATRIX else question.name
        if question.name in hidden or name in done or variable.column.role is ColumnRole.OTHER:
            continue
        done.add(name)
        yield _field(frame, labels, variable, name)


def _field(frame: Frame, labels: Labels, variable: Variable, name: str) -> Field:
    column = variable.column
    label = labels.field(name)
    if column.role in (ColumnRole.FLAG, ColumnRole.RANK):
        codes = [v.column.option for v in frame.variables if v.column.question == column.question]
        codes = [code for code in codes if code]
    elif column.type is ColumnType.NAME:
        codes = list(variable.codes) or sorted(frame.table[column.name].drop_nulls().unique().to_list())
    else:
        return Field(name, label, _TAKES.get(column.type, Takes.WORDS))
    return Field(name, label, Takes.OPTIONS, tuple((code, labels.option(name, code)) for code in codes))


def _first(frame: Frame, name: str) -> Variable:
    return next(v for v in frame.variables if name in (v.column.name, v.column.question))


_TAKES = {
    ColumnType.INTEGER: Takes.NUMBERS,
    ColumnType.DECIMAL: Takes.NUMBERS,
    ColumnType.DATE: Takes.DAYS,
    ColumnType.TEXT: Takes.WORDS,
}
