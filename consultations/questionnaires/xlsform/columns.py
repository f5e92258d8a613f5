"""What the columns and types of an XLSForm workbook are called, and which of our fields they fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...instrument.definition import Definition, Question, QuestionKind, Text
from ...instrument.kinds import KINDS

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

TYPES = {
    "select_one": QuestionKind.SINGLE_CHOICE,
    "select_multiple": QuestionKind.MULTIPLE_CHOICE,
    "rank": QuestionKind.RANKING,
    "range": QuestionKind.SCALE,
    "integer": QuestionKind.INTEGER,
    "decimal": QuestionKind.DECIMAL,
    "date": QuestionKind.DATE,
    "text": QuestionKind.SHORT_TEXT,
    "acknowledge": QuestionKind.ACKNOWLEDGE,
    "note": QuestionKind.NOTE,
}
TYPE_OF = {kind: name for name, kind in TYPES.items()} | {
    QuestionKind.LONG_TEXT: "text",
    QuestionKind.COUNTRY: "select_one",
    QuestionKind.CONSULAR_OFFICE: "select_one",
}
WITH_LIST = frozenset({"select_one", "select_multiple", "rank"})
BEGIN, END = "begin_group", "end_group"
# Older and longer spellings that XLSForm tools still take.
TYPE_ALIASES = {
    "add select one prompt using": "select_one",
    "add select multiple prompt using": "select_multiple",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select multiple from": "select_multiple",
    "select multiple": "select_multiple",
    "select one from": "select_one",
    "select one": "select_one",
    "select1": "select_one",
    "begin group": BEGIN,
    "end group": END,
    "int": "integer",
    "string": "text",
    "trigger": "acknowledge",
}
# Facts about a device or a sitting that the portal does not collect.
METADATA_TYPES = frozenset(
    {
        *("start", "end", "today", "deviceid", "device_id", "subscriberid", "simserial", "phonenumber"),
        *("username", "email", "audit", "imei", "start-geopoint", "background-geopoint", "background-audio"),
    }
)
# Parts of the standard that the portal has no answer for. The rest of the types are misspelt.
OTHER_TYPES = frozenset(
    {
        *("begin_repeat", "end_repeat", "begin", "end", "loop", "hidden", "time", "datetime", "entity"),
        *("geopoint", "geotrace", "geoshape", "osm", "image", "photo", "audio", "video", "file", "barcode"),
        *("calculate", "calculation", "xml-external", "csv-external", "select_one_from_file"),
        *("select_multiple_from_file", "select_one_external", "select_from_repeat"),
    }
)

MULTILINE, TABLE_LIST = "multiline", "table-list"
# Words of the column "appearance" that change something here. Others are kept for other tools.
APPEARANCES = frozenset({MULTILINE, TABLE_LIST, "minimal", "autocomplete", "likert"})
# Lists that the portal makes of its own records, whatever a workbook has under their names.
PORTAL_LISTS = {QuestionKind.COUNTRY: "portal_countries", QuestionKind.CONSULAR_OFFICE: "portal_offices"}
RANGE_DEFAULTS = {"start": 1, "end": 10, "step": 1}

TEXT_COLUMNS = ("label", "hint", "required_message", "constraint_message", "low_label", "high_label")
LOGIC_COLUMNS = ("relevant", "constraint", "choice_filter")
FLAG_COLUMNS = ("required", "sensitive")
COUNT_COLUMNS = ("min_choices", "max_choices", "max_length")
NUMBER_FIELDS = ("start", "end", "step")
SURVEY_COLUMNS = frozenset(
    {"type", "name", "appearance", "parameters", "portal_kind", "portal_outside"}.union(
        TEXT_COLUMNS, LOGIC_COLUMNS, FLAG_COLUMNS, COUNT_COLUMNS
    )
)
CHOICE_COLUMNS = frozenset({"list_name", "name", "label", "exclusive"})
SETTING_COLUMNS = frozenset(
    {"form_title", "form_id", "version", "default_language", "portal_title", "portal_languages"}
)
# Columns that mean something in XLSForm and that the portal does not take: never dropped unseen.
REFUSED_SURVEY_COLUMNS = frozenset(
    {
        *(
            "default",
            "calculation",
            "read_only",
            "trigger",
            "repeat_count",
            "guidance_hint",
            "media",
            "image",
        ),
        *("big-image", "audio", "video", "autoplay", "bind", "body", "control", "instance", "choices"),
        *("query", "save_to", "intent", "rows", "no_app_error_string", "sms_field", "sms_option"),
    }
)
REFUSED_CHOICE_COLUMNS = frozenset({"media", "image", "big-image", "audio", "video", "geometry"})
COLUMN_ALIASES = {
    SURVEY: {
        "relevance": "relevant",
        "caption": "label",
        "command": "type",
        "tag": "name",
        "value": "name",
        "calculate": "calculation",
        "readonly": "read_only",
        "count": "repeat_count",
        "jr:count": "repeat_count",
        "constraining_message": "constraint_message",
        "requiredmsg": "required_message",
    },
    CHOICES: {"caption": "label", "value": "name", "list": "list_name"},
    SETTINGS: {"set_form_title": "form_title", "set_form_id": "form_id"},
}
TRANSLATED = frozenset({*TEXT_COLUMNS, "form_title", "portal_title"})

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
CHOICE_NAME = re.compile(r"[^\s,'\"<>&]{1,64}")
FORM_ID = re.compile(r"[-A-Za-z0-9_]{1,80}")
# XML 1.0 has no place for these, so no workbook has, and PostgreSQL keeps no NUL. (Returns become line ends.)
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"\$\{\s*[^}\s]+\s*\}")

# As long as the columns of the database; a test compares them.
QUESTION_LENGTHS = {
    "required_message": 500,
    "constraint_message": 500,
    "low_label": 200,
    "high_label": 200,
    "appearance": 100,
}
LABEL_LENGTH = 500
TITLE_LENGTH = 250

LANGUAGE_NAMES = {"es": "Español", "en": "English", "it": "Italiano", "pt": "Português", "quy": "Runasimi"}
_LANGUAGE_CODES = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()} | {
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "quechua": "quy",
}
_CODE_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it fills, in which language (``""``: without), and its header as it was typed."""

    base: str
    language: str = ""
    header: str = ""


