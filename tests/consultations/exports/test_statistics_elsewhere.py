"""Files for statistics as other programs than the library behind them read them: PSPP, R, DuckDB."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import call_command

from consultations.models import Consultation, ReferenceFigure, WeightingScheme
from tests.factories.responses import ResponseFactory
from tests.foreign import run

from .examples import ANSWERS, CELLS

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(consultation: Consultation) -> Consultation:
    """Three from Italy and one from Chile, where as many live in each."""
    version = consultation.current_version
    for nps in (7, 7, 10):
        ResponseFactory(sent=True, consultation=consultation, version=version, answers=ANSWERS | {"nps": nps})
    ResponseFactory(
        sent=True, consultation=consultation, version=version, answers={"country": "CL", "nps": 0}
    )
    for country in ("IT", "CL"):
        ReferenceFigure.objects.create(
            variable="country", category=country, share=50, definition="All", source="Census"
        )
    margins = [{"column": "country", "reference": "country"}]
    WeightingScheme.objects.create(consultation=consultation, name="By country", margins=margins)
    return consultation


def export(consultation: Consultation, path: Path, kind: str = "", **options: Any) -> Path:
    kind = kind or path.suffix[1:]
    call_command("export_responses", consultation.slug, format=kind, out=path, stdout=StringIO(), **options)
    return path


@pytest.fixture
def spss(answered: Consultation, tmp_path: Path) -> Path:
    return export(answered, tmp_path / "a.sav", lang="en", weighting="By country", values="codes")


def pspp(syntax: str, folder: Path) -> list[list[str]]:
    """What PSPP prints, a line a row of its tables."""
    (folder / "a.sps").write_text(f'GET FILE="a.sav".\n{syntax}\n', encoding="utf-8")
    run("pspp", "-O", "format=csv", "-o", "a.csv", "a.sps", folder=folder)
    return list(csv.reader((folder / "a.csv").read_text(encoding="utf-8").splitlines()))


def dictionary(folder: Path) -> dict[str, dict[str, str]]:
    """Name, label, level, missing values, by variable."""
    lines = pspp("DISPLAY DICTIONARY.", folder)
    start = next(place for place, line in enumerate(lines) if line[:1] == ["Table: Variables"]) + 1
    headings = lines[start]
    rows: dict[str, dict[str, str]] = {}
    for line in lines[start + 1 :]:
        if not line or line[0].startswith("Table:"):
            break
        rows[line[0]] = dict(zip(headings, line, strict=False))
    return rows


def test_pspp_knows_labels_levels_and_missing_values(spss: Path) -> None:
    known = dictionary(spss.parent)

    headings = ("Label", "Measurement Level", "Missing Values")
    assert {name: tuple(known[name][heading] for heading in headings) for name in KNOWN} == KNOWN


KNOWN = {
    "country": ("Country?", "Nominal", ""),
    "best": ("Which?", "Nominal", "-9; -8"),
    "wait": ("Care · Wait", "Ordinal", "-9; -8"),
    "nps": ("¿Recomienda?", "Scale", "-9; -8"),
    "order_none": ("Rank · None", "Ordinal", "-9; -8; -7"),
    "response_weight": ("Weight (By country); its mean over all responses is 1", "Scale", ""),
}


def test_pspp_knows_what_numbers_mean(spss: Path) -> None:
    lines = pspp("DISPLAY DICTIONARY.", spss.parent)

    assert list(labels_of("Care · Wait", lines)) == [
        ("-9[a]", "Not answered"),
        ("-8[a]", "Not asked"),
        ("1", "Bad"),
        ("2", "Good"),
    ]


def labels_of(variable: str, lines: list[list[str]]) -> Iterator[tuple[str, str]]:
    """The variable stands before its first value alone."""
    start = next(place for place, line in enumerate(lines) if line[:1] == ["Table: Value Labels"]) + 2
    inside = False
    for name, *rest in lines[start:]:
        inside = name == variable or (inside and not name)
        if inside and len(rest) == 2:
            yield rest[0], rest[1]


def test_pspp_counts_and_weighs_as_we_do(spss: Path) -> None:
    """Of four people, two thirds of a person each from Italy and two from Chile; nobody's gap is a number."""
    plain = pspp("DESCRIPTIVES nps wait /STATISTICS=MEAN.", spss.parent)
    weighted = pspp("WEIGHT BY response_weight.\nDESCRIPTIVES nps /STATISTICS=MEAN.", spss.parent)

    assert _means(plain) == {"¿Recomienda?": (4, 6.0), "Care · Wait": (3, 1.0)}
    assert _means(weighted) == {"¿Recomienda?": (4, 4.0)}


