"""What leaves a focus group as a file: who may, what for, and nothing that runs or names without need."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from consultations.enums import ConsentPurpose
from consultations.enums import RegistrationStatus as S
from consultations.models import GuideTopic
from portal.models import AuditEntry
from tests.consultations.staff import signed_in, staff
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db
MANAGER = ("manage_focus_groups", "export_registrations")


def session_with(*people: dict[str, Any]) -> Any:
    group = FocusGroupFactory(open=True, screened=True)
    session = SessionFactory(group=group, capacity=5, starts_at=datetime(2027, 3, 27, 17, 30, tzinfo=UTC))
    for number, person in enumerate(people, start=1):
        RegistrationFactory(
            **{
                "group": group,
                "position": number,
                "seated_in": session,
                "sessions": [session],
                "agrees_to": [ConsentPurpose.TAKE_PART],
                "screening": {"gender": "f", "city": "Milán", "cases": ["none"]},
            }
            | person
        )
    return session


def export(session: Any, user: Any = None, **form: str) -> Any:
    with translation.override("en"):
        return signed_in(user or staff(*MANAGER)).post(
            reverse("focus_group_export", args=[session.group.pk]),
            {"format": "csv", "purpose": "Preparing the badges"} | form,
            headers={"accept-language": "en"},
        )


def rows(response: Any) -> list[dict[str, str]]:
    import csv

    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_registrations_come_without_names_unless_asked_for() -> None:
    session = session_with({"contact__name": "Rosa", "contact__email": "rosa@example.org"})

    without, with_them = export(session), export(session, contacts="on")

    assert b"Rosa" not in without.content
    assert b"rosa@" not in without.content
    assert [(row["name"], row["email"]) for row in rows(with_them)] == [("Rosa", "rosa@example.org")]
    row = rows(without)[0]
    assert (row["session"], row["seat"], row["screening_city"]) == ("2027-03-27 18:30", "1", "Milán")
    assert (row["consent_take_part"] != row["consent_quoting"]) is True


def test_export_is_written_down_with_its_purpose() -> None:
    session, user = session_with({}), staff(*MANAGER)

    export(session, user)

    entry = AuditEntry.objects.get(verb="registrations.exported")
    assert entry.by == user
    assert entry.details == {
        "format": "csv",
        "contacts": False,
        "purpose": "Preparing the badges",
        "people": 1,
    }


def test_without_a_purpose_there_is_no_file() -> None:
    response = export(session_with({}), purpose="")

    assert response.status_code == 200
    assert "attachment" not in response.get("Content-Disposition", "")
    assert not AuditEntry.objects.filter(verb="registrations.exported").exists()


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2+3", "@sum", "\t=1", "＝1"])
def test_no_cell_is_a_formula(name: str) -> None:
    session = session_with({"contact__name": name, "screening": {"gender": "f", "city": name}})

    row = rows(export(session, contacts="on"))[0]

    assert (row["name"][0], row["screening_city"][0]) == ("'", "'")


def test_workbook_has_the_attendance_on_a_second_sheet() -> None:
    session = session_with({"status": S.ATTENDED}, {"status": S.ABSENT})

    response = export(session, format="xlsx")

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    sheets = [book.get_sheet_by_index(number).to_python() for number in (0, 1)]
    assert [len(sheet) for sheet in sheets] == [3, 3]
    seat, attended = (sheets[1][0].index(name) for name in ("seat", "attended"))
    assert [line[seat] for line in sheets[1][1:]] == [1.0, 2.0]
    assert sheets[1][1][attended] != sheets[1][2][attended]


@pytest.mark.parametrize("permissions", [("manage_focus_groups",), ("export_registrations",), ()])
def test_both_permissions_are_needed(permissions: Any) -> None:
    response = export(session_with({}), staff(*permissions))

    assert "attachment" not in response.get("Content-Disposition", "")
    assert not AuditEntry.objects.filter(verb="registrations.exported").exists()


def test_group_of_another_unit_is_not_found() -> None:
    user = staff(*MANAGER)
    user.unit = UnitFactory(code="SSN")
    user.save()

    assert export(session_with({}), user).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_queries_do_not_grow_with_the_people(people: int, django_assert_max_num_queries: Any) -> None:
    from consultations.exports.registrations import tables

    session = session_with(*[{}] * people)

    with django_assert_max_num_queries(9):
        tables(session.group, contacts=True)


def test_group_without_people_has_an_empty_file() -> None:
    assert export(SessionFactory()).status_code == 200


def pack(session: Any, user: Any) -> Any:
    return signed_in(user).get(reverse("focus_group_pack", args=[session.pk]))


def test_pack_is_a_tagged_document_that_names_nobody(tmp_path: Path) -> None:
    rosaura = {"contact__name": "Rosaura", "contact__needs": "Rampa", "contact__email": "r@example.org"}
    session = session_with(rosaura)
    GuideTopic.objects.create(group=session.group, title="Bienvenida", minutes=10, prompts="¿Quién es usted?")
    user = staff("facilitate_focus_groups")
    session.facilitator = user
    session.save()

    content = pack(session, user).content

    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert AuditEntry.objects.filter(verb="session.pack_made").count() == 1
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing: poppler-utils.")
    file = tmp_path / "pack.pdf"
    file.write_bytes(content)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert [word for word in ("Bienvenida", "18:30", "Rampa", "¿Quién es usted?") if word not in text] == []
    assert "Rosaura" not in text
    assert "r@example.org" not in text


def test_pack_is_for_whoever_runs_the_session() -> None:
    session = session_with({})

    assert pack(session, staff("facilitate_focus_groups")).status_code == 404
    assert pack(session, staff("manage_focus_groups")).status_code == 200
