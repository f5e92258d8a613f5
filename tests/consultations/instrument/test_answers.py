from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from consultations.instrument.answers import (
    AnswerError,
    Visibility,
    clean,
    options,
    prune,
    validate,
    visible,
)
from consultations.instrument.compiled import compiled
from consultations.instrument.definition import Definition, Question, QuestionKind, Section

from .examples import (
    ANSWERS,
    COUNTRIES,
    DEFINITION,
    OFFICES,
    QUESTIONS,
    SERVICES,
    alone,
    both,
    changed,
)
from .generated import answered

TODAY = date(2026, 3, 31)


def errors(definition: Definition = DEFINITION, **changes: Any) -> list[tuple[str, str]]:
    answers = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
    return [(error.name, error.code) for error in validate(definition, answers, today=TODAY)]


def without(*names: str) -> dict[str, Any]:
    return {name: answer for name, answer in ANSWERS.items() if name not in names}


# --- What is shown -------------------------------------------------------------------------------


def test_with_no_answers_only_what_depends_on_nothing_is_shown() -> None:
    assert visible(DEFINITION, {}, today=TODAY) == Visibility(
        sections=frozenset({"profile", "end"}),
        questions=frozenset({"intro", "country", "consulate", "year", "arrival", "consent", "comment"}),
        rows=frozenset(),
    )


def test_with_all_answers_everything_is_shown() -> None:
    shown = visible(DEFINITION, ANSWERS, today=TODAY)

    assert shown.sections == {"profile", "service", "end"}
    assert shown.questions == set(QUESTIONS)
    assert shown.rows == {"wait", "staff"}


def test_a_section_whose_questions_are_all_hidden_is_hidden() -> None:
    hidden = replace(QUESTIONS["comment"], relevant="false()")

    assert visible(alone(hidden), {}, today=TODAY).sections == frozenset()


def test_the_answer_to_a_hidden_question_counts_as_blank_in_later_rules() -> None:
    definition = changed("comment", relevant="${illness} != ''")

    shown = visible(definition, without("consent"), today=TODAY)

    assert "comment" not in shown.questions


def test_rules_that_look_ahead_settle_all_the_same() -> None:
    first = Question("first", QuestionKind.SHORT_TEXT, relevant="${second} = 'x'")
    second = Question("second", QuestionKind.SHORT_TEXT, relevant="${third} = 'x'")
    third = Question("third", QuestionKind.SHORT_TEXT, relevant="false()")
    definition = Definition("ahead", sections=(Section("s", (first, second, third)),))

    assert prune(definition, dict.fromkeys(("first", "second", "third"), "x"), today=TODAY) == {}


# --- What is kept --------------------------------------------------------------------------------


def test_pruning_keeps_what_is_asked() -> None:
    assert prune(DEFINITION, ANSWERS, today=TODAY) == ANSWERS


def test_pruning_drops_answers_behind_a_withdrawn_consent() -> None:
    assert prune(DEFINITION, without("consent"), today=TODAY) == without("consent", "illness")


def test_pruning_drops_an_office_of_another_country() -> None:
    kept = prune(DEFINITION, {**ANSWERS, "country": "AR"}, today=TODAY)

    assert kept == {**without("consulate"), "country": "AR"}


def test_pruning_drops_ranked_options_that_are_no_longer_chosen() -> None:
    kept = prune(DEFINITION, {**ANSWERS, "services": ["pass", "civil"]}, today=TODAY)

    assert kept["ranking"] == ["pass"]


def test_pruning_drops_a_whole_section_and_matrix_rows() -> None:
    kept = prune(DEFINITION, without("country"), today=TODAY)

    assert set(kept) == {"year", "arrival", "consent", "illness", "comment"}


def test_pruning_drops_the_text_beside_an_other_that_is_not_chosen() -> None:
    assert "country_other" not in prune(DEFINITION, {**ANSWERS, "country_other": "Chad"}, today=TODAY)
    assert "country_other" in prune(DEFINITION, {"country": "other", "country_other": "Chad"}, today=TODAY)


def test_pruning_drops_names_that_the_questionnaire_does_not_know() -> None:
    assert prune(DEFINITION, {"nonsense": 1}, today=TODAY) == {}


