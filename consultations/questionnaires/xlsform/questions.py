"""One row of the sheet ``survey``: what its type says, and the question it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ...instrument.definition import MatrixRow, Question, QuestionKind
from .cells import count, flag, parameters, texts
from .columns import (
    APPEARANCES,
    BEGIN,
    COUNT_COLUMNS,
    END,
    FLAG_COLUMNS,
    LABEL_LENGTH,
    LOGIC_COLUMNS,
    METADATA_TYPES,
    MULTILINE,
    NUMBER_FIELDS,
    OTHER_TYPES,
    PORTAL_LISTS,
    QUESTION_LENGTHS,
    RANGE_DEFAULTS,
    TABLE_LIST,
    TEXT_COLUMNS,
    TYPE_ALIASES,
    TYPES,
    WITH_LIST,
    columns_of,
    fields_of,
)
from .report import Report
from .workbook import Row

PORTAL_KINDS = {kind.value: kind for kind in (QuestionKind.COUNTRY, QuestionKind.CONSULAR_OFFICE)}
_OR_OTHER = re.compile(r"\s+or([ _]other|[ _]specify[ _]other)$")


@dataclass(frozen=True, slots=True)
class TypeCell:
    """``select_one country or_other`` taken apart. ``word`` is one of XLSForm's types, or what was typed."""

    word: str
    choice_list: str = ""
    or_other: bool = False


def type_of(row: Row) -> TypeCell:
    text = " ".join(row.get("type").split())
    for alias, word in TYPE_ALIASES.items():
        if re.match(rf"{re.escape(alias)}(?!\S)", text, re.IGNORECASE):
            text = word + text[len(alias) :]
            break
    word, _, rest = text.partition(" ")
    if word.lower() not in WITH_LIST:
        return TypeCell(text.lower() if text.lower() in (*TYPES, BEGIN, END) else text)
    plain = _OR_OTHER.sub("", f" {rest}").strip()
    return TypeCell(word.lower(), plain, plain != rest.strip())


def refuse_type(row: Row, word: str, report: Report) -> None:
    """Say why a row whose type is none of ours is not taken."""
    place = ("survey", row.number, row.header("type"))
    first = word.split(" ")[0].lower()
    if not word:
        report.error("type_missing", *place)
    elif word.lower() in METADATA_TYPES:
        report.notice("type_metadata", *place, type=word)
    elif first in ("end_repeat", "end"):
        return  # Told where it begins.
    elif first in OTHER_TYPES or word.lower().replace(" ", "_") in OTHER_TYPES:
        report.error("type_refused", *place, type=word)
    else:
        report.error("type_unknown", *place, type=word)


