from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consultations.instrument.checks import problems
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)
from consultations.instrument.problems import Problem, Severity

from .examples import DEFINITION, PROFILE, SERVICES, both, changed

K = QuestionKind


def codes(definition: Definition) -> list[tuple[str, str, str]]:
    return [(problem.place, problem.field, problem.code) for problem in problems(definition)]


def rule(name: str, field: str, source: str) -> list[tuple[str, int | None]]:
    """Codes and positions of the problems of one rule put into the sample questionnaire."""
    found = problems(changed(name, **{field: source}))
    assert all((problem.place, problem.field) == (name, field) for problem in found)
    return [(problem.code, problem.position) for problem in found]


def test_a_good_questionnaire_has_no_problems() -> None:
    assert problems(DEFINITION) == []


# --- The whole -----------------------------------------------------------------------------------


def test_a_questionnaire_without_questions_or_languages_says_so() -> None:
    assert codes(Definition("nothing", languages=())) == [
        ("", "languages", "no_language"),
        ("", "sections", "empty_questionnaire"),
    ]


def test_the_default_language_must_be_switched_on() -> None:
    assert codes(replace(DEFINITION, default_language="pt")) == [
        ("", "default_language", "default_language_off")
    ]


# --- Texts ---------------------------------------------------------------------------------------


def test_missing_translations_are_told_language_by_language() -> None:
    definition = replace(changed("year", label={"es": "¿Año?"}), languages=("es", "en"))

    assert problems(definition) == [Problem("year", "label", "missing_translation", language="en")]


def test_languages_that_are_switched_off_may_be_incomplete() -> None:
    assert problems(replace(changed("year", label={"es": "¿Año?"}), languages=("es",))) == []


def test_every_text_is_looked_at() -> None:
    spanish = {"es": "Hola"}
    question = replace(
        DEFINITION.question("satisfaction"),
        hint=spanish,
        required_message=spanish,
        rows=(MatrixRow("wait", spanish),),
    )
    section = Section("one", (question,), spanish)
    lists = (ChoiceList("satisfaction", (Choice("good", spanish),)),)
    definition = replace(DEFINITION, title=spanish, sections=(section,), choice_lists=lists)

    assert codes(definition) == [
        ("", "title", "missing_translation"),
        ("one", "label", "missing_translation"),
        ("satisfaction", "hint", "missing_translation"),
        ("satisfaction", "required_message", "missing_translation"),
        ("wait", "label", "missing_translation"),
        ("satisfaction", "choices", "missing_translation"),
    ]


def test_a_title_in_the_default_language_is_enough_to_publish() -> None:
    spanish, english = (replace(DEFINITION, title={code: "Sample"}) for code in ("es", "en"))

    assert [problem.severity for problem in problems(spanish)] == [Severity.WARNING]
    assert [problem.severity for problem in problems(english)] == [Severity.ERROR]


def test_questions_outside_any_group_need_no_section_label() -> None:
    section = replace(PROFILE, label={}, is_group=False)

    assert problems(replace(DEFINITION, sections=(section, *DEFINITION.sections[1:]))) == []


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["1st", "with space", "año", "a/b", "-a", "${a}"])
def test_names_follow_the_rule_of_xlsform(name: str) -> None:
    assert codes(changed("comment", name=name)) == [(name, "name", "bad_name")]


def test_names_have_a_longest() -> None:
    assert codes(changed("comment", name="a" * 65)) == [("a" * 65, "name", "name_too_long")]


@pytest.mark.parametrize("name", ["year", "YEAR", "satisfaction", "wait", "country_other"])
def test_questions_rows_and_other_texts_share_their_names(name: str) -> None:
    assert codes(changed("comment", name=name)) == [(name, "name", "duplicate_name")]


def test_a_row_clashes_with_a_question() -> None:
    definition = changed("satisfaction", rows=(MatrixRow("score", both("a", "b")),))

    assert codes(definition) == [("score", "name", "duplicate_name")]


