"""A file that is written holds what was answered, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from consultations.models import Consultation
from portal.models import AuditEntry
from tests.factories.consultations import VersionFactory
from tests.factories.responses import ResponseFactory

from .examples import ANSWERS, CELLS, DEFINITION, GRADES, K, Question, with_questions
from .reading import table, workbook

pytestmark = pytest.mark.django_db


def answer(consultation: Consultation, answers: dict[str, Any], **fields: Any) -> Any:
    version = fields.pop("version", consultation.current_version)
    return ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers, **fields)


def export(consultation: Consultation, path: Path, **options: Any) -> Path:
    kind = path.suffix.removeprefix(".")
    call_command("export_responses", consultation.slug, format=kind, out=path, stdout=StringIO(), **options)
    return path


def test_workbook_holds_what_was_answered(consultation: Consultation, tmp_path: Path) -> None:
    response = answer(consultation, ANSWERS, consents=[{"purpose": "quotes"}])

    rows = workbook(export(consultation, tmp_path / "a.xlsx", values="codes"))[0]

    assert rows == [
        {
            "response.id": str(response.id),
            "response.day": "2026-11-03",
            "response.language": "es",
            "response.version": 1,
            "response.channel": "web",
            "response.quotable": 1,
            **CELLS,
        }
    ]


def test_csv_holds_what_was_answered(consultation: Consultation, tmp_path: Path) -> None:
    answer(consultation, ANSWERS)

    (row,) = table(export(consultation, tmp_path / "a.csv", values="codes"))

    written = {name: "" if cell is None else str(cell) for name, cell in CELLS.items()}
    assert {name: row[name] for name in CELLS} == {**written, "used_other": "'=SUM(A1)"}


def test_csv_begins_with_the_mark_that_spreadsheets_look_for(
    consultation: Consultation, tmp_path: Path
) -> None:
    content = export(consultation, tmp_path / "a.csv").read_bytes()

    assert content.startswith(b"\xef\xbb\xbfresponse.id,")
    assert content.endswith(b"\r\n")


def test_labels_are_in_the_language_asked_for(consultation: Consultation, tmp_path: Path) -> None:
    answer(consultation, ANSWERS, simulated=True)

    row = workbook(export(consultation, tmp_path / "a.xlsx", lang="en"))[0][0]

    shown = {name: row[name] for name in ("best", "wait", "consent", "response.language", "response.channel")}
    assert shown == {
        "best": "ID card",
        "wait": "Bad",
        "consent": "Agreed",
        "response.language": "Spanish",
        "response.channel": "Simulated",
    }
    assert row["used/pass"] == 1


def test_unanswered_question_is_empty_and_not_zero(consultation: Consultation, tmp_path: Path) -> None:
    answer(consultation, {"country": "IT"})

    row = workbook(export(consultation, tmp_path / "a.xlsx", values="codes"))[0][0]

    assert {name: row[name] for name in CELLS} == {**dict.fromkeys(CELLS), "country": "IT"}


def test_only_what_was_sent_is_written(consultation: Consultation, tmp_path: Path) -> None:
    """The leak test: an unsent answer, unsent changes and a withdrawn response hold secrets."""
    version = consultation.current_version
    ResponseFactory(consultation=consultation, version=version, answers={"city": "SECRETO"})
    ResponseFactory(consultation=consultation, version=version, withdrawn=True, answers={"city": "SECRETO"})
    answer(consultation, {"city": "Roma"}, changes={"answers": {"city": "SECRETO"}})
    answer(ResponseFactory(sent=True).consultation, {"city": "SECRETO"}, version=version)

    path = export(consultation, tmp_path / "a.csv")

    assert [row["city"] for row in table(path)] == ["Roma"]
    assert "SECRETO" not in path.read_text()


def test_versions_share_their_columns_by_name(consultation: Consultation, tmp_path: Path) -> None:
    first = consultation.current_version
    longer = replace(
        with_questions(Question("extra", K.SHORT_TEXT, {"es": "¿Más?"}), without=frozenset({"year"})),
        choice_lists=(
            replace(DEFINITION.choice_lists[0], choices=DEFINITION.choice_lists[0].choices[1:]),
            GRADES,
        ),
    )
    second = VersionFactory(questionnaire=consultation.questionnaire, number=2, definition=longer)
    answer(consultation, {"used": ["dni"], "year": 1999}, version=first)
    answer(consultation, {"used": ["pass"], "extra": "sí"}, version=second)

    rows = workbook(export(consultation, tmp_path / "a.xlsx", values="codes"))[0]

    names = ("response.version", "used/dni", "used/pass", "year", "extra")
    cells = sorted([row[name] for name in names] for row in rows)
    # The second version did not offer "dni" at all, so its cell says nothing about it.
    assert cells == [[1, 1, 0, 1999, None], [2, None, 1, None, "sí"]]


def test_codebook_explains_every_column(consultation: Consultation, tmp_path: Path) -> None:
    answer(consultation, ANSWERS)

    responses, codebook, _about = workbook(export(consultation, tmp_path / "a.xlsx", lang="en"))

    assert [line["Column"] for line in codebook] == list(responses[0])
    by_name = {line["Column"]: line for line in codebook}
    wait = by_name["wait"]
    assert (wait["Question"], wait["Kind"], wait["Measurement"]) == ("care", "Matrix", "ordinal")
    assert (wait["Text (es)"], wait["Text (en)"]) == ("Atención · Espera", "Care · Wait")
    assert wait["Codes (es)"] == "1 = Mala\n2 = Buena"
    assert "What?" in wait["Asked when"]
    assert wait["Rule of the question"] == "count-selected(${used}) > 0"
    assert by_name["year"]["Accepted only if"] == ". > 1900"
    assert (by_name["health"]["Sensitive"], by_name["country"]["Required"]) == ("yes", "yes")


def test_csv_comes_with_its_codebook(consultation: Consultation, tmp_path: Path) -> None:
    export(consultation, tmp_path / "a.csv", lang="en")

    lines = table(tmp_path / "a-codebook.csv")

    assert "used/pass" in [line["Column"] for line in lines]


def test_file_says_that_responses_are_simulated(consultation: Consultation, tmp_path: Path) -> None:
    answer(consultation, ANSWERS, simulated=True)
    answer(consultation, ANSWERS)

    about = workbook(export(consultation, tmp_path / "a.xlsx", lang="en"))[2]

    said = {line["About"]: line["Value"] for line in about}
    assert (said["Responses sent"], said["Of these, simulated"]) == ("2", "1")


def test_consultation_without_answers_gives_headings_alone(
    consultation: Consultation, tmp_path: Path
) -> None:
    path = export(consultation, tmp_path / "a.xlsx")

    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet.max_row, sheet["A1"].value) == (1, "response.id")


def test_command_is_in_the_audit_trail(consultation: Consultation, tmp_path: Path) -> None:
    export(consultation, tmp_path / "a.csv")

    assert AuditEntry.objects.filter(verb="export.written", target_id=str(consultation.pk)).count() == 1


def test_command_names_what_it_cannot_find(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("export_responses", "nowhere", format="csv", out=tmp_path / "a.csv")
