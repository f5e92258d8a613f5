"""Whatever the questionnaire and the answers: each cell says what an independent reading of them says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from json import loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import orjson
import polars as pl
import pyreadstat
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.analysis import frame as frames
from consultations.analysis.building import frame_of
from consultations.analysis.reading import Row
from consultations.enums import CellValues
from consultations.exports import codebook, csv, json, spss, stata, xlsx
from consultations.exports.tables import Export, Options, responses
from consultations.instrument.definition import Definition, Question, QuestionKind
from consultations.instrument.kinds import bounds
from consultations.models import QuestionnaireVersion
from tests.consultations.strategies import AWKWARD, definitions

from .reading import table, workbook

K = QuestionKind
CODES = Options(CellValues.CODES, "es")
texts = st.sampled_from([*AWKWARD, "a\u2028b\u2029c", "ñ" * 3_000]) | st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n"), min_size=1, max_size=30
)


def value_for(draw: st.DrawFn, definition: Definition, question: Question) -> Any:
    names = [choice.name for choice in definition.choices_of(question)]
    match question.kind:
        case K.MULTIPLE_CHOICE | K.RANKING:
            return draw(st.lists(st.sampled_from(names), min_size=1, unique=True)) if names else None
        case K.SINGLE_CHOICE | K.COUNTRY | K.CONSULAR_OFFICE | K.MATRIX:
            return draw(st.sampled_from(names)) if names else "PE"
        case K.SCALE:
            return draw(st.sampled_from([number for number in bounds(question) if number is not None]))
        case K.INTEGER:
            return draw(st.integers(-(10**9), 10**9))
        case K.DECIMAL:
            return draw(st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))
        case K.DATE:
            return draw(st.dates(date(1900, 2, 28), date(2100, 1, 1))).isoformat()
        case K.ACKNOWLEDGE:
            return "OK"
        case _:
            return draw(texts)


@st.composite
def documents(draw: st.DrawFn, definition: Definition) -> dict[str, Any]:
    """Answers of the right shapes, some questions left out."""
    answers: dict[str, Any] = {}
    for question in definition.questions():
        for name in question.answer_names:
            if draw(st.booleans()):
                is_other = question.or_other and name == question.other_name
                answers[name] = draw(texts) if is_other else value_for(draw, definition, question)
    return {name: answer for name, answer in answers.items() if answer is not None}


@st.composite
def collections(draw: st.DrawFn) -> tuple[Definition, list[dict[str, Any]]]:
    definition = draw(definitions())
    definition = replace(definition, sections=tuple(_unruled(section) for section in definition.sections))
    return definition, draw(st.lists(documents(definition), min_size=1, max_size=4))


def _unruled(section: Any) -> Any:
    questions = tuple(replace(q, relevant="", constraint="", choice_filter="") for q in section.questions)
    return replace(section, relevant="", questions=questions)


def cells(definition: Definition, answers: dict[str, Any]) -> dict[str, Any]:
    """The table's row, said again from the questions themselves."""
    found: dict[str, Any] = {}
    for question in definition.questions():
        answer = answers.get(question.name)
        options = [choice.name for choice in definition.choices_of(question)]
        if question.kind is K.MULTIPLE_CHOICE:
            found |= {f"{question.name}/{o}": None if answer is None else int(o in answer) for o in options}
        elif question.kind is K.RANKING:
            places = {name: place for place, name in enumerate(answer or [], start=1)}
            found |= {f"{question.name}/{o}": places.get(o) for o in options}
        elif question.kind is K.MATRIX:
            found |= {row.name: answers.get(row.name) for row in question.rows}
        elif question.kind is not K.NOTE:
            found[question.name] = answer
        if question.or_other:
            found[question.other_name] = answers.get(question.other_name)
    return found


def exported(definition: Definition, documents: list[dict[str, Any]]) -> Export:
    version = QuestionnaireVersion(pk=1, number=1, document=definition.to_json(), digest=definition.digest())
    rows = [
        Row(UUID(int=place).hex, 1, "2026-11-03", "es", "web", False, orjson.dumps(answers).decode())
        for place, answers in enumerate(documents)
    ]
    frame = frame_of([version], [rows])
    with override("en"):
        book = codebook.codebook(frame, "en")
    return Export({"Responses": responses(frame, CODES), "Codebook": book}, "en", frame, "Everything")


def answered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in frames.ABOUT_THE_RESPONSE} for row in rows]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(collections())
def test_workbook_holds_what_was_answered(collection: tuple[Definition, list[dict[str, Any]]]) -> None:
    definition, documents = collection

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        xlsx.write(exported(definition, documents), path)
        rows = workbook(path)[0]

    assert answered(rows) == [cells(definition, answers) for answers in documents]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(collections())
def test_csv_holds_what_was_answered(collection: tuple[Definition, list[dict[str, Any]]]) -> None:
    definition, documents = collection

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        csv.write(exported(definition, documents), path)
        rows = table(path)

    expected = [cells(definition, answers) for answers in documents]
    pairs = [
        (cell, row[name])
        for row, wanted in zip(answered(rows), expected, strict=True)
        for name, cell in wanted.items()
    ]
    assert [pair for pair in pairs if not is_same(*pair)] == []


def is_same(answer: Any, written: str) -> bool:
    if isinstance(answer, int | float):
        return float(written) == answer
    return written in ((answer or ""), f"'{answer}")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(collections())
def test_json_holds_what_was_answered(collection: tuple[Definition, list[dict[str, Any]]]) -> None:
    definition, documents = collection

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        json.write(exported(definition, documents), path)
        rows = loads(path.read_text(encoding="utf-8"))["responses"]

    assert answered(rows) == [cells(definition, answers) for answers in documents]


@pytest.mark.parametrize(
    ("kind", "read"), [(spss, pyreadstat.read_sav), (stata, pyreadstat.read_dta)], ids=["spss", "stata"]
)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(collection=collections())
def test_statistics_file_holds_as_many_answers(
    kind: Any, read: Any, collection: tuple[Definition, list[dict[str, Any]]]
) -> None:
    """Every answer is there as a number or a text; none is where nobody answered."""
    definition, documents = collection
    export = exported(definition, documents)
    with TemporaryDirectory() as folder:
        kind.write(export, Path(folder) / "a")
        table, _about = read(Path(folder) / "a", output_format="polars")

    data = export.dataset(longest=kind.LONGEST_NAME, reserved=kind.RESERVED)
    names = {variable.name: variable.source for variable in data.variables}
    filled = {names[name]: _filled(table[name]) for name in table.columns}
    assert filled == {name: _filled(export.responses[name]) for name in export.responses.columns}


def _filled(cells: pl.Series) -> int:
    """SPSS knows no difference between an empty text and none."""
    return sum(cell not in (None, "") for cell in cells)