@given(answered())
def test_pruning_twice_changes_nothing(case: tuple[Definition, dict[str, Any]]) -> None:
    definition, answers = case

    once = prune(definition, answers, today=TODAY)

    assert prune(definition, once, today=TODAY) == once
    assert visible(definition, once, today=TODAY) == visible(definition, answers, today=TODAY)


@given(answered())
def test_what_is_pruned_holds_nothing_hidden_nor_withheld(case: tuple[Definition, dict[str, Any]]) -> None:
    definition, answers = case

    found = validate(definition, prune(definition, answers, today=TODAY), today=TODAY)

    assert {error.code for error in found} <= {"required", "exclusive", "incomplete"}


# --- Options -------------------------------------------------------------------------------------


def test_offices_are_those_of_the_country() -> None:
    offered = options(DEFINITION, QUESTIONS["consulate"], {"country": "AR"}, today=TODAY)

    assert [choice.name for choice in offered] == ["la_plata", "unsure"]


def test_a_ranking_offers_what_was_picked_elsewhere_in_list_order() -> None:
    answers = {**ANSWERS, "services": ["civil", "dni"]}

    offered = options(DEFINITION, QUESTIONS["ranking"], answers, today=TODAY)

    assert [choice.name for choice in offered] == ["dni", "civil"]


def test_or_other_adds_the_option_that_the_list_lacks() -> None:
    definition = changed("services", or_other=True)

    offered = options(definition, definition.question("services"), {}, today=TODAY)

    assert [choice.name for choice in offered] == ["dni", "pass", "civil", "none", "other"]
    assert offered[-1].label["pt"] == "Outra resposta (especifique)"


# --- What will do --------------------------------------------------------------------------------


