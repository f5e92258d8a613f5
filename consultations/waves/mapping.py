"""Which column of a file answers which question, and which of its words stand for which option.

A target is the name of a column as exports have them (``age``, ``used/pass``, ``wait``), or that of a
question with several options (``used``), whose cells then hold the options one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language_info, override

from communities.places.folding import fold

from ..analysis import frame as frames
from ..exports.codebook import ABOUT_THE_RESPONSE
from ..instrument.columns import Column, ColumnRole, ColumnType, all_columns
from ..instrument.definition import Choice, Definition, Question, QuestionKind
from .cells import several
from .tables import Heading, Table

DAY, LANGUAGE = frames.DAY, frames.LANGUAGE
# Languages in which the names of countries are known.
_CLDR = frozenset({"es", "en", "it", "pt"})
_ISO_LENGTH = 2


@dataclass(frozen=True)
class Plan:
    """``columns``: target by column of the file. ``values``: option by the file's word, by target."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"columns": dict(self.columns), "values": {key: dict(own) for key, own in self.values.items()}}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        return cls(document.get("columns", {}), document.get("values", {}))


@dataclass(frozen=True)
class Target:
    """What a column of the file can be taken for. ``question`` is nothing for the day and the language."""

    name: str
    label: str
    question: Question | None = None
    column: Column | None = None


def targets(definition: Definition, language: str) -> dict[str, Target]:
    """By name, in the order of the questionnaire; the day and the language first."""
    found = {name: Target(name, str(ABOUT_THE_RESPONSE[name])) for name in (DAY, LANGUAGE)}
    for column in all_columns(definition):
        question = definition.question(column.question)
        if question.kind is QuestionKind.ACKNOWLEDGE:
            continue  # what somebody once agreed to is no answer
        if column.role is ColumnRole.FLAG and question.name not in found:
            found[question.name] = Target(question.name, _in(question.label, language, definition), question)
        found[column.name] = Target(column.name, _in(column.label, language, definition), question, column)
    return found


def proposed(table: Table, definition: Definition) -> dict[str, str]:
    """Columns of the file that are called like a target or like the text of its question, in any language."""
    by_word: dict[str, str] = {}
    for name, target in targets(definition, definition.default_language).items():
        by_word.setdefault(fold(name), name)
        label = target.column.label if target.column else target.question.label if target.question else {}
        for text in label.values():
            by_word.setdefault(fold(text), name)
    chosen: dict[str, str] = {}
    for heading in table.headings:
        target_name = by_word.get(fold(heading.name)) or by_word.get(fold(heading.label))
        if target_name and target_name not in chosen.values():
            chosen[heading.name] = target_name
    return chosen


def options(definition: Definition, target: Target) -> tuple[Choice, ...]:
    """What the cells may name; nothing for numbers, days and words, or for lists that the portal fills in."""
    if target.question is None or not _names_options(target):
        return ()
    return definition.choices_of(target.question)


def unknown_words(table: Table, definition: Definition, plan: Plan) -> dict[str, list[str]]:
    """By target, the words of the file that stand for no option yet, in the order of the file."""
    found: dict[str, list[str]] = {}
    for heading, target in mapped(table, definition, plan):
        words = words_for(definition, target, heading, plan)
        cells = dict.fromkeys(_cells(table.column(heading.name), target)) if words else {}
        if missing := [cell for cell in cells if fold(cell) not in words]:
            found[target.name] = missing
    return found


def words_for(definition: Definition, target: Target, heading: Heading, plan: Plan) -> dict[str, str]:
    """Option by folded word: its code, its label in any language, what the file says of its own codes, and
    what staff decided. Empty where the cells name no options."""
    if not _names_options(target):
        return {}
    found = _words_of(definition, target)
    for code, label in heading.labels.items():
        if option := found.get(fold(label)):
            found.setdefault(fold(code), option)
    own = plan.values.get(target.name, {})
    return {**found, **{fold(word): option for word, option in own.items()}}


def _words_of(definition: Definition, target: Target) -> dict[str, str]:
    if target.question and target.question.kind is QuestionKind.COUNTRY and not options(definition, target):
        return dict(country_words())
    found: dict[str, str] = {}
    for choice in options(definition, target):
        for text in (choice.name, *choice.label.values()):
            found.setdefault(fold(text), choice.name)
    return found


@cache
def country_words() -> Mapping[str, str]:
    """Codes (ISO 3166) by folded code and by name in every language of the portal."""
    found: dict[str, str] = {}
    for language in _CLDR & {code for code, _name in settings.LANGUAGES}:
        for code, name in Locale.parse(language).territories.items():
            if len(str(code)) == _ISO_LENGTH:
                found |= {fold(str(name)): str(code), fold(str(code)): str(code)}
    return found


@cache
def language_words(codes: tuple[str, ...]) -> Mapping[str, str]:
    """Codes by the folded name of the language, in every language of the portal and in its own."""
    found: dict[str, str] = {}
    for page, _name in settings.LANGUAGES:
        with override(page):
            for code in codes:
                info = get_language_info(code)
                found |= {fold(str(info[name])): code for name in ("name_translated", "name_local")}
    return found


def mapped(table: Table, definition: Definition, plan: Plan) -> list[tuple[Heading, Target]]:
    """The columns of the file that are taken, each with what it is taken for."""
    known = targets(definition, definition.default_language)
    named = ((heading, plan.columns.get(heading.name, "")) for heading in table.headings)
    return [(heading, known[name]) for heading, name in named if name in known]


def _cells(cells: Iterable[str], target: Target) -> Iterator[str]:
    for cell in cells:
        if not cell:
            continue
        yield from several(cell) if target.column is None else (cell,)


def _names_options(target: Target) -> bool:
    if target.question is None or target.question.kind is QuestionKind.CONSULAR_OFFICE:
        return False
    if target.column is None:
        return True
    return target.column.role is ColumnRole.VALUE and target.column.type is ColumnType.NAME


def _in(text: Mapping[str, str], language: str, definition: Definition) -> str:
    return text.get(language) or text.get(definition.default_language) or ""
