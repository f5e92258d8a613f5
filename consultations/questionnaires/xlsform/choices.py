"""The sheet ``choices``: lists of options, and the columns that filters read."""

from __future__ import annotations

from collections.abc import Iterable

from ...instrument.definition import Choice, ChoiceList
from .cells import flag, texts
from .columns import (
    CHOICE_COLUMNS,
    CHOICE_NAME,
    CHOICES,
    LABEL_LENGTH,
    NAME,
    REFUSED_CHOICE_COLUMNS,
    Column,
)
from .report import Report
from .workbook import Row, Sheet


def read_choices(sheet: Sheet, default_language: str, report: Report) -> tuple[ChoiceList, ...]:
    attributes = frozenset(_attribute_columns(sheet, report))
    lists: dict[str, dict[str, Choice]] = {}
    rows: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        place = (row.get("list_name"), row.get("name"))
        if not _is_named(row, report):
            continue
        if place in rows:
            report.error("choice_name_twice", CHOICES, row.number, "name", name=place[1], other=rows[place])
            continue
        rows[place] = row.number
        lists.setdefault(place[0], {})[place[1]] = _choice(row, attributes, default_language, report)
    return tuple(ChoiceList(name, tuple(choices.values())) for name, choices in lists.items())


def _is_named(row: Row, report: Report) -> bool:
    list_name, name = row.get("list_name"), row.get("name")
    if not list_name:
        report.error("list_name_missing", CHOICES, row.number, "list_name")
    elif not NAME.fullmatch(list_name):
        report.error("name_bad", CHOICES, row.number, "list_name", name=list_name)
    if not name:
        report.error("name_missing", CHOICES, row.number, "name")
    elif not CHOICE_NAME.fullmatch(name):
        report.error("choice_name_bad", CHOICES, row.number, "name", name=name)
    return bool(NAME.fullmatch(list_name) and CHOICE_NAME.fullmatch(name))


def _choice(row: Row, attributes: frozenset[Column], default_language: str, report: Report) -> Choice:
    for column in row.cells:
        if column.base in REFUSED_CHOICE_COLUMNS:
            report.error("column_refused", CHOICES, row.number, column.header)
    label = texts(row, "label", default_language, report, limit=LABEL_LENGTH)
    if not label:
        report.notice("text_missing", CHOICES, row.number, row.header("label"))
    return Choice(
        name=row.get("name"),
        label=label,
        exclusive=flag(row, "exclusive", report),
        attributes={column.base: text for column, text in row.cells.items() if column in attributes},
    )


def _attribute_columns(sheet: Sheet, report: Report) -> Iterable[Column]:
    for column in sheet.columns:
        if column.base in CHOICE_COLUMNS | REFUSED_CHOICE_COLUMNS:
            continue
        if column.language or not NAME.fullmatch(column.base):
            report.error("column_name", CHOICES, 1, column.header, name=column.header)
        else:
            yield column
