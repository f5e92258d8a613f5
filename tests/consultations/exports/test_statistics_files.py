"""Files for statistics programs, read back by foreign readers."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import polars as pl
import pyreadstat
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from consultations.exports.dataset import numbered
from consultations.instrument.definition import Choice
from consultations.models import Consultation
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory

from .examples import ANSWERS, CELLS, DEFINITION, GRADES, SERVICES

pytestmark = pytest.mark.django_db

# What the example's answers are in a program that knows numbers and their labels.
AS_NUMBERS = {
    "consent": 1,
    "country": "IT",
    "used_dni": 0,
    "used_pass": 1,
    "used_none": 0,
    "used_other": "=SUM(A1)",
    "used_other_2": 1,
    "best": 1,
    "order_dni": 2,
    "order_pass": 1,
    "order_none": None,
    "wait": 1,
    "cost": 2,
    "nps": 7,
    "year": 1999,
    "rate": 2.5,
    "born": date(1980, 5, 17),
    "city": "Milán",
    "health": ANSWERS["health"],
}


def export(consultation: Consultation, path: Path, **options: Any) -> Path:
    kind = {"zip": "r"}.get(path.suffix[1:], path.suffix[1:])
    call_command("export_responses", consultation.slug, format=kind, out=path, stdout=StringIO(), **options)
    return path


@pytest.fixture
def answered(consultation: Consultation) -> Consultation:
    version = consultation.current_version
    ResponseFactory(sent=True, consultation=consultation, version=version, answers=ANSWERS)
    ResponseFactory(sent=True, consultation=consultation, version=version, answers={"country": "CL"})
    return consultation


def read_rows(table: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["country"]: row for row in table.to_dicts()}


@pytest.mark.parametrize(("suffix", "read"), [("sav", pyreadstat.read_sav), ("dta", pyreadstat.read_dta)])
def test_statistics_file_holds_numbers_with_labels(
    answered: Consultation, tmp_path: Path, suffix: str, read: Any
) -> None:
    table, about = read(export(answered, tmp_path / f"a.{suffix}"), output_format="polars")

    row = read_rows(table)["IT"]
    assert {name: row[name] or None if row[name] == "" else row[name] for name in AS_NUMBERS} == AS_NUMBERS
    labels = about.variable_value_labels
    assert {code: labels["wait"][code] for code in (1, 2)} == {1: "Mala", 2: "Buena"}
    assert {code: labels["used_pass"][code] for code in (0, 1)} == {0: "no", 1: "sí"}
    assert about.column_names_to_labels["wait"] == "Atención · Espera"


def test_unanswered_is_missing_and_not_zero(answered: Consultation, tmp_path: Path) -> None:
    table, _about = pyreadstat.read_sav(export(answered, tmp_path / "a.sav"), output_format="polars")

    row = read_rows(table)["CL"]
    texts = {"used_other", "city", "health"}
    assert {name for name in AS_NUMBERS if row[name] not in (None, "")} == {"country"}
    assert {name for name in AS_NUMBERS if row[name] == ""} <= texts


def test_spss_says_why_a_number_is_missing(answered: Consultation, tmp_path: Path) -> None:
    """Chile answered its country alone: the matrix was never asked, the rest left out."""
    path = export(answered, tmp_path / "a.sav", lang="en")
    table, about = pyreadstat.read_sav(path, output_format="polars", user_missing=True)

    chile, italy = read_rows(table)["CL"], read_rows(table)["IT"]
    assert {name: chile[name] for name in ("wait", "nps", "rate", "used_dni", "order_dni")} == {
        "wait": -8,
        "nps": -9,
        "rate": -9,
        "used_dni": -9,
        "order_dni": -9,
    }
    assert italy["order_none"] == -7
    missing = {"lo": -9, "hi": -9}, {"lo": -8, "hi": -8}
    assert [dict(item) for item in about.missing_ranges["wait"]] == [*missing]
    assert {number: about.variable_value_labels["order_none"][number] for number in (-9, -8, -7)} == {
        -9: "Not answered",
        -8: "Not asked",
        -7: "Not ranked",
    }


@pytest.mark.parametrize(
    ("words", "missing"), [(("na",), [-9, -8, 90]), (("na", "x"), [-9, -8])], ids=["one", "two"]
)
def test_no_mean_counts_what_is_no_step_of_a_scale(
    db: None, tmp_path: Path, words: tuple[str, ...], missing: list[int]
) -> None:
    """“Does not apply” has a number beyond the grades; SPSS keeps it, named, and out of means.

    It takes three such numbers at most: of two words none is declared, and what was not answered still is.
    """
    more = [Choice("3", {"es": "Mejor"}), *(Choice(word, {"es": f"No {word}"}) for word in words)]
    grades = replace(GRADES, choices=(*GRADES.choices, *more))
    consultation = ConsultationFactory(open=True)
    version = VersionFactory(
        questionnaire=consultation.questionnaire,
        definition=replace(DEFINITION, choice_lists=(SERVICES, grades)),
    )
    for answers in ({"wait": "2"}, {"wait": "na"}, {"cost": "1"}):
        ResponseFactory(
            sent=True,
            consultation=consultation,
            version=version,
            answers={"country": "IT", "used": ["dni"], **answers},
        )

    path = export(consultation, tmp_path / "a.sav")

    table, about = pyreadstat.read_sav(path, output_format="polars", user_missing=True)
    assert sorted(table["wait"]) == [-9, 2, 90]
    assert about.variable_value_labels["wait"][90] == "No na"
    assert sorted(item["lo"] for item in about.missing_ranges["wait"]) == missing


def test_numbers_that_stand_for_gaps_are_below_every_answer(
    consultation: Consultation, tmp_path: Path
) -> None:
    version = consultation.current_version
    for year in (-9, -120):
        ResponseFactory(
            sent=True, consultation=consultation, version=version, answers={"country": "CL", "year": year}
        )
    ResponseFactory(sent=True, consultation=consultation, version=version, answers={"country": "IT"})

    path = export(consultation, tmp_path / "a.sav")
    table, _about = pyreadstat.read_sav(path, output_format="polars", user_missing=True)

    assert sorted(table["year"]) == [-999, -120, -9]


def test_stata_says_why_a_number_is_missing(answered: Consultation, tmp_path: Path) -> None:
    path = export(answered, tmp_path / "a.dta", lang="en")
    table, about = pyreadstat.read_dta(path, output_format="polars", user_missing=True)

    chile, italy = read_rows(table)["CL"], read_rows(table)["IT"]
    assert {name: chile[name] for name in ("wait", "nps", "used_dni")} == {
        "wait": "a",
        "nps": "b",
        "used_dni": "b",
    }
    assert italy["order_none"] == "c"
    assert about.variable_value_labels["order_none"] == {"b": "Not answered", "c": "Not ranked"}


def test_spss_knows_levels_of_measurement(answered: Consultation, tmp_path: Path) -> None:
    _table, about = pyreadstat.read_sav(export(answered, tmp_path / "a.sav"), output_format="polars")

    assert {name: about.variable_measure[name] for name in ("best", "wait", "year")} == {
        "best": "nominal",
        "wait": "ordinal",
        "year": "scale",
    }


def test_parquet_keeps_types(answered: Consultation, tmp_path: Path) -> None:
    table = pl.read_parquet(export(answered, tmp_path / "a.parquet", values="codes"))

    row = read_rows(table)["IT"]
    assert {name: row[name] for name in CELLS} == {**CELLS, "born": date(1980, 5, 17)}


def test_json_says_what_its_variables_mean(answered: Consultation, tmp_path: Path) -> None:
    whole = json.loads(export(answered, tmp_path / "a.json", values="codes").read_text())

    rows = {row["country"]: row for row in whole["responses"]}
    assert {name: rows["IT"][name] for name in CELLS} == CELLS
    wait = next(variable for variable in whole["variables"] if variable["name"] == "wait")
    assert wait["codes"]["1"] == {"es": "Mala", "en": "Bad"}


@pytest.mark.parametrize("values", ["codes", "labels"])
def test_json_keeps_to_its_schema(answered: Consultation, tmp_path: Path, values: str) -> None:
    schema = json.loads((Path(__file__).parents[3] / "docs" / "exports.schema.json").read_text())
    whole = json.loads(export(answered, tmp_path / "a.json", values=values).read_text())

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(whole, schema, cls=jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(whole | {"version": 1}, schema, cls=jsonschema.Draft202012Validator)


def test_second_reader_of_stata_files_finds_the_same(answered: Consultation, tmp_path: Path) -> None:
    """Pandas reads the format by itself, without the library that wrote it."""
    path = export(answered, tmp_path / "a.dta", lang="en")
    with pd.read_stata(
        path, iterator=True, convert_dates=False, convert_categoricals=False, convert_missing=True
    ) as reader:
        rows = {row["country"]: row for row in reader.read().to_dict("records")}
        labels = reader.value_labels()

    assert {name: rows["IT"][name] for name in ("wait", "nps", "year", "city")} == {
        "wait": 1,
        "nps": 7,
        "year": 1999,
        "city": "Milán",
    }
    assert (str(rows["CL"]["wait"]), str(rows["CL"]["nps"])) == (".a", ".b")
    assert "Bad" in {word for words in labels.values() for word in words.values()}


def test_spreadsheet_holds_every_cell(answered: Consultation, tmp_path: Path) -> None:
    path = export(answered, tmp_path / "a.ods", values="codes")

    names, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    rows = {row["country"]: row for row in (dict(zip(names, line, strict=True)) for line in lines)}
    cells = {name: None if rows["IT"][name] == "" else rows["IT"][name] for name in CELLS}
    assert cells == {**CELLS, "born": date(1980, 5, 17)}


def test_r_archive_holds_answers_and_script(answered: Consultation, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(answered, tmp_path / "a.zip", lang="en")) as archive:
        assert archive.namelist() == ["responses.csv", "codebook.csv", "read.R"]
        script = archive.read("read.R").decode()

    factor = 'factor(responses[["wait"]], levels = c(1, 2), labels = c("Bad", "Good"), ordered = TRUE)'
    assert f'responses[["wait"]] <- {factor}' in script.splitlines()


@given(st.lists(st.from_regex(r"[a-z]{1,4}|\d{1,3}", fullmatch=True), unique=True, min_size=1))
def test_each_code_gets_a_number_of_its_own(names: list[str]) -> None:
    codes = numbered(names)

    assert list(codes) == sorted(codes, key=names.index) or set(codes) == set(names)
    assert len(set(codes.values())) == len(names)
