"""A workbook as a definition, with one report of everything that could not be taken."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from ...instrument.definition import Definition
from .cells import texts
from .choices import read_choices
from .columns import (
    CHOICES,
    FORM_ID,
    REFUSED_SURVEY_COLUMNS,
    SETTING_COLUMNS,
    SETTINGS,
    SURVEY,
    SURVEY_COLUMNS,
    TITLE_LENGTH,
    TRANSLATED,
    Column,
    language_code,
)
from .questions import QuestionReader
from .report import Finding, Report, Severity
from .survey import SurveyReader
from .workbook import Row, Sheet, open_sheets


@dataclass(frozen=True)
class Reading:
    """What came out of a workbook. With errors, the definition is only as whole as the workbook allowed."""

    definition: Definition
    findings: tuple[Finding, ...]
    sheets: dict[str, Sheet]
    refused_names: frozenset[str] = frozenset()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    def place(
        self, name: str, field: str, language: str = "", *, choice: str = ""
    ) -> tuple[str, int | None, str]:
        """Sheet, row and column header of a field of the section, question, row or list of that name.

        ``choice`` finds the row of one option of that list.
        """
        sheet, row = self._rows.get((name, choice)) or self._rows.get((name, "")) or (SURVEY, None)
        return sheet, row, self._header(sheet, field, language)

    def setting(self, field: str) -> tuple[str, int | None, str]:
        rows = self.sheets[SETTINGS].rows if SETTINGS in self.sheets else ()
        return SETTINGS, rows[0].number if rows else None, self._header(SETTINGS, field, "")

    @cached_property
    def _rows(self) -> dict[tuple[str, str], tuple[str, int]]:
        """Where names stand first; those of the survey come before lists of the same name."""
        rows: dict[tuple[str, str], tuple[str, int]] = {}
        for row in reversed(self.sheets[CHOICES].rows if CHOICES in self.sheets else ()):
            rows[row.get("list_name"), ""] = rows[row.get("list_name"), row.get("name")] = (
                CHOICES,
                row.number,
            )
        for row in reversed(self.sheets[SURVEY].rows if SURVEY in self.sheets else ()):
            rows[row.get("name"), ""] = (SURVEY, row.number)
        return rows

    def _header(self, sheet: str, field: str, language: str) -> str:
        columns = self.sheets[sheet].columns if sheet in self.sheets else ()
        of_field = [column for column in columns if column.base == field]
        in_language = (column for column in of_field if column.language == language)
        return next(in_language, of_field[0]).header if of_field else field


def read(source: bytes, *, languages: Collection[str] | None = None, fallback_name: str = "") -> Reading:
    """Read an XLSForm workbook. Never raises for what the file holds.

    ``languages``: the codes that may be used, all when ``None``. ``fallback_name``: the identifier of a
    questionnaire whose settings give none.
    """
    report = Report()
    sheets = open_sheets(source, report)
    if sheets or not report.has_errors:
        return _Reader(sheets, report, languages, fallback_name).read()
    return Reading(Definition(fallback_name), tuple(report), sheets)


def _worth_telling(report: Report) -> tuple[Finding, ...]:
    """Without the texts that are missing where an error of the same row may be the reason."""
    faulty = {(item.sheet, item.row) for item in report if item.severity is Severity.ERROR}
    return tuple(
        item for item in report if item.code != "text_missing" or (item.sheet, item.row) not in faulty
    )


class _Reader:
    def __init__(
        self, sheets: dict[str, Sheet], report: Report, languages: Collection[str] | None, fallback_name: str
    ) -> None:
        self.sheets, self.report = sheets, report
        self.known = languages
        self.fallback_name = fallback_name
        self.survey = sheets.get(SURVEY, Sheet(SURVEY))
        self.choices = sheets.get(CHOICES, Sheet(CHOICES))
        rows = sheets.get(SETTINGS, Sheet(SETTINGS)).rows
        self.settings = rows[0] if rows else Row(SETTINGS, 2, {})

    def read(self) -> Reading:
        self._check_sheets()
        default = self._default_language()
        self._check_plain_columns(default)
        lists = read_choices(self.choices, default, self.report)
        questions = QuestionReader(frozenset(item.name for item in lists), default, self.report)
        survey = SurveyReader(questions, self.report)
        sections = survey.read(self.survey.rows)
        if SURVEY in self.sheets and not any(section.questions for section in sections):
            self._report_no_questions()
        name = self._name()
        definition = Definition(
            name=name,
            title=self._title(default) or {default: name},
            languages=self._languages(default),
            default_language=default,
            sections=sections,
            choice_lists=lists,
        )
        return Reading(definition, _worth_telling(self.report), self.sheets, frozenset(survey.refused))

    def _report_no_questions(self) -> None:
        """Rows that could not be taken have told so themselves."""
        if not any(item.sheet == SURVEY and item.severity is Severity.ERROR for item in self.report):
            self.report.error("no_questions", SURVEY)

    def _check_sheets(self) -> None:
        if SURVEY not in self.sheets:
            self.report.error("sheet_missing", name=SURVEY)
        if self.survey.columns:
            self._require(self.survey, "type", "name", "label")
        if self.choices.rows:
            self._require(self.choices, "list_name", "name")
        self._check_survey_columns()
        for sheet in self.sheets.values():
            self._check_columns(sheet)
        for row in self.sheets.get(SETTINGS, Sheet(SETTINGS)).rows[1:]:
            self.report.notice("settings_row_ignored", SETTINGS, row.number)

    def _require(self, sheet: Sheet, *bases: str) -> None:
        for base in bases:
            if all(column.base != base for column in sheet.columns):
                self.report.error("column_missing", sheet.name, 1, name=base)

    def _check_columns(self, sheet: Sheet) -> None:
        for column in sheet.columns:
            if column.base in TRANSLATED and self._is_strange(column.language):
                self.report.error("language_unknown", sheet.name, 1, column.header)
            if sheet.name == SETTINGS and column.base not in SETTING_COLUMNS:
                self.report.notice("setting_ignored", SETTINGS, 1, column.header, name=column.header)

    def _check_plain_columns(self, default: str) -> None:
        """``label`` and ``label::Español (es)`` are one column when Spanish is the default language."""
        for sheet in self.sheets.values():
            named = {column.base for column in sheet.columns if column.language == default}
            for column in sheet.columns:
                if column.base in TRANSLATED & named and not column.language:
                    self.report.error("column_twice", sheet.name, 1, column.header, name=column.header)

    def _is_strange(self, language: str) -> bool:
        return self.known is not None and language not in {"", "?", *self.known}

    def _check_survey_columns(self) -> None:
        """Cells under a column of the standard that we do not take are errors; others get one notice."""
        ignored: dict[Column, None] = {}
        for row in self.survey.rows:
            for column in row.cells:
                if column.base in REFUSED_SURVEY_COLUMNS:
                    self.report.error("column_refused", SURVEY, row.number, column.header)
                elif column.base not in SURVEY_COLUMNS:
                    ignored[column] = None
        for column in ignored:
            self.report.notice("column_ignored", SURVEY, 1, column.header)

    def _default_language(self) -> str:
        """As the settings say; else Spanish where a column is Spanish or has no language; else the first."""
        found = self._column_languages()
        text = self.settings.get("default_language")
        if text:
            code = language_code(text)
            # A plain column is in the default language, whatever that is.
            if code is None or self._is_strange(code) or (found and "" not in found and code not in found):
                place = (SETTINGS, self.settings.number, self.settings.header("default_language"))
                self.report.error("default_language_missing", *place, language=text)
            return code or "es"
        return "es" if not found or {"", "es"} & set(found) else found[0]

    def _column_languages(self) -> list[str]:
        """Languages of the columns of texts, in order, each once; ``""`` for columns without one."""
        sheets = (self.survey, self.choices)
        columns = [column for sheet in sheets for column in sheet.columns if column.base in TRANSLATED]
        return list(dict.fromkeys(column.language for column in columns if column.language != "?"))

    def _languages(self, default: str) -> tuple[str, ...]:
        """The languages switched on: as our own setting says, else all that have a column."""
        if text := self.settings.get("portal_languages"):
            return self._switched_on(text)
        return tuple(dict.fromkeys(code or default for code in self._column_languages())) or (default,)

    def _switched_on(self, text: str) -> tuple[str, ...]:
        codes = dict.fromkeys(code for code in re.split(r"[\s,;]+", text.lower()) if code)
        place = (SETTINGS, self.settings.number, self.settings.header("portal_languages"))
        for code in codes:
            if self._is_strange(code):
                self.report.error("language_code_bad", *place, text=code)
        return tuple(codes)

    def _name(self) -> str:
        text = self.settings.get("form_id") or self.fallback_name
        place = (SETTINGS, self.settings.number, self.settings.header("form_id"))
        if not text:
            self.report.error("form_id_missing", *place)
        elif not FORM_ID.fullmatch(text):
            self.report.error("form_id_bad", *place, text=text)
        return text

    def _title(self, default: str) -> dict[str, str]:
        # A plain title holds for the default language, ours for the others.
        plain = texts(self.settings, "form_title", default, self.report, limit=TITLE_LENGTH)
        return plain | texts(self.settings, "portal_title", default, self.report, limit=TITLE_LENGTH)