def test_choices_of_one_list_have_names_of_their_own() -> None:
    bad = replace(SERVICES, choices=(*SERVICES.choices, SERVICES.choices[0], Choice("a b", both("a", "b"))))
    lists = tuple(bad if item.name == "service" else item for item in DEFINITION.choice_lists)

    assert codes(replace(DEFINITION, choice_lists=lists)) == [
        ("service", "choices", "duplicate_name"),
        ("service", "name", "bad_name"),
    ]


# --- Fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("services", {"choice_list": ""}, ("choice_list", "no_list")),
        ("services", {"choice_list": "nothing"}, ("choice_list", "unknown_list")),
        ("satisfaction", {"rows": ()}, ("rows", "no_rows")),
        ("score", {"start": 10, "end": 0}, ("end", "out_of_order")),
        ("score", {"step": 0}, ("step", "not_positive")),
        ("score", {"step": 3}, ("step", "step_does_not_fit")),
        ("score", {"end": 5000}, ("step", "too_many_points")),
        ("year", {"start": 5, "end": 1}, ("end", "out_of_order")),
        ("services", {"min_choices": 3, "max_choices": 2}, ("max_choices", "out_of_order")),
        ("services", {"max_choices": 0}, ("max_choices", "not_positive")),
        ("services", {"max_choices": 9}, ("max_choices", "more_than_options")),
        ("comment", {"max_length": 0}, ("max_length", "not_positive")),
        ("comment", {"choice_list": "service"}, ("choice_list", "field_not_taken")),
        ("consent", {"constraint": "true()"}, ("constraint", "field_not_taken")),
    ],
)
def test_fields_that_cannot_be(name: str, fields: dict[str, Any], expected: tuple[str, str]) -> None:
    assert codes(changed(name, **fields)) == [(name, *expected)]


def test_an_empty_list_is_told_where_it_is_used() -> None:
    lists = (*DEFINITION.choice_lists, ChoiceList("empty"))
    definition = replace(changed("services", choice_list="empty"), choice_lists=lists)

    assert ("services", "choice_list", "empty_list") in codes(definition)


def test_what_only_looks_odd_is_a_warning() -> None:
    definition = changed("score", step=3, max_length=5)

    assert {problem.severity for problem in problems(definition)} == {Severity.WARNING}


def test_countries_need_no_list_of_their_own() -> None:
    assert problems(changed("consulate", choice_list="", choice_filter="")) == []


