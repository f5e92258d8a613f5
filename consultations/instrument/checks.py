"""Everything that must hold before a questionnaire is published: one list of problems, nothing raised.

Codes, beside those of ``logic_checks.py``: no_language · default_language_off · empty_questionnaire ·
bad_name · name_too_long · duplicate_name (with) · missing_translation · field_not_taken (kind) ·
no_list · unknown_list (name) · empty_list · no_rows · out_of_order (least, most) · not_positive ·
step_does_not_fit · too_many_points (most) · more_than_options (count).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
    Text,
)
from consultations.instrument.kinds import KINDS, SELF_LISTED, bounds
from consultations.instrument.logic_checks import logic_problems
from consultations.instrument.problems import Problem, Severity

LONGEST_NAME = 64
MOST_POINTS = 1001
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_CHOICE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_SPECIAL_FIELDS = (
    "constraint", "choice_list", "choice_filter", "or_other", "rows", "min_choices", "max_choices",
    "start", "end", "step", "low_label", "high_label", "max_length",
)  # fmt: skip


def problems(definition: Definition) -> list[Problem]:
    """All problems, in the order in which an author would meet them. Empty: it may be published."""
    return [
        *_languages(definition),
        *_names(definition),
        *_texts(definition),
        *(problem for question in definition.questions() for problem in _fields(definition, question)),
        *logic_problems(definition),
    ]


def _languages(definition: Definition) -> Iterator[Problem]:
    if not definition.languages:
        yield Problem("", "languages", "no_language")
    elif definition.default_language not in definition.languages:
        yield Problem("", "default_language", "default_language_off")
    if not any(section.questions for section in definition.sections):
        yield Problem("", "sections", "empty_questionnaire")


# --- Names ---------------------------------------------------------------------------------------


def _names(definition: Definition) -> Iterator[Problem]:
    yield from _clashes(_question_names(definition))
    yield from _clashes((section.name, section.name) for section in definition.sections)
    yield from _clashes((item.name, item.name) for item in definition.choice_lists)
    for name, owner in _question_names(definition):
        # A text beside "other" has no place of its own; a row of a matrix has.
        place = owner if name == f"{owner}_other" else name
        yield from _bad_name(place, name, _NAME)
    for section in definition.sections:
        yield from _bad_name(section.name, section.name, _NAME)
    for item in definition.choice_lists:
        yield from _choice_names(item)


def _question_names(definition: Definition) -> list[tuple[str, str]]:
    """Every name that answers or logic may use, with the question that takes it."""
    return [
        (name, question.name)
        for question in definition.questions()
        for name in dict.fromkeys((question.name, *question.answer_names))
    ]


def _clashes(names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Names differing only in case clash as well: statistical packages do not tell them apart."""
    seen: dict[str, str] = {}
    for name, owner in names:
        if name.casefold() in seen:
            yield Problem(owner, "name", "duplicate_name", {"name": name, "with": seen[name.casefold()]})
        seen.setdefault(name.casefold(), owner)


def _bad_name(place: str, name: str, rule: re.Pattern[str]) -> Iterator[Problem]:
    if not rule.fullmatch(name):
        yield Problem(place, "name", "bad_name", {"name": name})
    elif len(name) > LONGEST_NAME:
        yield Problem(place, "name", "name_too_long", {"name": name, "most": LONGEST_NAME})


def _choice_names(item: ChoiceList) -> Iterator[Problem]:
    yield from _bad_name(item.name, item.name, _NAME)
    seen: set[str] = set()
    for choice in item.choices:
        yield from _bad_name(item.name, choice.name, _CHOICE_NAME)
        if choice.name in seen:
            yield Problem(item.name, "choices", "duplicate_name", {"name": choice.name, "with": choice.name})
        seen.add(choice.name)


# --- Texts ---------------------------------------------------------------------------------------


def _texts(definition: Definition) -> Iterator[Problem]:
    yield from _title(definition)
    for section in definition.sections:
        yield from _section_texts(definition, section)
    for item in definition.choice_lists:
        for choice in item.choices:
            yield from _missing(definition, item.name, "choices", choice.label, choice=choice.name)


