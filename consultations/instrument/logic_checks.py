"""Checks the rules of a questionnaire without any answers: names, order and types.

Codes: those of ``LogicError`` · unknown_name · later_name · self_reference · cycle · no_answer (a note or
matrix has none of its own) · bare_word · unknown_column · this_not_allowed · type_mismatch (expected,
found) · and, as warnings, unknown_choice (choice) · use_selected.

A rule may look at questions that stand before its own, a section's rule at those of earlier sections. So
nothing ever depends on itself; where two questions wait for each other, that is said as a cycle.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from consultations.instrument.definition import Definition
from consultations.instrument.evaluation import number_of, text_of
from consultations.instrument.parser import parse
from consultations.instrument.problems import Problem, Severity
from consultations.instrument.rulebook import Known, Rule, known_answers, rules, waits_of
from consultations.instrument.tree import (
    FUNCTIONS,
    Answer,
    Apply,
    Attribute,
    Expression,
    Literal,
    LogicError,
    This,
    ValueType,
)

_T = ValueType
_LISTED = frozenset({_T.NAME, _T.NAMES, _T.ANY})
_MEASURED = frozenset({_T.NUMBER, _T.DATE, _T.ANY})
_COMPARED = frozenset({"=", "!="})
_ORDERED = frozenset({"<", "<=", ">", ">="})
_SUMS = frozenset({"+", "-", "*", "div", "mod", "neg"})


def logic_problems(definition: Definition) -> list[Problem]:
    """Problems of every rule, in the order of the questionnaire."""
    known = known_answers(definition)
    waits = waits_of(definition)
    return [problem for rule in rules(definition, known) for problem in _Check(rule, known, waits).problems()]


@dataclass(frozen=True, slots=True)
class _Check:
    """Walks one rule, finds the type of every part of it and notes what does not fit."""

    rule: Rule
    known: Mapping[str, Known]
    waits: Mapping[str, set[str]]
    found: list[Problem] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        try:
            expression = parse(self.rule.source)
        except LogicError as error:
            self._note(error.code, error.position, **error.params)
        else:
            self._type(expression)
        return sorted(self.found, key=lambda problem: problem.position or 0)

    def _note(self, code: str, position: int, **params: str | int) -> None:
        self.found.append(Problem(self.rule.place, self.rule.field, code, params, position))

    def _warn(self, code: str, position: int, **params: str | int) -> None:
        warning = Problem(self.rule.place, self.rule.field, code, params, position)
        self.found.append(replace(warning, severity=Severity.WARNING))

    def _type(self, expression: Expression) -> ValueType:
        match expression:
            case Literal(value):
                return _literal_type(value)
            case Answer(name, position):
                return self._reference(name, position)
            case This(position):
                return self._this(position)
            case Attribute(name, position):
                return self._column(name, position)
            case Apply():
                return self._operation(expression)

    def _this(self, position: int) -> ValueType:
        if self.rule.this is None:
            self._note("this_not_allowed", position)
            return _T.ANY
        return _answer_type(self.rule.this)

    def _column(self, name: str, position: int) -> ValueType:
        if self.rule.field != "choice_filter":
            self._note("bare_word", position, name=name)
        elif name not in self.rule.columns:
            self._note("unknown_column", position, name=name)
        return _T.ANY

    def _reference(self, name: str, position: int) -> ValueType:
        known = self.known.get(name)
        if known is None:
            self._note("unknown_name", position, name=name)
            return _T.ANY
        if name not in known.question.answer_names:
            self._note("no_answer", position, name=name)
        elif known.place >= self.rule.before:
            self._note(self._why_too_late(name, known), position, name=name)
        return _answer_type(known)

    def _why_too_late(self, name: str, known: Known) -> str:
        if known.question.name == self.rule.subject:
            return "self_reference"
        return "cycle" if self._leads_to(name, self.rule.subject or name) else "later_name"

    def _leads_to(self, start: str, goal: str) -> bool:
        """Whether the rules behind an answer read, near or far, another answer."""
        seen: set[str] = set()
        waiting = [*self.waits.get(start, ())]
        while waiting:
            name = waiting.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(self.waits.get(name, ()))
        return False

    def _operation(self, expression: Apply) -> ValueType:
        operator, operands = expression.operator, expression.operands
        types = [self._type(operand) for operand in operands]
        if operator in _COMPARED:
            return self._comparison(expression, types)
        if operator in _ORDERED:
            self._measured(expression, types)
            if _MEASURED.issuperset(types):
                self._same(expression, types)
            return _T.BOOLEAN
        if operator in _SUMS:
            self._measured(expression, types)
            return _sum_type(operator, types)
        return self._function(expression, types) if operator in FUNCTIONS else _T.BOOLEAN

    def _function(self, expression: Apply, types: list[ValueType]) -> ValueType:
        signature = FUNCTIONS[expression.operator]
        if signature.takes is _T.NUMBER:
            self._measured(expression, types)
        elif signature.takes is _T.NAMES and types[0] not in _LISTED:
            self._mismatch(expression.operands[0], _T.NAMES, types[0])
        if expression.operator == "selected":
            self._options(*expression.operands)
        if expression.operator in ("if", "coalesce"):
            results = set(types[-2:] if expression.operator == "if" else types)
            return results.pop() if len(results) == 1 else _T.ANY
        return signature.gives

    def _comparison(self, expression: Apply, types: list[ValueType]) -> ValueType:
        left, right = expression.operands
        self._same(expression, types)
        for asked, other, kind in ((left, right, types[0]), (right, left, types[1])):
            self._options(asked, other)
            if kind is _T.NAMES and isinstance(other, Literal) and other.value != "":
                self._warn("use_selected", expression.position)
        return _T.BOOLEAN

    def _measured(self, expression: Apply, types: list[ValueType]) -> None:
        for operand, kind in zip(expression.operands, types, strict=True):
            if kind not in _MEASURED:
                self._mismatch(operand, _T.NUMBER, kind)

    def _same(self, expression: Apply, types: list[ValueType]) -> None:
        """Both sides must be of one sort; a side of which nothing is known fits any."""
        sorts = [_SORTS.get(kind, kind) for kind in types]
        if sorts[0] != sorts[1] and _T.ANY not in sorts:
            self._mismatch(expression.operands[1], types[0], types[1])

    def _mismatch(self, operand: Expression, expected: ValueType, found: ValueType) -> None:
        already = {(problem.position, problem.code) for problem in self.found}
        if (operand.position, "type_mismatch") not in already:
            self._note("type_mismatch", operand.position, expected=expected.value, found=found.value)

    def _options(self, asked: Expression, named: Expression) -> None:
        """A literal beside a choice question should be the name of one of its options."""
        known = self.known.get(asked.name) if isinstance(asked, Answer) else None
        known = self.rule.this if isinstance(asked, This) else known
        if known is None or not known.options or not isinstance(named, Literal) or named.value == "":
            return
        name = text_of(named.value)
        if name not in known.options:
            self._warn("unknown_choice", named.position, choice=name)


_SORTS = {_T.NAME: _T.TEXT, _T.NAMES: _T.TEXT}


def _literal_type(value: str | float) -> ValueType:
    """A text of digits may stand for a number or a name, and blank text for anything."""
    if isinstance(value, float):
        return _T.NUMBER
    if value == "":
        return _T.ANY
    if math.isnan(number_of(value)):
        return _T.TEXT
    return _T.DATE if re.match(r"\d{4}-", value) else _T.ANY


def _answer_type(known: Known) -> ValueType:
    """Options named by numbers may be counted with, so nothing is said about their type."""
    numbered = any(not math.isnan(number_of(name)) for name in known.options)
    return _T.ANY if known.type is _T.NAME and numbered else known.type


def _sum_type(operator: str, types: list[ValueType]) -> ValueType:
    """A date and a number of days give a date, two dates a number of days."""
    dates = types.count(_T.DATE)
    return _T.DATE if operator in ("+", "-") and dates == 1 else _T.NUMBER