# --- Logic ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field", "source", "expected"),
    [
        ("comment", "relevant", "${year} =", [("expected", 9)]),
        ("comment", "relevant", "${yaer} > 1", [("unknown_name", 0)]),
        ("year", "relevant", "1 < 2 and ${score} > 1", [("later_name", 10)]),
        ("year", "relevant", "${year} > 1", [("self_reference", 0)]),
        ("year", "constraint", "${year} > 1", [("self_reference", 0)]),
        ("country", "relevant", "${score} > 1", [("cycle", 0)]),
        ("comment", "relevant", "${intro} = ''", [("no_answer", 0)]),
        ("comment", "relevant", "${satisfaction} = 'good'", [("no_answer", 0)]),
        ("comment", "relevant", "${wait} = 'good'", []),
        ("comment", "relevant", "${country_other} = 'Chad'", []),
        ("comment", "relevant", ". = 'x'", [("this_not_allowed", 0)]),
        ("comment", "relevant", "${country} = Peru", [("bare_word", 13)]),
        ("consulate", "choice_filter", "region = ${country}", [("unknown_column", 0)]),
        ("consulate", "choice_filter", "name != ${country}", []),
        ("services", "choice_filter", "${country} = 'IT' or name = 'dni'", []),
        ("comment", "relevant", "${year} = 'many'", [("type_mismatch", 10)]),
        ("comment", "relevant", "${year} = ''", []),
        ("comment", "relevant", "${year} = '1999'", []),
        ("comment", "relevant", "${country} > 3", [("type_mismatch", 0)]),
        ("comment", "relevant", "${illness} + 1 = 2", [("type_mismatch", 0)]),
        ("comment", "relevant", "count-selected(${year}) = 1", [("type_mismatch", 15)]),
        ("comment", "relevant", "selected(${year}, 'x')", [("type_mismatch", 9)]),
        ("comment", "relevant", "selected(${country}, 'IT')", []),
        ("comment", "relevant", "${arrival} > 2020", [("type_mismatch", 13)]),
        ("comment", "relevant", "${arrival} > '2020-01-01' and ${arrival} <= today() - 30", []),
        ("comment", "relevant", "today() - ${arrival} > 365", []),
        ("comment", "relevant", "(${year} = 1) = 'yes'", [("type_mismatch", 16)]),
        ("comment", "relevant", "not(${year} > 1) = true()", []),
        ("comment", "relevant", "if(${year} > 1, 1, 2) < 2 and coalesce(${year}, ${score}) > 1", []),
        ("comment", "relevant", "string-length(${illness}) > 2 and round(${cost}, 1) > 1", []),
        ("comment", "relevant", "${country} = 'PE'", [("unknown_choice", 13)]),
        ("comment", "relevant", "'IT' = ${country}", []),
        ("comment", "relevant", "selected(${services}, 'visa')", [("unknown_choice", 22)]),
        ("comment", "relevant", "${consent} = 'yes'", [("unknown_choice", 13)]),
        ("comment", "relevant", "${services} = 'dni'", [("use_selected", 12)]),
        ("comment", "relevant", "${services} != ''", []),
        ("services", "constraint", "not(selected(., 'nothing'))", [("unknown_choice", 16)]),
        ("services", "constraint", ". > 3", [("type_mismatch", 0)]),
        ("year", "constraint", ". <= 2026 and ${score} > 1", [("later_name", 14)]),
    ],
)
def test_rules_are_checked_without_answers(
    name: str, field: str, source: str, expected: list[tuple[str, int]]
) -> None:
    assert rule(name, field, source) == expected


def test_a_section_looks_at_earlier_sections_only() -> None:
    first, second, last = DEFINITION.sections
    own = replace(DEFINITION, sections=(first, replace(second, relevant="${services} = ''"), last))
    later = replace(DEFINITION, sections=(replace(first, relevant="${comment} = ''"), second, last))

    assert codes(own) == [("service", "relevant", "cycle")]
    assert codes(later) == [("profile", "relevant", "later_name")]


def test_two_questions_that_wait_for_each_other_are_a_cycle() -> None:
    definition = changed("year", relevant="${comment} != ''")
    last = replace(definition.question("comment"), relevant="${year} = 1999")
    sections = (*definition.sections[:2], replace(definition.sections[2], questions=(last,)))

    assert codes(replace(definition, sections=sections)) == [("year", "relevant", "cycle")]


def test_choices_named_by_numbers_may_be_counted_with() -> None:
    marks = ChoiceList("marks", tuple(Choice(str(n), both(str(n), str(n))) for n in range(5)))
    asked = Question("mark", K.SINGLE_CHOICE, both("¿Nota?", "Mark?"), choice_list="marks")
    after = Question("why", K.LONG_TEXT, both("¿Por qué?", "Why?"), relevant="${mark} < 3 and ${mark} != 0")
    section = Section("only", (asked, after), both("S", "S"))

    assert problems(replace(DEFINITION, sections=(section,), choice_lists=(marks,))) == []


def test_unknown_options_do_not_stop_publication() -> None:
    (problem,) = problems(changed("comment", relevant="${country} = 'PE'"))

    assert problem == Problem(
        "comment",
        "relevant",
        "unknown_choice",
        {"choice": "PE"},
        position=13,
        severity=Severity.WARNING,
    )
