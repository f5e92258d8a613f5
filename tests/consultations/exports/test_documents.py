"""Codebook and tables of figures: complete where people read them, and nothing that tells of few."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from consultations.exports import jobs
from consultations.models import Consultation, ExportJob
from portal.models import AuditEntry, User
from tests.factories.consultations import VersionFactory
from tests.factories.responses import ResponseFactory

from .conftest import staff
from .examples import ANSWERS, DEFINITION, QUESTIONS, with_questions
from .reading import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def reworded(consultation: Consultation) -> Consultation:
    """Twelve answered the first version, twelve the second, which asks for the city in other words."""
    city = next(question for question in QUESTIONS if question.name == "city")
    asked_anew = replace(city, label={"es": "¿En qué ciudad?", "en": "Which city?"})
    definition = with_questions(asked_anew, without=frozenset({"city"}))
    first = consultation.current_version
    second = VersionFactory(questionnaire=consultation.questionnaire, definition=definition, number=2)
    for version in (first, second):
        for place in range(12):
            answers: dict[str, Any] = {**ANSWERS, "country": "IT" if place else "CL"}
            ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers)
    return consultation


def codebook(consultation: Consultation, path: Path, language: str = "en") -> Path:
    kind = path.suffix[1:]
    call_command(
        "write_codebook", consultation.slug, language=language, format=kind, out=path, stdout=StringIO()
    )
    return path


def test_workbook_has_every_wording_of_every_version(reworded: Consultation, tmp_path: Path) -> None:
    _columns, wordings, _options, _missing, _about = workbook(codebook(reworded, tmp_path / "a.xlsx"))

    assert [(w["Version"], w["Language"], w["Text"]) for w in wordings if w["Column"] == "city"] == [
        ("1", "es", "¿Ciudad?"),
        ("1", "en", None),
        ("2", "es", "¿En qué ciudad?"),
        ("2", "en", "Which city?"),
    ]


def test_workbook_has_codes_with_labels_numbers_and_counts(reworded: Consultation, tmp_path: Path) -> None:
    columns, _wordings, options, _missing, about = workbook(codebook(reworded, tmp_path / "a.xlsx"))

    assert [
        (o["Code"], o["Number in SPSS, Stata and R"], o["Text (es)"], o["Text (en)"], o["People"])
        for o in options
        if o["Column"] == "best"
    ] == [
        ("dni", "1", "DNI", "ID card", "24"),
        ("pass", "2", "Pasaporte", "Passport", "0"),
        ("none", "3", "Ninguno", "None", "0"),
    ]
    assert next(c["Answered"] for c in columns if c["Column"] == "year") == "24"
    said = {line["About"]: line["Value"] for line in about}
    assert (said["Responses"], "fewer than 10" in said["Kept back"]) == ("24", True)


def test_rules_stand_in_words(reworded: Consultation, tmp_path: Path) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(codebook(reworded, tmp_path / "a.pdf")).pages)

    assert "at least one option was chosen in “What?”" in " ".join(text.split())


def test_document_is_tagged_and_speaks_its_language(reworded: Consultation, tmp_path: Path) -> None:
    root = PdfReader(codebook(reworded, tmp_path / "a.pdf", "es")).root_object

    assert (root["/Lang"], "/StructTreeRoot" in root) == ("es", True)


def test_codebook_of_a_questionnaire_that_nobody_answered(consultation: Consultation, tmp_path: Path) -> None:
    columns, *_rest = workbook(codebook(consultation, tmp_path / "a.xlsx"))

    assert "city" in {column["Column"] for column in columns}


def test_writing_a_codebook_is_in_the_audit_trail(reworded: Consultation, tmp_path: Path) -> None:
    codebook(reworded, tmp_path / "a.xlsx")

    assert AuditEntry.objects.get(verb="codebook.written").details == {"format": "xlsx", "language": "en"}


def test_command_knows_its_consultations(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("write_codebook", "none", format="pdf", out=tmp_path / "a.pdf")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_figures_keep_back_what_tells_of_few(reworded: Consultation, kind: str) -> None:
    """Two people answered from Chile: neither they nor the rest, from which they follow, are shown."""
    job = ExportJob(consultation=reworded, language="en", content="figures", format=kind, purpose="Uso")
    jobs.request(job=job, by=staff("view_consultation"))
    jobs.run(job.pk)
    job.refresh_from_db()

    with storages["private"].open(job.file.name) as file:
        names, *lines = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    told = {(row["Question"], row["Answer"]): (row["Value"], row["Kept back"]) for row in rows}
    assert {key: value for key, value in told.items() if key[0] == "country"} == {
        ("country", "Italy"): ("", "*"),
        ("country", "Chile"): ("", "*"),
    }
    assert told["best", "ID card"] == (24.0, "")


@pytest.mark.parametrize(("content", "kind"), [("codebook", "pdf"), ("codebook", "xlsx"), ("report", "pdf")])
def test_each_document_is_written_as_a_job(
    reworded: Consultation, analyst: User, content: str, kind: str
) -> None:
    job = ExportJob(consultation=reworded, language="es", content=content, format=kind, purpose="Uso")
    jobs.request(job=job, by=analyst)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, job.rows_done, storages["private"].exists(job.file.name)) == ("done", 24, True)
    assert DEFINITION.name not in job.file.name
