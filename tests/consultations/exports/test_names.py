"""Names of variables, which every program restricts in its own way."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from django.core.management import call_command

from consultations.analysis.building import frame_of
from consultations.analysis.frame import Frame
from consultations.exports.dataset import dataset
from consultations.instrument.definition import Definition, Question, QuestionKind
from consultations.models import QuestionnaireVersion
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.foreign import run

from .examples import with_questions
from .reading import workbook

K = QuestionKind


def frame(definition: Definition) -> Frame:
    version = QuestionnaireVersion(pk=1, number=1, document=definition.to_json(), digest=definition.digest())
    return frame_of([version], [])


def test_column_that_needs_no_other_name_keeps_its_own() -> None:
    """Else ``used_other`` were the text in one format and the flag in another."""
    data = dataset(frame(with_questions()), title="", language="es", longest=64)

    named = {variable.source: variable.name for variable in data.variables}
    assert (named["used_other"], named["used/other"]) == ("used_other", "used_other_2")


WORDS = ("with", "by", "if", "int", "in", "str5", "function", "next", "_n", "All", "a-b", "x.y")


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    consultation = ConsultationFactory(open=True, slug="words")
    questions = (Question(word, K.INTEGER, {"es": word}) for word in WORDS)
    VersionFactory(questionnaire=consultation.questionnaire, definition=with_questions(*questions))
    for kind in ("sav", "dta", "r"):
        call_command("export_responses", "words", "--format", kind, "--out", tmp_path / f"a.{kind}")
    return tmp_path


@pytest.mark.parametrize(
    ("ending", "read", "renamed"),
    [
        ("sav", pyreadstat.read_sav, {"with": "v_with", "by": "v_by", "All": "v_All"}),
        ("dta", pyreadstat.read_dta, {name: f"v_{name}" for name in ("with", "if", "int", "in", "str5")}),
    ],
)
def test_words_of_the_program_are_no_names(folder: Path, ending: str, read: Any, renamed: Any) -> None:
    _table, about = read(folder / f"a.{ending}", output_format="polars")

    plain = {name: name for name in WORDS} | {"_n": "v_n", "a-b": "a_b", "x.y": "x_y"}
    assert list((plain | renamed).values()) == about.column_names[-len(WORDS) :]


def test_pspp_takes_every_name(folder: Path) -> None:
    (folder / "a.sps").write_text('GET FILE="a.sav".\nDISPLAY NAMES.\n', encoding="utf-8")

    assert "VAR0" not in run("pspp", "a.sps", folder=folder)


def test_r_takes_every_name(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.r") as files:
        files.extractall(folder)
    (folder / "tell.R").write_text('source("read.R", encoding = "UTF-8")\ncat(names(responses))')

    said = run("Rscript", "--vanilla", "tell.R", folder=folder)

    renamed = {"_n": "v_n", "a-b": "a_b", "x.y": "x_y", "with": "v_with", "by": "v_by", "All": "v_All"}
    assert said.split()[-len(WORDS) :] == [renamed.get(word, word) for word in WORDS]


def test_codebook_says_what_statistics_programs_call_a_column(folder: Path) -> None:
    path = folder / "codebook.xlsx"
    call_command("write_codebook", "words", "--format", "xlsx", "--language", "en", "--out", path)

    names = {
        line["Column"]: (line["Name in SPSS and R"], line["Name in Stata"]) for line in workbook(path)[0]
    }
    assert {name: names[name] for name in ("response.id", "used/other", "used_other", "by", "if")} == {
        "response.id": ("response_id", "response_id"),
        "used/other": ("used_other_2", "used_other_2"),
        "used_other": ("used_other", "used_other"),
        "by": ("v_by", "by"),
        "if": ("if", "v_if"),
    }