@dataclass(frozen=True, slots=True)
class QuestionReader:
    """Turns rows into questions. Lists are known by name, so that a missing one is found here."""

    lists: frozenset[str]
    default_language: str
    report: Report

    def question(self, row: Row, type_: TypeCell) -> Question:
        kind = self._kind(row, type_)
        self.refuse_columns(row, columns_of(kind), row.get("type"))
        # The portal fills in countries and offices itself, whatever the workbook lists.
        if type_.word in WITH_LIST and kind not in PORTAL_KINDS.values():
            self.check_list(row, type_.choice_list)
        if type_.or_other and "or_other" not in fields_of(kind):
            self.report.error("type_unknown", row.sheet, row.number, row.header("type"), type=row.get("type"))
        return Question(
            kind=kind,
            choice_list=type_.choice_list,
            or_other=type_.or_other,
            **self.fields(row, kind, without_word=MULTILINE if kind is QuestionKind.LONG_TEXT else ""),
        )

    def matrix(self, row: Row, choice_list: str, rows: tuple[MatrixRow, ...]) -> Question:
        """A table-list group as one question."""
        kind = QuestionKind.MATRIX
        self.refuse_columns(row, columns_of(kind), f"{BEGIN} {TABLE_LIST}")
        fields = self.fields(row, kind, without_word=TABLE_LIST)
        return Question(kind=kind, choice_list=choice_list, rows=rows, **fields)

    def matrix_row(self, row: Row) -> MatrixRow:
        self.refuse_columns(row, frozenset({"type", "name", "label", "required"}), "table-list")
        return MatrixRow(
            name=row.get("name"),
            label=self.label(row, LABEL_LENGTH),
            required=flag(row, "required", self.report),
        )

    def label(self, row: Row, limit: int | None, *, needed: bool = True) -> dict[str, str]:
        found = texts(row, "label", self.default_language, self.report, limit=limit)
        if needed and not found:
            self.report.notice("text_missing", row.sheet, row.number, row.header("label"))
        return found

    def fields(self, row: Row, kind: QuestionKind, *, without_word: str) -> dict[str, Any]:
        """Everything that stands in a column of its own."""
        words = row.get("appearance").split()
        appearance = " ".join(word for word in words if word != without_word)
        if len(appearance) > QUESTION_LENGTHS["appearance"]:
            limit = QUESTION_LENGTHS["appearance"]
            self._error(row, "appearance", "text_too_long", count=len(appearance), limit=limit)
        elif strange := " ".join(word for word in words if word not in APPEARANCES):
            place = (row.sheet, row.number, row.header("appearance"))
            self.report.notice("appearance_unknown", *place, text=strange)
        return {
            "name": row.get("name"),
            "appearance": appearance,
            "label": self.label(row, None),
            **{base: self._texts(row, base) for base in TEXT_COLUMNS if base != "label"},
            **{base: row.get(base) for base in LOGIC_COLUMNS},
            **{base: flag(row, base, self.report) for base in FLAG_COLUMNS},
            **{base: count(row, base, self.report) for base in COUNT_COLUMNS},
            **self._numbers(row, kind),
        }

    def refuse_columns(self, row: Row, taken: frozenset[str], type_: str) -> None:
        """A filled cell that this type of row has no use for would be lost: say so."""
        for column in row.cells:
            if column.base in SURVEY_FIELDS and column.base not in taken:
                self.report.error("column_not_for_kind", row.sheet, row.number, column.header, type=type_)

    def check_list(self, row: Row, name: str) -> None:
        if not name:
            self._error(row, "type", "list_missing")
        elif name in PORTAL_LISTS.values():
            self._error(row, "type", "list_reserved", name=name)
        elif name not in self.lists:
            self._error(row, "type", "list_unknown", name=name)

    def _texts(self, row: Row, base: str) -> dict[str, str]:
        return texts(row, base, self.default_language, self.report, limit=QUESTION_LENGTHS.get(base))

    def _kind(self, row: Row, type_: TypeCell) -> QuestionKind:
        if type_.word == "text" and MULTILINE in row.get("appearance").split():
            return QuestionKind.LONG_TEXT
        if type_.word != "select_one" or not (text := row.get("portal_kind")):
            return TYPES[type_.word]
        if text not in PORTAL_KINDS:
            self._error(row, "portal_kind", "portal_kind_bad", text=text)
        # Of the two kinds that may fill the column, either one will do for the rest of the row.
        return PORTAL_KINDS.get(text, QuestionKind.COUNTRY)

    def _numbers(self, row: Row, kind: QuestionKind) -> dict[str, Any]:
        known = tuple(name for name in NUMBER_FIELDS if name in fields_of(kind))
        if not known and row.get("parameters"):
            return {}  # Refused with its column already.
        given = parameters(row, known, self.report)
        return {**RANGE_DEFAULTS, **given} if kind is QuestionKind.SCALE else dict(given)

    def _error(self, row: Row, base: str, code: str, **params: Any) -> None:
        self.report.error(code, row.sheet, row.number, row.header(base), **params)


SURVEY_FIELDS = frozenset(
    {"appearance", "parameters", "portal_kind", "portal_outside"}.union(
        TEXT_COLUMNS, LOGIC_COLUMNS, FLAG_COLUMNS, COUNT_COLUMNS
    )
)
