from __future__ import annotations

import pytest

from consultations.instrument.columns import all_columns, codebook_line, columns
from consultations.instrument.definition import QuestionKind
from consultations.instrument.kinds import KINDS

from .examples import ANSWERS, DEFINITION, changed


def test_every_kind_is_in_the_dictionary() -> None:
    assert set(KINDS) == set(QuestionKind)


def test_one_row_of_answers_fills_the_columns_in_order() -> None:
    row = {column.name: column.cell(ANSWERS) for column in all_columns(DEFINITION)}

    assert row == {
        "country": "IT",
        "country_other": None,
        "consulate": "roma",
        "year": 1999,
        "arrival": "1999-03-31",
        "services/dni": 1,
        "services/pass": 1,
        "services/civil": 0,
        "services/none": 0,
        "ranking/dni": 2,
        "ranking/pass": 1,
        "ranking/civil": None,
        "ranking/none": None,
        "wait": "good",
        "staff": "bad",
        "score": 7,
        "cost": 12.5,
        "consent": "OK",
        "illness": "asma",
        "comment": "Gracias.\nTodo bien.",
    }


def test_without_an_answer_flags_are_empty_and_not_zero() -> None:
    assert {column.cell({}) for column in all_columns(DEFINITION)} == {None}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("country", [("name", "nominal"), ("text", "text")]),
        ("year", [("integer", "scale")]),
        ("arrival", [("date", "scale")]),
        ("services", [("integer", "nominal")] * 4),
        ("ranking", [("integer", "ordinal")] * 4),
        ("satisfaction", [("name", "ordinal")] * 2),
        ("score", [("decimal", "scale")]),
        ("consent", [("name", "nominal")]),
        ("comment", [("text", "text")]),
        ("intro", []),
    ],
)
def test_types_and_levels(name: str, expected: list[tuple[str, str]]) -> None:
    found = columns(DEFINITION, DEFINITION.question(name))

    assert [(column.type, column.level) for column in found] == expected


def test_an_agreement_scale_is_ordinal() -> None:
    definition = changed("consulate", appearance="likert")

    assert columns(definition, definition.question("consulate"))[0].level == "ordinal"


def test_other_text_is_one_more_column_after_the_options() -> None:
    definition = changed("services", or_other=True)

    found = columns(definition, definition.question("services"))

    assert [column.name for column in found[-2:]] == ["services/other", "services_other"]
    assert found[-1].cell({"services": ["other"], "services_other": "Visa"}) == "Visa"


def test_the_codebook_explains_a_column_in_a_language() -> None:
    first, *_ = columns(DEFINITION, DEFINITION.question("consulate"))
    flag, *_ = columns(DEFINITION, DEFINITION.question("services"))
    row, *_ = columns(DEFINITION, DEFINITION.question("satisfaction"))

    line = codebook_line(DEFINITION, first, "en")

    assert (line.name, line.text, line.kind) == ("consulate", "Which office serves you?", "consular_office")
    assert line.codes == (("la_plata", "La Plata"), ("roma", "Rome"), ("unsure", "Not sure"))
    assert codebook_line(DEFINITION, flag, "es").text == "¿Qué servicios usó? · DNI"
    assert codebook_line(DEFINITION, flag, "es").codes == (("1", ""), ("0", ""))
    assert codebook_line(DEFINITION, row, "es").text == "¿Cómo valora…? · La espera"


def test_the_codebook_says_who_was_asked() -> None:
    (rank, *_) = columns(DEFINITION, DEFINITION.question("ranking"))

    assert codebook_line(DEFINITION, rank, "en").asked_when == (
        "“In which country do you live?” has an answer\n"
        "the number of options chosen in “Which services did you use?” is more than 1"
    )
