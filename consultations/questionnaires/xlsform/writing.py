"""A definition as an XLSForm workbook that reads back as the same definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from ...instrument.definition import ChoiceList, Definition, MatrixRow, Question, QuestionKind, Section, Text
from .columns import (
    BEGIN,
    CHOICES,
    COUNT_COLUMNS,
    END,
    FLAG_COLUMNS,
    IMPOSSIBLE,
    LOGIC_COLUMNS,
    MULTILINE,
    NUMBER_FIELDS,
    SETTINGS,
    SURVEY,
    TABLE_LIST,
    TEXT_COLUMNS,
    TYPE_OF,
    language_name,
    outside_names,
    texts_of,
)

Record = dict[str, str]

# Text that looks like a character by number keeps its letters when its first underscore is one itself.
_LIKE_NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
PORTAL_KINDS = frozenset({QuestionKind.COUNTRY, QuestionKind.CONSULAR_OFFICE})


def write(definition: Definition, *, version: str = "") -> bytes:
    """The workbook as bytes. ``version`` is for the reader's information; importing it means nothing."""
    languages = all_languages(definition)
    book = Workbook()
    book.remove(book.worksheets[0])
    survey = list(_survey(definition))
    _fill(book, SURVEY, survey, _ordered(survey, ("type", "name"), languages))
    choices = [record for item in definition.choice_lists for record in _choices(item)]
    _fill(book, CHOICES, choices, _ordered(choices, ("list_name", "name"), languages))
    settings = _settings(definition, languages, version)
    _fill(book, SETTINGS, [settings], list(settings))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def all_languages(definition: Definition) -> tuple[str, ...]:
    """Languages switched on, then those that have texts without being switched on."""
    used = dict.fromkeys(code for text in texts_of(definition) for code in text)
    return tuple(dict.fromkeys((*definition.languages, *sorted(used))))


def _survey(definition: Definition) -> Iterator[Record]:
    loose = _loose_sections(definition)
    for section in definition.sections:
        if section.name in loose:
            yield from _questions(section)
            continue
        yield {
            "type": BEGIN,
            "name": section.name,
            "relevant": section.relevant,
            "portal_outside": "" if section.is_group else "yes",
            **_texts("label", section.label),
        }
        yield from _questions(section)
        yield {"type": END}


def _loose_sections(definition: Definition) -> frozenset[str]:
    """Sections to write without a group: all that stand outside any, if reading would name them the same."""
    outside = [section for section in definition.sections if not section.is_group]
    others = (section.name for section in definition.sections if section.is_group)
    names = (name for question in definition.questions() for name in (question.name, *question.answer_names))
    free = outside_names(frozenset({*others, *names}))
    told = all(section.name == name for section, name in zip(outside, free, strict=False))
    plain = all(section.questions and not section.label and not section.relevant for section in outside)
    apart = all(first.is_group or second.is_group for first, second in pairwise(definition.sections))
    return frozenset(section.name for section in outside) if told and plain and apart else frozenset()


def _questions(section: Section) -> Iterator[Record]:
    for question in section.questions:
        if question.kind is QuestionKind.MATRIX:
            yield {"type": BEGIN, **_fields(question)}
            yield from (_matrix_row(question, row) for row in question.rows)
            yield {"type": END}
        else:
            yield {"type": _type(question), **_fields(question)}


def _matrix_row(question: Question, row: MatrixRow) -> Record:
    return {
        "type": f"select_one {question.choice_list}",
        "name": row.name,
        "required": "yes" if row.required else "",
        **_texts("label", row.label),
    }


def _type(question: Question) -> str:
    words = (TYPE_OF[question.kind], question.choice_list, "or_other" if question.or_other else "")
    return " ".join(word for word in words if word)


def _fields(question: Question) -> Record:
    numbers = {name: getattr(question, name) for name in NUMBER_FIELDS}
    counts = {name: getattr(question, name) for name in COUNT_COLUMNS}
    record = {
        "name": question.name,
        "appearance": _appearance(question),
        "portal_kind": question.kind.value if question.kind in PORTAL_KINDS else "",
        "parameters": " ".join(
            f"{name}={_digits(value)}" for name, value in numbers.items() if value is not None
        ),
        **{base: getattr(question, base) for base in LOGIC_COLUMNS},
        **{base: "yes" if getattr(question, base) else "" for base in FLAG_COLUMNS},
        **{base: str(value) for base, value in counts.items() if value is not None},
    }
    for base in TEXT_COLUMNS:
        record |= _texts(base, getattr(question, base))
    return record


def _appearance(question: Question) -> str:
    word = {QuestionKind.LONG_TEXT: MULTILINE, QuestionKind.MATRIX: TABLE_LIST}.get(question.kind, "")
    return f"{word} {question.appearance}".strip()


def _digits(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def _choices(choice_list: ChoiceList) -> Iterator[Record]:
    for choice in choice_list.choices:
        yield {
            "list_name": choice_list.name,
            "name": choice.name,
            **_texts("label", choice.label),
            **choice.attributes,
            "exclusive": "yes" if choice.exclusive else "",
        }


def _settings(definition: Definition, languages: tuple[str, ...], version: str) -> Record:
    default = definition.default_language
    settings = {
        "form_title": definition.title.get(default, ""),
        "form_id": definition.name,
        "version": version,
        "default_language": language_name(default),
        "portal_languages": " ".join(definition.languages) if languages != definition.languages else "",
    }
    # ODK's converter takes one title only, so the others stand in columns that it passes over.
    others = {code: text for code, text in definition.title.items() if code != default}
    return {name: text for name, text in settings.items() if text} | _texts("portal_title", others)


def _texts(base: str, text: Text) -> Record:
    return {f"{base}::{language_name(code)}": value for code, value in text.items()}


def _ordered(records: Iterable[Record], first: tuple[str, ...], languages: tuple[str, ...]) -> list[str]:
    """Headers in reading order; those of empty columns are left out, but for labels."""
    filled = dict.fromkeys(name for record in records for name, text in record.items() if text)
    labels = [f"label::{language_name(code)}" for code in languages]
    texts = [f"{base}::{language_name(code)}" for base in TEXT_COLUMNS[1:] for code in languages]
    plain = [name for name in filled if "::" not in name]
    ordered = dict.fromkeys((*first, *labels, *texts[: len(languages)], *plain, *texts))
    return [name for name in ordered if name in filled or name in first or name in labels]


def _fill(book: Workbook, title: str, records: Iterable[Mapping[str, str]], headers: list[str]) -> None:
    sheet = book.create_sheet(title)
    for at, header in enumerate(headers, start=1):
        _put(sheet, 1, at, header).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, at).column_letter].width = 40 if "::" in header else 18
    for number, record in enumerate(records, start=2):
        for at, header in enumerate(headers, start=1):
            if text := record.get(header):
                _put(sheet, number, at, text)
    sheet.freeze_panes = "C2" if title != SETTINGS else None


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    cell = sheet.cell(row, column)
    cell.value = _LIKE_NUMBERED.sub("_x005F_", IMPOSSIBLE.sub("", text))
    # Text whatever it looks like: no formula, no number, nothing for a spreadsheet to reinterpret.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > 30)
    return cell
