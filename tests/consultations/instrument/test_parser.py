from __future__ import annotations

import pytest
from hypothesis import given

from consultations.instrument.logic import LogicError, names, parse, to_json, to_source
from consultations.instrument.tree import Answer, Apply, Attribute, Expression, Literal, This

from .generated import expressions

A, B = Answer("a"), Answer("b")


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("${a} = 'x'", Apply("=", (A, Literal("x")))),
        ('${ a } = "it\'s"', Apply("=", (A, Literal("it's")))),
        (". >= 1950", Apply(">=", (This(), Literal(1950.0)))),
        (".5 + .", Apply("+", (Literal(0.5), This()))),
        ("${a} or ${b} or ${a}", Apply("or", (A, B, A))),
        ("${a} or ${b} and ${a}", Apply("or", (A, Apply("and", (B, A))))),
        ("${a} - ${b} - 1", Apply("-", (Apply("-", (A, B)), Literal(1.0)))),
        ("1 + 2 * 3", Apply("+", (Literal(1.0), Apply("*", (Literal(2.0), Literal(3.0)))))),
        ("-${a} * 2", Apply("*", (Apply("neg", (A,)), Literal(2.0)))),
        ("${a} div 2 mod 3", Apply("mod", (Apply("div", (A, Literal(2.0))), Literal(3.0)))),
        ("country = 'any'", Apply("=", (Attribute("country"), Literal("any")))),
        ("selected(${a}, name)", Apply("selected", (A, Attribute("name")))),
        ("count-selected(.)<=3", Apply("<=", (Apply("count-selected", (This(),)), Literal(3.0)))),
        ("today()", Apply("today", ())),
        ("((${a}))", A),
    ],
)
def test_source_is_read_with_the_precedence_of_xpath(source: str, tree: Expression) -> None:
    assert parse(source) == tree


@pytest.mark.parametrize(
    ("source", "code", "position"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("${a} = ", "expected", 7),
        ("${a} ${b}", "expected", 5),
        ("(${a}", "expected", 5),
        ("${a})", "expected", 4),
        ("or 1", "expected", 0),
        ("1 = = 2", "expected", 4),
        ("selected(${a},)", "expected", 14),
        ("${a} = 'x", "unclosed_string", 7),
        ("${a = 1", "bad_reference", 0),
        ("${1a} = 1", "bad_reference", 0),
        ("${a} = ‘x’", "curly_quote", 7),
        ("${a} & 1", "unexpected_character", 5),
        ("sum(${a})", "unknown_function", 0),
        ("1 + selected(${a})", "argument_count", 4),
        ("today(1)", "argument_count", 0),
        ("regex(., ${a})", "regex_not_literal", 9),
        ("regex(., 'a(b')", "bad_pattern", 11),
        ("9" * 400, "number_too_large", 0),
        ("1 + " * 1500 + "1", "too_long", 4000),
        ("(" * 500, "too_deep", 40),
        ("-" * 500 + "1", "too_deep", 40),
        ("1" + " - 1" * 200, "too_deep", 0),
    ],
)
def test_a_fault_is_named_with_its_position(source: str, code: str, position: int) -> None:
    with pytest.raises(LogicError) as caught:
        parse(source)

    assert (caught.value.code, caught.value.position) == (code, position)


def test_an_error_says_what_was_expected_and_what_stood_there() -> None:
    with pytest.raises(LogicError) as caught:
        parse("${a} = )")

    assert caught.value.params == {"expected": "operand", "found": ")"}


@given(expressions)
def test_written_out_and_read_again_it_is_the_same_tree(expression: Expression) -> None:
    assert parse(to_source(expression)) == expression


def test_brackets_are_written_only_where_they_are_needed() -> None:
    source = "not(selected(., 'none')) and (${a} = 1 or ${b} = -2 * (3 - 1))"

    assert to_source(parse(source)) == source


def test_names_are_the_answers_that_are_read() -> None:
    assert names(parse("if(${a} = 1, name, ${b}) = country and selected(., ${a})")) == {"a", "b"}


def test_json_is_made_of_lists_led_by_their_operator() -> None:
    assert to_json(parse("country = ${a} or -. > 2")) == [
        "or",
        ["=", ["@", "country"], ["$", "a"]],
        [">", ["neg", ["."]], 2.0],
    ]