def test_a_full_set_of_answers_is_valid() -> None:
    assert validate(DEFINITION, ANSWERS, today=TODAY) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"country": "XX", "consulate": None}, ("country", "not_offered")),
        ({"country": ["IT"], "consulate": None}, ("country", "malformed")),
        ({"country": "other", "consulate": None}, ("country_other", "required")),
        ({"country": "other", "consulate": None, "country_other": "a" * 300}, ("country_other", "too_long")),
        ({"country_other": "Chad"}, ("country_other", "not_asked")),
        ({"consulate": "la_plata"}, ("consulate", "not_offered")),
        ({"year": 1949}, ("year", "constraint")),
        ({"year": 1999.0}, ("year", "not_whole")),
        ({"year": True}, ("year", "not_whole")),
        ({"year": "1999"}, ("year", "not_whole")),
        ({"year": 10**400}, ("year", "too_large")),
        ({"arrival": "2026-02-30"}, ("arrival", "not_a_date")),
        ({"arrival": "31/03/2026"}, ("arrival", "not_a_date")),
        ({"arrival": 20260331}, ("arrival", "not_a_date")),
        ({"arrival": "2026-04-01"}, ("arrival", "constraint")),
        ({"services": [], "ranking": None}, ("services", "malformed")),
        ({"services": "dni", "ranking": None}, ("services", "malformed")),
        ({"services": [1, 2], "ranking": None}, ("services", "malformed")),
        ({"services": ["dni", "dni"], "ranking": None}, ("services", "repeated")),
        ({"services": ["dni", "visa"], "ranking": None}, ("services", "not_offered")),
        ({"services": ["dni", "none"], "ranking": None}, ("services", "exclusive")),
        ({"services": ["dni", "pass", "civil"]}, ("services", "too_many")),
        ({"ranking": ["pass", "civil"]}, ("ranking", "not_offered")),
        ({"services": ["dni"]}, ("ranking", "not_asked")),
        ({"wait": None}, ("wait", "required")),
        ({"wait": "fine"}, ("wait", "not_offered")),
        ({"score": 11}, ("score", "too_large")),
        ({"score": -1}, ("score", "too_small")),
        ({"score": 7.5}, ("score", "not_on_step")),
        ({"score": "7"}, ("score", "not_a_number")),
        ({"cost": float("nan")}, ("cost", "not_a_number")),
        ({"cost": -0.1}, ("cost", "too_small")),
        ({"consent": "yes", "illness": None}, ("consent", "malformed")),
        ({"consent": None}, ("illness", "not_asked")),
        ({"illness": "x" * 21}, ("illness", "too_long")),
        ({"illness": "  "}, ("illness", "malformed")),
        ({"comment": 5}, ("comment", "malformed")),
        ({"comment": "a\x00b"}, ("comment", "malformed")),
        ({"comment": "a\ud800b"}, ("comment", "malformed")),
        ({"comment": {"a": 1}}, ("comment", "malformed")),
        ({"satisfaction": "good"}, ("satisfaction", "unknown")),
        ({"intro": "hello"}, ("intro", "unknown")),
    ],
)
def test_one_thing_wrong_is_one_error(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert errors(**changes) == [expected]


def test_an_error_carries_its_numbers_and_the_words_of_the_questionnaire() -> None:
    answers = {**without("country", "consulate"), "year": 1900, "score": 12}

    found = validate(DEFINITION, {**answers, "country": "AR"}, today=TODAY)
    missing = validate(DEFINITION, {}, today=TODAY, sections=["profile"])

    assert found == [
        AnswerError(
            "year",
            "constraint",
            message=both("Escriba un año entre 1950 y 2026.", "Write a year from 1950 to 2026."),
        ),
        AnswerError("score", "too_large", {"most": 10}),
    ]
    assert missing == [
        AnswerError("country", "required", message=both("Elija un país.", "Choose a country."))
    ]


def test_sections_limit_what_is_looked_at() -> None:
    answers = {**ANSWERS, "year": 1900, "score": 12, "nonsense": 1}

    found = validate(DEFINITION, answers, today=TODAY, sections=["service"])

    assert [error.name for error in found] == ["score"]


def test_a_ranking_may_stop_early_unless_it_is_required() -> None:
    assert errors(ranking=["pass"]) == []
    assert errors(changed("ranking", required=True), ranking=["pass"]) == [("ranking", "incomplete")]
    assert errors(changed("ranking", required=True, max_choices=1), ranking=["pass"]) == []


def test_nothing_is_required_of_a_question_without_options() -> None:
    definition = changed("consulate", required=True, choice_filter="country = ${country}")

    assert errors(definition, country="other", country_other="Chad", consulate=None) == []
    assert errors(definition, consulate=None) == [("consulate", "required")]


def test_an_exclusive_option_alone_is_enough_whatever_the_minimum() -> None:
    definition = changed("services", min_choices=2)

    assert errors(definition, services=["none"], ranking=None) == []
    assert errors(definition, services=["dni"], ranking=None) == [("services", "too_few")]


def test_countries_and_offices_without_a_list_are_held_to_their_shape() -> None:
    country = alone(Question("where", QuestionKind.COUNTRY))
    office = alone(Question("office", QuestionKind.CONSULAR_OFFICE))

    assert validate(country, {"where": "PE"}, today=TODAY) == []
    assert validate(office, {"office": "la_plata"}, today=TODAY) == []
    assert [e.code for e in validate(country, {"where": "Perú"}, today=TODAY)] == ["not_offered"]
    assert [e.code for e in validate(office, {"office": "<b>"}, today=TODAY)] == ["not_offered"]


# --- What forms send -----------------------------------------------------------------------------


def cleaned(name: str, raw: Any, definition: Definition = DEFINITION) -> tuple[dict[str, Any], list[str]]:
    raws = raw if isinstance(raw, dict) else {name: raw}
    result = clean(definition, definition.question(name), raws, ANSWERS, today=TODAY)
    return result.answers, [error.code for error in result.errors]


@pytest.mark.parametrize(
    ("name", "raw", "stored"),
    [
        ("year", " 1 999 ", 1999),
        ("cost", "12,50", 12.5),
        ("cost", "3", 3.0),
        ("score", "7.0", 7),
        ("arrival", "2026-03-31", "2026-03-31"),
        ("services", ["pass", "dni"], ["dni", "pass"]),
        ("services", "pass", ["pass"]),
        ("ranking", ["pass", "dni"], ["pass", "dni"]),
        ("illness", " dos\r\nlíneas\x07 ", "dos líneas"),
        ("comment", "dos\r\nlíneas\ud800", "dos\nlíneas"),
        ("comment", "cafe\u0301", "café"),
        ("consent", "OK", "OK"),
        ("country", ["AR"], "AR"),
    ],
)
def test_what_was_sent_takes_its_stored_shape(name: str, raw: Any, stored: Any) -> None:
    assert cleaned(name, raw) == ({name: stored}, [])


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("year", "1.999", "not_whole"),
        ("year", "mil", "not_whole"),
        ("year", "9" * 40, "not_whole"),
        ("cost", "1.000,50", "not_a_number"),
        ("cost", "1e5", "not_a_number"),
        ("services", ["dni", "hack"], "not_offered"),
        ("country", "ZZ", "not_offered"),
    ],
)
def test_what_cannot_be_an_answer_is_kept_as_it_was_and_said_so(name: str, raw: Any, code: str) -> None:
    answers, codes = cleaned(name, raw)

    assert (answers[name], codes) == (raw, [code])


