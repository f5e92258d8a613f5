from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from consultations.instrument.definition import Choice
from consultations.instrument.evaluation import RULES, value_of
from consultations.instrument.logic import Value, evaluate, parse, truth
from consultations.instrument.tree import BINDING, FUNCTIONS

TODAY = date(2026, 3, 31)
ANSWERS: dict[str, Any] = {
    "choice": "red",
    "year": 1999,
    "several": ["dni", "pass"],
    "born": "2000-02-29",
    "text": "señal 𝒳",
    "digits": "12",
    "none_chosen": [],
    "decimal": 0.1,
}


def result(source: str, this: Any = None, choice: Choice | None = None) -> Value:
    return evaluate(parse(source), ANSWERS, this=this, choice=choice, today=TODAY)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${choice} = 'red'", True),
        ("${choice} != 'red'", False),
        ("${missing} = ''", True),
        ("${missing} != 'ret'", True),
        ("${none_chosen} = ''", True),
        ("${year} = '1999'", True),
        ("${digits} = 12.0", True),
        ("${digits} = '12.0'", False),
        ("${missing} = 0", False),
        ("${missing} != 0", True),
        ("${missing} < 1", False),
        ("${missing} >= 0", False),
        ("${year} >= 1950 and ${year} <= 2026", True),
        ("true() = 'anything'", True),
        ("${several} = 'dni pass'", True),
        ("selected(${several}, 'dni')", True),
        ("selected(${several}, 'dn')", False),
        ("selected(${several}, '')", False),
        ("selected(${choice}, 'red')", True),
        ("selected(${missing}, 'red')", False),
        ("count-selected(${several})", 2.0),
        ("count-selected(${missing})", 0.0),
        ("selected-at(${several}, 1)", "pass"),
        ("selected-at(${several}, 2)", ""),
        ("selected-at(${several}, -1)", ""),
        ("not(${missing})", True),
        ("if(${year} > 2000, 'after', 'before')", "before"),
        ("coalesce(${missing}, ${none_chosen}, ${choice})", "red"),
        ("string-length(${text})", 7.0),
        ("contains(${text}, 'ñal') and starts-with(${text}, 'se') and ends-with(${text}, '𝒳')", True),
        ("regex(${digits}, '[0-9]{2}')", True),
        ("regex(${year}, '[0-9]{3}')", False),
        ("today()", "2026-03-31"),
        ("${born} < today()", True),
        ("${born} > '2000-03-01'", False),
        ("today() - '2026-03-01'", 30.0),
        ("int((today() - ${born}) div 365.25)", 26.0),
        ("date('2026-02-30')", ""),
        ("date('2026-02-28')", "2026-02-28"),
        ("7 mod 3", 1.0),
        ("-7 mod 3", -1.0),
        ("1 div 0", math.inf),
        ("-1 div 0", -math.inf),
        ("1 div -0", -math.inf),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(2.345, 2)", 2.35),
        ("int(-3.9)", -3.0),
        ("abs(-3)", 3.0),
        ("min(3, ${digits}, 1.5)", 1.5),
        ("max(3, ${digits}, 1.5)", 12.0),
        ("string(3)", "3"),
        ("string(0.1 + 0.2)", "0.30000000000000004"),
        ("string(10000000000 * 1000000000000)", "10000000000000000000000"),
        ("string(0.0000001)", "0.0000001"),
        ("string(1 div 0)", "Infinity"),
        ("string(${missing} + 1)", "NaN"),
        ("string(true())", "true"),
        ("number(' -12.50 ')", -12.5),
        ("number(true())", 1.0),
        ("boolean(0)", False),
        ("boolean('0')", True),
    ],
)
def test_value(source: str, expected: Value) -> None:
    assert result(source) == expected


@pytest.mark.parametrize(
    "source",
    ["${missing} + 1", "number('1e3')", "number('')", "number('twelve')", "0 div 0", "1 mod 0",
     "min(1, ${missing})", "round(1, 0.5)", "round(1, 16)", "number('0000-01-01')", "-${missing}"],
)  # fmt: skip
def test_not_a_number(source: str) -> None:
    value = result(source)

    assert isinstance(value, float)
    assert math.isnan(value)


def test_a_constraint_sees_the_answer_that_it_checks() -> None:
    assert result("not(selected(., 'none') and count-selected(.) > 1)", this=["none", "dni"]) is False


def test_a_filter_sees_the_columns_of_the_choice() -> None:
    office = Choice("roma", attributes={"country": "IT"})

    assert result("country = 'IT' and name = 'roma' and region = ''", choice=office) is True


@pytest.mark.parametrize("answer", [None, {}, {"a": 1}, object()])
def test_what_cannot_be_an_answer_is_blank(answer: Any) -> None:
    assert value_of(answer) == ""


def test_a_number_too_large_for_floating_point_is_infinite() -> None:
    assert value_of(10**400) == math.inf


@pytest.mark.parametrize("value", ["", (), 0.0, math.nan, False])
def test_false_values(value: Value) -> None:
    assert not truth(value)


def test_every_function_and_operator_has_its_rule() -> None:
    elsewhere = {"and", "or", "today", "regex"}

    assert set(RULES) | elsewhere == set(FUNCTIONS) | set(BINDING) | {"neg"}
