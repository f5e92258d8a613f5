"""The one report of an import: everything that a workbook holds and the portal cannot take, by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """An error stops the import; a notice says what is left out on purpose."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that cannot be taken. ``row`` counts from 1, as spreadsheets do; ``column`` is the header."""

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    # For what was found outside this module (logic): its own text instead of one of MESSAGES.
    text: Any = ""

    @property
    def message(self) -> str:
        return str(self.text) if self.text else str(MESSAGES[self.code]) % self.params

    @property
    def place(self) -> str:
        row = format_lazy(_("row {row}"), row=self.row) if self.row else ""
        return ", ".join(str(part) for part in (self.sheet, row, self.column) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Report:
    """Collects findings; nothing is raised, so that one reading finds everything."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def error(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", **params: Any
    ) -> None:
        self.findings.append(Finding(code, sheet, row, column, params))

    def notice(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", **params: Any
    ) -> None:
        self.findings.append(Finding(code, sheet, row, column, params, Severity.NOTICE))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)


MESSAGES = {
    # The file.
    "file_too_large": _("The file is larger than %(limit)s MB."),
    "file_unreadable": _(
        "This is not a readable XLSX workbook. Open it in a spreadsheet program and save it as .xlsx."
    ),
    "file_swells": _("Unpacked, the file is larger than a questionnaire can be."),
    "sheet_missing": _("The workbook has no sheet “%(name)s”."),
    "sheet_refused": _("The portal does not take the sheet “%(name)s”."),
    "sheet_twice": _("There are two sheets of this name: “%(name)s” is one too many."),
    "sheet_ignored": _("The sheet “%(name)s” is no part of a questionnaire and is left out."),
    "sheet_empty": _("The sheet has no rows."),
    "too_many_rows": _(
        "The sheet goes on below row %(limit)s. Delete what stands there, empty rows as well."
    ),
    "too_many_columns": _("The sheet has more than %(limit)s columns."),
    "cell_formula": _("The cell holds a formula. Put its value there instead."),
    "cell_error": _("The cell holds an error of the spreadsheet."),
    "cell_without_header": _("The cell stands in a column without a header."),
    # Columns.
    "column_missing": _("The column “%(name)s” is missing."),
    "column_twice": _("The column “%(name)s” stands there twice."),
    "column_refused": _("The portal does not take what this column says."),
    "column_ignored": _("This column is no part of a questionnaire and is left out."),
    "column_not_for_kind": _("A row of type “%(type)s” has no use for this column."),
    "column_name": _("“%(name)s” cannot be a filter column. Use letters, digits and underscores."),
    "language_unknown": _(
        "The language of this column is not one of the portal's. Write it like Español (es)."
    ),
    "default_language_missing": _("No column is written in the default language “%(language)s”."),
    # Rows.
    "type_missing": _("The row has no type."),
    "type_refused": _("The portal does not take the type “%(type)s”."),
    "type_unknown": _("“%(type)s” is no type of question."),
    "type_metadata": _(
        "The portal does not collect “%(type)s”, out of respect for privacy: the row is left out."
    ),
    "group_nested": _(
        "A section cannot hold another one. Only table-list groups may stand inside a section."
    ),
    "group_not_closed": _("The group is not closed."),
    "group_not_open": _("This closes a group that was not opened."),
    "table_row_type": _("In a table-list group every row is a select_one of the same list."),
    "table_empty": _("The table-list group has no rows."),
    "appearance_left_out": _("A section has no appearance of its own: “%(text)s” is left out."),
    "text_missing": _("There is no text in any language. Publishing will ask for it."),
    "appearance_unknown": _("The portal does nothing with “%(text)s”: it is kept for other tools."),
    "name_missing": _("The row has no name."),
    "name_bad": _(
        "“%(name)s” is not a name. Start with a letter without accent; then such letters, digits and "
        "underscores, 64 at most."
    ),
    "name_twice": _("The name “%(name)s” is already in row %(other)s."),
    "list_missing": _("The type does not name its list of options."),
    "list_reserved": _(
        "The list “%(name)s” is the portal's own. Write country or consular_office in the column "
        "“portal_kind”, or call the list something else."
    ),
    "list_unknown": _("The sheet “choices” has no list “%(name)s”."),
    "list_name_missing": _("The option does not say which list it belongs to."),
    "choice_name_bad": _(
        "“%(name)s” cannot be the code of an option: no spaces, commas or quotation marks, "
        "64 characters at most."
    ),
    "choice_name_twice": _("The list already has the option “%(name)s” in row %(other)s."),
    # Cells.
    "flag_bad": _("Write yes or no."),
    "count_bad": _("Write a whole number, zero or more."),
    "parameter_unknown": _("The portal does not take the parameter “%(name)s”."),
    "parameter_bad": _(
        "“%(text)s” does not fit: a number with ten digits before the point and four after it, at most."
    ),
    "portal_kind_bad": _("“%(text)s” is no kind of question. Write country or consular_office."),
    "text_too_long": _("The text has %(count)s characters; %(limit)s are possible."),
    "text_quotes_answer": _("Texts cannot quote an answer such as %(text)s."),
    # Settings.
    "form_id_missing": _("The settings do not say the form_id of the questionnaire."),
    "form_id_bad": _("“%(text)s” cannot be an identifier. Use letters, digits, hyphens and underscores."),
    "language_code_bad": _("“%(text)s” is no language of the portal. Write codes, such as: es en it."),
    "settings_row_ignored": _("Only the first row of the settings counts: this one is left out."),
    "setting_ignored": _("The portal has no such setting: “%(name)s” is left out."),
    "exists": _("There is already a questionnaire “%(name)s”."),
    "locked": _("The questionnaire “%(name)s” is locked."),
    "no_questions": _("The workbook has no questions."),
}