@pytest.mark.parametrize("raw", ["", "   ", [], [""]])
@pytest.mark.parametrize("name", ["year", "cost", "arrival", "services", "ranking", "illness", "consent"])
def test_blank_is_no_answer(name: str, raw: Any) -> None:
    assert cleaned(name, raw) == ({}, [])


def test_a_required_blank_is_an_error() -> None:
    assert cleaned("country", "") == ({}, ["required"])


def test_the_text_beside_other_counts_only_when_other_is_chosen() -> None:
    assert cleaned("country", {"country": "IT", "country_other": "Chad"}) == ({"country": "IT"}, [])
    assert cleaned("country", {"country": "other", "country_other": " "}) == (
        {"country": "other"},
        ["required"],
    )
    assert cleaned("country", {"country": "other", "country_other": " Chad "}) == (
        {"country": "other", "country_other": "Chad"},
        [],
    )


def test_a_matrix_is_cleaned_row_by_row() -> None:
    assert cleaned("satisfaction", {"wait": "good", "staff": ""}) == ({"wait": "good"}, [])
    assert cleaned("satisfaction", {"staff": "bad"}) == ({"staff": "bad"}, ["required"])


def test_a_hidden_question_gives_nothing() -> None:
    definition = changed("illness", relevant="false()")

    assert cleaned("illness", "asma", definition) == ({}, [])


# --- Ready for many ------------------------------------------------------------------------------


def test_a_definition_is_made_ready_once() -> None:
    assert compiled(DEFINITION) is compiled(DEFINITION)
    assert compiled(replace(DEFINITION)) is not compiled(DEFINITION)


def long_questionnaire() -> tuple[Definition, dict[str, Any]]:
    """32 questions with rules, and lists as long as those of the country question in use."""
    many = replace(OFFICES, choices=tuple(
        replace(OFFICES.choices[0], name=f"office_{n}", attributes={"country": "AR"}) for n in range(118)
    ))  # fmt: skip
    asked = [replace(QUESTIONS["country"], or_other=False), replace(QUESTIONS["consulate"])]
    for number in range(10):
        several = replace(QUESTIONS["services"], name=f"services{number}", relevant="${country} = 'AR'")
        source = f"${{services{number}}}"
        rule = f"count-selected({source}) > 0 and not(selected({source}, 'none'))"
        score = replace(QUESTIONS["score"], name=f"score{number}", relevant=rule)
        year = replace(QUESTIONS["year"], name=f"year{number}", relevant=rule)
        asked += [several, score, year]
    definition = Definition(
        "long", sections=(Section("s", tuple(asked)),), choice_lists=(COUNTRIES, many, SERVICES)
    )
    answers: dict[str, Any] = {"country": "AR", "consulate": "office_7"}
    for number in range(10):
        answers |= {f"services{number}": ["dni", "pass"], f"score{number}": 5, f"year{number}": 2000}
    return definition, answers


def test_a_whole_answer_is_checked_in_about_a_millisecond() -> None:
    definition, answers = long_questionnaire()
    assert validate(definition, answers, today=TODAY) == []

    def once() -> float:
        started = time.perf_counter()
        validate(definition, answers, today=TODAY)
        return time.perf_counter() - started

    # The aim is 1 ms; the best of many is taken and doubled, since other work shares the machine.
    assert min(once() for _ in range(50)) < 0.002