def column(header: str, sheet: str) -> Column:
    """``label::Español (es)`` → label in es. A language that cannot be told becomes ``"?"``."""
    typed, *rest = (part.strip() for part in header.split("::"))
    base = "_".join(typed.lower().split())
    base = COLUMN_ALIASES[sheet].get(base, base)
    if sheet == CHOICES and base not in CHOICE_COLUMNS | REFUSED_CHOICE_COLUMNS:
        base = typed  # A filter column, which expressions name letter by letter.
    if not rest:
        return Column(base, "", header)
    return Column(base, language_code(rest[-1]) or "?", header)


def language_code(name: str) -> str | None:
    """The code in ``Español (es)``, ``es`` or ``Español``."""
    if found := _CODE_IN_BRACKETS.search(name.strip()):
        return found[1].lower()
    plain = name.strip().casefold()
    return plain if re.fullmatch(r"[a-z]{2,3}", plain) else _LANGUAGE_CODES.get(plain)


def language_name(code: str) -> str:
    return f"{LANGUAGE_NAMES.get(code, code)} ({code})"


def fields_of(kind: QuestionKind) -> frozenset[str]:
    """The fields of a question that mean something to its kind."""
    uses = KINDS[kind].uses | {"name", "kind", "label", "hint", "relevant", "appearance"}
    if kind is not QuestionKind.NOTE:
        uses |= {"required", "required_message", "sensitive"}
    return uses | {"constraint_message"} if "constraint" in uses else uses


def in_normal_form(question: Question) -> Question:
    """The question without what its kind has no use for, such as the list of one turned into a text."""
    used, blank = fields_of(question.kind), Question("", question.kind)
    others = {field: getattr(blank, field) for field in Question.__dataclass_fields__ if field not in used}
    return replace(question, **others)


def columns_of(kind: QuestionKind) -> frozenset[str]:
    """The columns of the survey sheet that a row of that kind may fill."""
    fields = fields_of(kind)
    columns = (fields & SURVEY_COLUMNS) | {"type", "name"}
    if "start" in fields:
        columns |= {"parameters"}
    if kind in (QuestionKind.COUNTRY, QuestionKind.CONSULAR_OFFICE):
        columns |= {"portal_kind"}
    return frozenset(columns)


def texts_of(definition: Definition) -> Iterator[Text]:
    yield definition.title
    for choice_list in definition.choice_lists:
        yield from (choice.label for choice in choice_list.choices)
    for section in definition.sections:
        yield section.label
        for question in section.questions:
            yield from (getattr(question, name) for name in TEXT_COLUMNS)
            yield from (row.label for row in question.rows)


def outside_names(used: frozenset[str]) -> Iterator[str]:
    """Names for runs of questions that stand outside any group: ``outside_1``, ``outside_2``, …"""
    number = 0
    while True:
        number += 1
        if (name := f"outside_{number}") not in used:
            yield name
