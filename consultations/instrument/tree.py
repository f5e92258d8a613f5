"""Expressions of XLSForm logic as a typed tree, written as source or as JSON for the browser."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from consultations.instrument import patterns


class LogicError(ValueError):
    """A rule that cannot be read. ``position`` counts characters from 0; ``code`` is translated elsewhere.

    Codes: empty, too_long, too_deep, unexpected_character, curly_quote, unclosed_string, bad_reference,
    number_too_large, expected (params: expected, found), unknown_function, argument_count, regex_not_literal,
    bad_pattern (params: reason).
    """

    def __init__(self, code: str, position: int, **params: str | int) -> None:
        super().__init__(f"{code} at {position}: {params}")
        self.code = code
        self.position = position
        self.params = params


class ValueType(StrEnum):
    """What an expression gives, as far as it can be known without answers."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NAMES = "names"
    BOOLEAN = "boolean"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | float
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """``${name}``: the answer given to a question or matrix row."""

    name: str
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class This:
    """``.``: the answer that a constraint checks."""

    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A bare word: a column of the choice that a filter looks at."""

    name: str
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """An operator or a function with its operands. Unary minus is ``neg``."""

    operator: str
    operands: tuple[Expression, ...]
    position: int = field(default=0, compare=False, repr=False)


Expression = Literal | Answer | This | Attribute | Apply


@dataclass(frozen=True, slots=True)
class Signature:
    """How many operands a function takes (``most`` None: any number), of which types, and what it gives."""

    least: int
    most: int | None
    takes: ValueType
    gives: ValueType


_T = ValueType
FUNCTIONS: dict[str, Signature] = {
    "not": Signature(1, 1, _T.ANY, _T.BOOLEAN),
    "true": Signature(0, 0, _T.ANY, _T.BOOLEAN),
    "false": Signature(0, 0, _T.ANY, _T.BOOLEAN),
    "boolean": Signature(1, 1, _T.ANY, _T.BOOLEAN),
    "selected": Signature(2, 2, _T.NAMES, _T.BOOLEAN),
    "count-selected": Signature(1, 1, _T.NAMES, _T.NUMBER),
    "selected-at": Signature(2, 2, _T.NAMES, _T.NAME),
    "if": Signature(3, 3, _T.ANY, _T.ANY),
    "coalesce": Signature(2, None, _T.ANY, _T.ANY),
    "string-length": Signature(1, 1, _T.ANY, _T.NUMBER),
    "contains": Signature(2, 2, _T.ANY, _T.BOOLEAN),
    "starts-with": Signature(2, 2, _T.ANY, _T.BOOLEAN),
    "ends-with": Signature(2, 2, _T.ANY, _T.BOOLEAN),
    "regex": Signature(2, 2, _T.ANY, _T.BOOLEAN),
    "today": Signature(0, 0, _T.ANY, _T.DATE),
    "date": Signature(1, 1, _T.ANY, _T.DATE),
    "number": Signature(1, 1, _T.ANY, _T.NUMBER),
    "string": Signature(1, 1, _T.ANY, _T.TEXT),
    "int": Signature(1, 1, _T.NUMBER, _T.NUMBER),
    "round": Signature(1, 2, _T.NUMBER, _T.NUMBER),
    "abs": Signature(1, 1, _T.NUMBER, _T.NUMBER),
    "min": Signature(1, None, _T.NUMBER, _T.NUMBER),
    "max": Signature(1, None, _T.NUMBER, _T.NUMBER),
}

BINDING: dict[str, int] = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
CHAINED = frozenset({"or", "and", "+", "*"})


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it, in reading order."""
    yield expression
    if isinstance(expression, Apply):
        for operand in expression.operands:
            yield from walk(operand)


def names(expression: Expression) -> set[str]:
    """The answers that an expression reads through ``${...}``."""
    return {part.name for part in walk(expression) if isinstance(part, Answer)}


def to_json(expression: Expression) -> Any:
    """The tree for the browser: literals as they are, everything else a list led by its operator.

    ``["$", name]``, ``["."]``, ``["@", column]``, ``["=", a, b]``, ``["selected", a, b]``; a pattern goes as
    its automaton, so that the browser decides exactly as the server does.
    """
    match expression:
        case Literal(value):
            return value
        case Answer(name):
            return ["$", name]
        case This():
            return ["."]
        case Attribute(name):
            return ["@", name]
        case Apply("regex", (subject, Literal(str(pattern)))):
            return ["regex", to_json(subject), patterns.automaton(pattern).to_json()]
        case Apply(operator, operands):
            return [operator, *map(to_json, operands)]


def to_source(expression: Expression) -> str:
    """Source that parses to the same tree. A string holding both kinds of quotes cannot be written."""
    match expression:
        case Literal(str(text)):
            return f'"{text}"' if "'" in text else f"'{text}'"
        case Literal(value):
            return number_source(float(value))
        case Answer(name):
            return f"${{{name}}}"
        case This():
            return "."
        case Attribute(name):
            return name
        case Apply("neg", (operand,)):
            return f"-{_inside(operand, max(BINDING.values()))}"
        case Apply(operator, operands) if operator in BINDING:
            return f" {operator} ".join(_inside(operand, BINDING[operator]) for operand in operands)
        case Apply(operator, operands):
            return f"{operator}({', '.join(map(to_source, operands))})"


def _inside(operand: Expression, binding: int) -> str:
    """In brackets unless it binds more tightly than what it stands in."""
    loose = isinstance(operand, Apply) and BINDING.get(operand.operator, binding + 1) <= binding
    return f"({to_source(operand)})" if loose else to_source(operand)


def number_source(value: float) -> str:
    """A number in plain digits, never with an exponent: ``3``, ``0.25``; ``NaN`` and ``Infinity`` by name."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value == int(value):
        return str(int(value)) if abs(value) < 1e15 else _plain(value)
    return _plain(value)


def _plain(value: float) -> str:
    digits = format(Decimal(repr(value)), "f")
    return digits.removesuffix(".0")
