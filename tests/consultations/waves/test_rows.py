"""Cells of all sorts of files as answers; what cannot be one is told with the number of its row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from consultations.instrument.definition import Definition
from consultations.waves.mapping import Plan, country_words, proposed, unknown_words
from consultations.waves.rows import Fault, Taker
from consultations.waves.subset import subset
from consultations.waves.tables import Heading, Table
from tests.consultations.exports.examples import DEFINITION


def table(headings: str, *lines: str) -> Table:
    names = [Heading(name.strip()) for name in headings.split("|")]
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)
    return Table(tuple(names), rows)


def wave(*names: str) -> Definition:
    return subset(DEFINITION, names, name="wave")


def taken(source: Table, definition: Definition, **values: Any) -> list[Any]:
    plan = Plan(proposed(source, definition), values)
    return list(Taker(source, definition, plan))


def test_columns_that_are_called_like_ours_are_recognised() -> None:
    source = table("country | used/pass | ¿Cuál? | Rank · None | nonsense", "IT | 1 | dni | 1 | x")

    assert proposed(source, DEFINITION) == {
        "country": "country",
        "used/pass": "used/pass",
        "¿Cuál?": "best",
        "Rank · None": "order/none",
    }


@pytest.mark.parametrize("word", ["dni", "DNI", "id card", " ID card"])
def test_an_option_is_known_by_its_code_and_its_label_in_any_language(word: str) -> None:
    [row] = taken(table("best", word), wave("best"))

    assert (row.answers, row.faults) == ({"best": "dni"}, [])


@pytest.mark.parametrize("word", ["IT", "it", "Italia", "Italy", "Itália"])
def test_a_country_is_known_by_its_name(word: str) -> None:
    [row] = taken(table("country", word), wave("country"))

    assert row.answers == {"country": "IT"}


def test_every_country_has_one_code() -> None:
    assert {country_words()[name] for name in ("peru", "perù".replace("ù", "u"), "pe")} == {"PE"}


def test_options_in_columns_or_in_one_cell_are_the_same() -> None:
    columns = table("used/dni | used/pass | used/none", "1 | sí | 0")
    together = table("used", "Pasaporte; ID card")

    assert [row.answers for row in taken(columns, wave("used"))] == [{"used": ["dni", "pass"]}]
    assert [row.answers for row in taken(together, wave("used"))] == [{"used": ["dni", "pass"]}]


def test_a_row_of_everything() -> None:
    source = table(
        "response.day|response.language|Care · Wait|nps|year|rate|born|city|order/pass|order/dni",
        "03/11/2024 | es-PE | Buena | 7 | 1999 | 2,5 | 17.05.1980 | Milán | 1 | 2",
    )

    [row] = taken(source, wave("care", "nps", "year", "rate", "born", "city", "order"))

    assert row.faults == []
    assert (row.day, row.language) == (date(2024, 11, 3), "es")
    assert row.answers == {
        "wait": "2",
        "nps": 7,
        "year": 1999,
        "rate": 2.5,
        "born": "1980-05-17",
        "city": "Milán",
        "order": ["pass", "dni"],
    }


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("best", "gold", "no_such_option"),
        ("used/pass", "perhaps", "not_a_flag"),
        ("order/pass", "first", "not_a_place"),
        ("nps", "11", "too_large"),
        ("nps", "many", "not_a_number"),
        ("year", "19.5", "not_whole"),
        ("born", "31/02/1980", "not_a_date"),
        ("response.day", "yesterday", "not_a_date"),
        ("response.language", "xx", "no_such_language"),
        ("city", "x" * 256, "too_long"),
        ("country", "Atlantis", "no_such_option"),
    ],
)
def test_what_cannot_be_taken_is_told(heading: str, cell: str, code: str) -> None:
    source = table(f"city | {heading}" if heading != "city" else "city", "" if heading == "city" else " | ")
    source = Table(source.headings, ((cell,) if heading == "city" else ("Lima", cell),))

    [row] = taken(source, DEFINITION)

    assert row.faults == [Fault(2, heading, code, cell)]


def test_rows_are_counted_as_spreadsheets_count_them() -> None:
    source = table("nps", "7", "", "99")

    rows = taken(source, wave("nps"))

    assert [row.number for row in rows] == [2, 4]
    assert rows[1].faults[0].row == 4


def test_words_that_stand_for_no_option_are_asked_about_once() -> None:
    source = table("best", "dni", "Carné", "carné", "Libreta", "Carné")
    plan = Plan({"best": "best"})

    assert unknown_words(source, DEFINITION, plan) == {"best": ["Carné", "carné", "Libreta"]}
    decided = Plan({"best": "best"}, {"best": {"Carné": "dni", "Libreta": "pass"}})
    assert unknown_words(source, DEFINITION, decided) == {}
    found = [row.answers["best"] for row in Taker(source, DEFINITION, decided)]
    assert found == ["dni", "dni", "dni", "pass", "dni"]


def test_a_statistics_file_explains_its_own_codes() -> None:
    headings = (Heading("v1", "¿Cuál?", {"1": "DNI", "2": "Pasaporte"}),)

    rows = taken(Table(headings, (("1",), ("2",), ("3",)), first_row=1), wave("best"))

    assert [row.answers for row in rows] == [{"best": "dni"}, {"best": "pass"}, {}]
    assert rows[2].faults == [Fault(3, "v1", "no_such_option", "3")]


def test_the_questionnaire_of_a_wave_has_no_rules() -> None:
    definition = wave("care", "year", "health")

    assert [question.name for question in definition.questions()] == ["care", "year", "health"]
    assert all(not question.relevant and not question.constraint for question in definition.questions())
    assert definition.question("health").sensitive
    assert [choice_list.name for choice_list in definition.choice_lists] == ["grade"]
