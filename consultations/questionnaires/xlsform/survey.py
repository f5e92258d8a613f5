"""The sheet ``survey``: rows become sections with questions; groups open and close on a stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from ...instrument.definition import MatrixRow, Question, QuestionKind, Section
from .cells import flag
from .columns import (
    BEGIN,
    END,
    LABEL_LENGTH,
    METADATA_TYPES,
    NAME,
    SURVEY,
    TABLE_LIST,
    TYPES,
    outside_names,
)
from .questions import QuestionReader, TypeCell, refuse_type, type_of
from .report import Report
from .workbook import Row


class _Group(Enum):
    SECTION = auto()
    TABLE = auto()
    REFUSED = auto()


@dataclass(slots=True)
class _Open:
    """A group that has begun and not ended."""

    group: _Group
    row: Row
    choice_list: str = ""
    rows: list[MatrixRow] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """A section being filled; without a row it is a run of questions outside any group."""

    row: Row | None
    questions: list[Question] = field(default_factory=list)


class SurveyReader:
    """Reads rows one after another. ``refused`` are names whose row was not taken."""

    def __init__(self, questions: QuestionReader, report: Report) -> None:
        self.questions = questions
        self.report = report
        self.drafts: list[_Draft] = []
        self.stack: list[_Open] = []
        self.names: dict[str, int] = {}
        self.section_names: dict[str, int] = {}
        self.refused: set[str] = set()

    def read(self, rows: tuple[Row, ...]) -> tuple[Section, ...]:
        for row in rows:
            self._take(row)
        for group in self.stack:
            self._error(group.row, "type", "group_not_closed")
        return self._sections()

    def _take(self, row: Row) -> None:
        type_ = type_of(row)
        if type_.word == BEGIN:
            self._begin(row)
        elif type_.word == END:
            self._end(row)
        elif self.stack and self.stack[-1].group is _Group.TABLE:
            self._table_row(row, type_)
        elif type_.word in TYPES:
            self._question(row, type_)
        else:
            refuse_type(row, type_.word, self.report)
            # A row that a notice leaves out stops nothing, so a rule that speaks of it must be told.
            if type_.word.lower() not in METADATA_TYPES:
                self.refused.add(row.get("name"))

    def _begin(self, row: Row) -> None:
        is_table = TABLE_LIST in row.get("appearance").split()
        if is_table and all(group.group is _Group.SECTION for group in self.stack):
            self._name(row, self.names)
            self.stack.append(_Open(_Group.TABLE, row))
        elif self.stack:
            self._error(row, "type", "group_nested")
            self.refused.add(row.get("name"))
            self.stack.append(_Open(_Group.REFUSED, row))
        else:
            self._name(row, self.section_names)
            self.stack.append(_Open(_Group.SECTION, row))
            self.drafts.append(_Draft(row))

    def _end(self, row: Row) -> None:
        if not self.stack:
            self._error(row, "type", "group_not_open")
            return
        group = self.stack.pop()
        if group.group is _Group.TABLE:
            if not group.rows:
                self._error(group.row, "type", "table_empty")
            matrix = self.questions.matrix(group.row, group.choice_list, tuple(group.rows))
            self._draft().questions.append(matrix)

    def _table_row(self, row: Row, type_: TypeCell) -> None:
        table = self.stack[-1]
        known = (table.choice_list or type_.choice_list) == type_.choice_list
        if type_.word not in TYPES:
            refuse_type(row, type_.word, self.report)
        elif TYPES[type_.word] is not QuestionKind.SINGLE_CHOICE or type_.or_other or not known:
            self._error(row, "type", "table_row_type")
        else:
            self.questions.check_list(row, type_.choice_list)
            table.choice_list = type_.choice_list
        self._name(row, self.names)
        table.rows.append(self.questions.matrix_row(row))

    def _question(self, row: Row, type_: TypeCell) -> None:
        self._name(row, self.names)
        self._draft().questions.append(self.questions.question(row, type_))

    def _draft(self) -> _Draft:
        """The open section, or the run of questions outside any group that this row belongs to."""
        outside = not any(group.group is _Group.SECTION for group in self.stack)
        if not self.drafts or (outside and self.drafts[-1].row is not None):
            self.drafts.append(_Draft(None))
        return self.drafts[-1]

    def _name(self, row: Row, taken: dict[str, int]) -> None:
        name = row.get("name")
        if not name:
            self._error(row, "name", "name_missing")
        elif not NAME.fullmatch(name):
            self._error(row, "name", "name_bad", name=name)
        elif name in taken:
            self._error(row, "name", "name_twice", name=name, other=str(taken[name]))
        else:
            taken[name] = row.number

    def _sections(self) -> tuple[Section, ...]:
        free = outside_names(frozenset({*self.names, *self.section_names}))
        return tuple(
            self._section(draft.row, tuple(draft.questions))
            if draft.row
            else Section(next(free), tuple(draft.questions), is_group=False)
            for draft in self.drafts
        )

    def _section(self, row: Row, questions: tuple[Question, ...]) -> Section:
        taken = frozenset({"type", "name", "label", "relevant", "appearance", "portal_outside"})
        self.questions.refuse_columns(row, taken, BEGIN)
        if appearance := row.get("appearance"):
            self.report.notice(
                "appearance_left_out", SURVEY, row.number, row.header("appearance"), text=appearance
            )
        outside = flag(row, "portal_outside", self.report)
        return Section(
            name=row.get("name"),
            questions=questions,
            label=self.questions.label(row, LABEL_LENGTH, needed=not outside),
            relevant=row.get("relevant"),
            is_group=not outside,
        )

    def _error(self, row: Row, base: str, code: str, **params: str) -> None:
        self.report.error(code, SURVEY, row.number, row.header(base), **params)