def _means(lines: list[list[str]]) -> dict[str, tuple[float, float]]:
    """People and mean, by variable."""
    found = (line for line in lines if len(line) == 3 and line[1][:1].isdigit() and line[2])
    return {line[0]: (float(line[1]), float(line[2])) for line in found}


R_TELLS = """
joined <- function(values) paste(values, collapse = ",")
for (name in c("wait", "best", "used_pass", "nps", "born", "response_weight")) {
  column <- responses[[name]]
  told <- c(joined(levels(column)), joined(as.character(column)), attr(column, "label"))
  cat(name, class(column), "|", paste(told, collapse = "|"), "\\n")
}
cat("rows", nrow(responses), sum(is.na(responses$wait)), "\\n")
cat(responses$health[responses$country == "IT"][1])
"""


def test_r_runs_the_script_and_has_factors(answered: Consultation, tmp_path: Path) -> None:
    archive = export(answered, tmp_path / "a.zip", "r", lang="en", weighting="By country")
    with zipfile.ZipFile(archive) as files:
        files.extractall(tmp_path)
    (tmp_path / "tell.R").write_text('source("read.R", encoding = "UTF-8")\n' + R_TELLS, encoding="utf-8")

    said = run("Rscript", "--vanilla", "tell.R", folder=tmp_path)

    told, rest = said.split("\nrows ")
    assert [sorted_values(line) for line in told.splitlines()] == [
        ("wait ordered factor", "Bad,Good", ["Bad", "Bad", "Bad", "NA"], "Care · Wait"),
        ("best factor", "ID card,Passport,None", ["ID card", "ID card", "ID card", "NA"], "Which?"),
        ("used_pass factor", "no,yes", ["NA", "yes", "yes", "yes"], "What? · Passport"),
        ("nps integer", "", ["0", "10", "7", "7"], "¿Recomienda?"),
        ("born Date", "", ["1980-05-17", "1980-05-17", "1980-05-17", "NA"], "¿Fecha?"),
        (
            "response_weight numeric",
            "",
            ["0.666666666666667"] * 3 + ["2"],
            "Weight (By country); its mean over all responses is 1",
        ),
    ]
    assert rest == f"4 1 \n{ANSWERS['health']}"


def test_r_reads_texts_as_they_were_written(consultation: Consultation, tmp_path: Path) -> None:
    """Neither numbers nor truth values, and without the apostrophe that stops spreadsheets."""
    texts = ["007", "T", "=1+1", "'=1+1", "-5", "NA", "'ya citado", "\u200b＝1"]
    for number, text in enumerate(texts):
        answers = {"country": "CL", "year": number + 2000, "city": text}
        version = consultation.current_version
        ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers)
    with zipfile.ZipFile(export(consultation, tmp_path / "a.zip", "r")) as files:
        files.extractall(tmp_path)
    tell = 'source("read.R", encoding = "UTF-8")\ncat(responses$city[order(responses$year)], sep = "\\n")'
    (tmp_path / "tell.R").write_text(tell, encoding="utf-8")

    assert run("Rscript", "--vanilla", "tell.R", folder=tmp_path).splitlines() == texts


def sorted_values(line: str) -> tuple[str, str, list[str], str]:
    name, levels, values, label = (part.strip() for part in line.split("|"))
    return name, levels, sorted(values.split(",")), label


def test_duckdb_reads_every_cell_and_the_codebook(answered: Consultation, tmp_path: Path) -> None:
    path = export(answered, tmp_path / "a.parquet", values="codes", lang="en")

    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT * FROM read_parquet(?) WHERE country = 'IT' AND nps = 10", [str(path)]
        )
        names = [column[0] for column in found.description or ()]
        row = dict(zip(names, found.fetchall()[0], strict=True))
        about = connection.execute(
            "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'codebook'", [str(path)]
        ).fetchall()

    cells = {name: row[name] for name in CELLS} | {"born": row["born"].isoformat()}
    assert cells == CELLS | {"nps": 10}
    assert "wait" in {line["Column"] for line in json.loads(about[0][0])}