def _title(definition: Definition) -> Iterator[Problem]:
    """XLSForm has one title for all languages, and readers see the consultation's own: a warning will do."""
    for problem in _missing(definition, "", "title", definition.title):
        is_default = problem.language == definition.default_language
        yield problem if is_default else replace(problem, severity=Severity.WARNING)


def _section_texts(definition: Definition, section: Section) -> Iterator[Problem]:
    yield from _missing(definition, section.name, "label", section.label, needed=section.is_group)
    for question in section.questions:
        yield from _missing(definition, question.name, "label", question.label)
        for name in ("hint", "required_message", "constraint_message", "low_label", "high_label"):
            yield from _missing(definition, question.name, name, getattr(question, name), needed=False)
        for row in question.rows:
            yield from _missing(definition, row.name, "label", row.label)


def _missing(
    definition: Definition, place: str, field: str, text: Text, *, needed: bool = True, **params: Any
) -> Iterator[Problem]:
    """Languages that are switched on and lack the text; one that nobody wrote may be missing everywhere."""
    if not needed and not any(value.strip() for value in text.values()):
        return
    for language in definition.languages:
        if not text.get(language, "").strip():
            yield Problem(place, field, "missing_translation", params, language=language)


# --- Fields of a question ------------------------------------------------------------------------


def _fields(definition: Definition, question: Question) -> Iterator[Problem]:
    uses = KINDS[question.kind].uses
    for name in _SPECIAL_FIELDS:
        if name not in uses and getattr(question, name) not in ("", None, False, (), {}):
            params = {"kind": question.kind.value}
            yield Problem(question.name, name, "field_not_taken", params, severity=Severity.WARNING)
    if "choice_list" in uses:
        yield from _list(definition, question)
    if question.kind is QuestionKind.MATRIX and not question.rows:
        yield Problem(question.name, "rows", "no_rows")
    if {"start", "end"} <= uses:
        yield from _range(question)
    if "min_choices" in uses:
        yield from _counts(definition.choices_of(question), question)
    if "max_length" in uses and question.max_length is not None and question.max_length < 1:
        yield Problem(question.name, "max_length", "not_positive")


def _list(definition: Definition, question: Question) -> Iterator[Problem]:
    found = {item.name: item for item in definition.choice_lists}.get(question.choice_list)
    if not question.choice_list:
        if question.kind not in SELF_LISTED:
            yield Problem(question.name, "choice_list", "no_list")
    elif found is None:
        yield Problem(question.name, "choice_list", "unknown_list", {"name": question.choice_list})
    elif not found.choices:
        yield Problem(question.name, "choice_list", "empty_list", {"name": question.choice_list})


def _range(question: Question) -> Iterator[Problem]:
    start, end, step = bounds(question)
    if step is not None and step <= 0:
        yield Problem(question.name, "step", "not_positive")
        return
    if start is None or end is None:
        return
    if start >= end:
        yield Problem(question.name, "end", "out_of_order", {"least": start, "most": end})
        return
    steps = (end - start) / (step or 1)
    if step and abs(steps - round(steps)) > 1e-9:
        yield Problem(question.name, "step", "step_does_not_fit", severity=Severity.WARNING)
    if question.kind is QuestionKind.SCALE and steps + 1 > MOST_POINTS:
        yield Problem(question.name, "step", "too_many_points", {"most": MOST_POINTS})


def _counts(choices: tuple[Choice, ...], question: Question) -> Iterator[Problem]:
    least, most = question.min_choices, question.max_choices
    for name, value in (("min_choices", least), ("max_choices", most)):
        if value is not None and value < (0 if name == "min_choices" else 1):
            yield Problem(question.name, name, "not_positive")
        elif value is not None and choices and value > len(choices):
            severity = Severity.ERROR if name == "min_choices" else Severity.WARNING
            params = {"count": len(choices)}
            yield Problem(question.name, name, "more_than_options", params, severity=severity)
    if least is not None and most is not None and least > most:
        yield Problem(question.name, "max_choices", "out_of_order", {"least": least, "most": most})
