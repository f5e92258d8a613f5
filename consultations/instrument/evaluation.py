"""Computes expressions. ``static/consultations/logic.js`` does the same; ``logic.py`` says what is meant.

An expression becomes a chain of small closures once (:func:`prepare`) and is then cheap to run many times.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Any

from consultations.instrument import patterns
from consultations.instrument.definition import Choice
from consultations.instrument.tree import Answer, Apply, Attribute, Expression, Literal, This, number_source

Value = str | float | bool | tuple[str, ...]

_NUMBER = re.compile(r"[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")
_DATE = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(slots=True)
class Scope:
    """What an expression can see while it is computed. ``today`` is ``YYYY-MM-DD``."""

    answers: Mapping[str, Any]
    today: str
    this: Value = ""
    choice: Choice | None = None


Prepared = Callable[[Scope], Value]


def evaluate(
    expression: Expression,
    answers: Mapping[str, Any],
    *,
    this: Any = None,
    choice: Choice | None = None,
    today: date,
) -> Value:
    """The value of an expression over a document of answers."""
    return prepare(expression)(Scope(answers, today.isoformat(), value_of(this), choice))


def value_of(answer: Any) -> Value:
    """A stored answer as a value; no answer, and anything that cannot be an answer, is blank."""
    if isinstance(answer, str | bool):
        return answer
    if isinstance(answer, int | float):
        try:
            return float(answer)
        except OverflowError:
            return math.inf if answer > 0 else -math.inf
    if isinstance(answer, list | tuple):
        return tuple(item for item in answer if isinstance(item, str))
    return ""


def truth(value: Value) -> bool:
    """Blank, nothing selected, zero and not-a-number are false."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def text_of(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_source(value)
    return value if isinstance(value, str) else " ".join(value)


def number_of(value: Value) -> float:
    """A number; text in digits is one, a real date is its days since 1970, all else is not-a-number."""
    if isinstance(value, float | bool):
        return float(value)
    text = text_of(value)
    if _NUMBER.fullmatch(text):
        return float(text)
    return _days(text)


def _days(text: str) -> float:
    if not _DATE.fullmatch(text):
        return math.nan
    try:
        return float(date.fromisoformat(text).toordinal() - _EPOCH)
    except ValueError:
        return math.nan


def _names(value: Value) -> tuple[str, ...] | list[str]:
    """Choice names: those selected, or the words of a text."""
    return value if isinstance(value, tuple) else [word for word in text_of(value).split(" ") if word]


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number_of(left) == number_of(right)
    return text_of(left) == text_of(right)


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or math.isnan(left):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def _modulo(left: float, right: float) -> float:
    """The remainder with the sign of the dividend, as in XPath."""
    if right == 0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


def _round(value: float, places: float = 0.0) -> float:
    """Half up. Places are whole and from 0 to 15, else the result is not-a-number."""
    if not (0 <= places <= 15 and places == int(places)):
        return math.nan
    power = reduce(lambda product, _: product * 10, range(int(places)), 1.0)
    shifted = value * power + 0.5
    return float(math.floor(shifted)) / power if math.isfinite(shifted) else value


def _whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _least(*values: float) -> float:
    return math.nan if any(map(math.isnan, values)) else min(values)


def _most(*values: float) -> float:
    return math.nan if any(map(math.isnan, values)) else max(values)


def _selected_at(names: Value, place: Value) -> str:
    index, chosen = number_of(place), _names(names)
    return chosen[int(index)] if 0 <= index < len(chosen) and index == int(index) else ""


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if text_of(value)), "")


def _date(value: Value) -> str:
    text = text_of(value)
    return "" if math.isnan(_days(text)) else text


def _numeric(rule: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: rule(*map(number_of, values))


def _textual(rule: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: rule(*map(text_of, values))


RULES: dict[str, Callable[..., Value]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _numeric(lambda left, right: left < right),
    "<=": _numeric(lambda left, right: left <= right),
    ">": _numeric(lambda left, right: left > right),
    ">=": _numeric(lambda left, right: left >= right),
    "+": _numeric(lambda *values: reduce(lambda total, value: total + value, values)),
    "-": _numeric(lambda left, right: left - right),
    "*": _numeric(lambda *values: reduce(lambda product, value: product * value, values)),
    "div": _numeric(_divide),
    "mod": _numeric(_modulo),
    "neg": _numeric(lambda value: -value),
    "not": lambda value: not truth(value),
    "true": lambda: True,
    "false": lambda: False,
    "boolean": truth,
    "selected": lambda names, name: text_of(name) in _names(names),
    "count-selected": lambda names: float(len(_names(names))),
    "selected-at": _selected_at,
    "if": lambda condition, then, otherwise: then if truth(condition) else otherwise,
    "coalesce": _coalesce,
    "string-length": _textual(lambda text: float(len(text))),
    "contains": _textual(lambda text, part: part in text),
    "starts-with": _textual(lambda text, part: text.startswith(part)),
    "ends-with": _textual(lambda text, part: text.endswith(part)),
    "date": _date,
    "number": number_of,
    "string": text_of,
    "int": _numeric(_whole),
    "round": _numeric(_round),
    "abs": _numeric(abs),
    "min": _numeric(_least),
    "max": _numeric(_most),
}
"""Operators and functions over values. ``and``, ``or``, ``today`` and ``regex`` need more, see below."""


@lru_cache(maxsize=4096)
def prepare(expression: Expression) -> Prepared:
    """The expression as a function of a scope."""
    match expression:
        case Literal(value):
            return lambda scope: value
        case Answer(name):
            return lambda scope: value_of(scope.answers.get(name))
        case This():
            return lambda scope: scope.this
        case Attribute(name):
            return lambda scope: _column(scope.choice, name)
        case Apply(operator, operands):
            return _prepare_operation(operator, operands)


def _column(choice: Choice | None, name: str) -> str:
    if choice is None:
        return ""
    return choice.name if name == "name" else choice.attributes.get(name, "")


def _prepare_operation(operator: str, operands: tuple[Expression, ...]) -> Prepared:
    parts = tuple(map(prepare, operands))
    if operator == "and":
        return lambda scope: all(truth(part(scope)) for part in parts)
    if operator == "or":
        return lambda scope: any(truth(part(scope)) for part in parts)
    if operator == "today":
        return lambda scope: scope.today
    if operator == "regex":
        return _prepare_pattern(parts[0], operands[1])
    return _prepare_rule(RULES[operator], parts)


def _prepare_pattern(subject: Prepared, pattern: Expression) -> Prepared:
    """The parser lets only a literal text through as a pattern."""
    matches = patterns.automaton(str(pattern.value) if isinstance(pattern, Literal) else "").matches
    return lambda scope: matches(text_of(subject(scope)))


def _prepare_rule(rule: Callable[..., Value], parts: tuple[Prepared, ...]) -> Prepared:
    """Calls with one and two operands are most of them, and cost less when written out."""
    if len(parts) == 1:
        only = parts[0]
        return lambda scope: rule(only(scope))
    if len(parts) == 2:
        left, right = parts
        return lambda scope: rule(left(scope), right(scope))
    return lambda scope: rule(*[part(scope) for part in parts])
