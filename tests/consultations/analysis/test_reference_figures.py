"""Reference figures come from a file, all or nothing, with what is wrong line by line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from consultations.analysis.reference_figures import CannotImport, import_figures
from consultations.models import ReferenceFigure
from portal.models import AuditEntry
from tests.consultations.staff import signed_in, staff
from tests.factories.consultations import ConsultationFactory

pytestmark = pytest.mark.django_db

HEAD = "dimension,category,share_percent,population_total,definition,source,status"
GOOD = f"{HEAD}\nsex,female,51.9,3309635,Everybody,A census,secondary\nsex,male,48.1,,Everybody,A census,\n"


def bad_lines(text: str) -> list[int]:
    with pytest.raises(CannotImport) as refusal:
        import_figures(source=text.encode(), by=None)
    assert all(line.reason for line in refusal.value.lines)
    return [line.number for line in refusal.value.lines]


def test_figures_replace_those_of_their_variable() -> None:
    import_figures(source=GOOD.replace("51.9", "50").replace("48.1", "50").encode(), by=None)
    ReferenceFigure.objects.create(variable="age", category="old", share=100, definition="x", source="y")

    assert import_figures(source=b"\xef\xbb\xbf" + GOOD.encode(), by=None) == 2

    figures = {(f.variable, f.category): f.share for f in ReferenceFigure.objects.all()}
    assert figures == {
        ("sex", "female"): Decimal("51.9"),
        ("sex", "male"): Decimal("48.1"),
        ("age", "old"): Decimal(100),
    }
    assert AuditEntry.objects.filter(verb="reference_figures.imported").count() == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [1]),
        ("dimension,category\nsex,female\n", [1]),
        (HEAD, [1]),
        (f"{HEAD}\nsex,female,many,,d,s,\nsex,male,48,,d,s,\n", [2]),
        (f"{HEAD}\nsex,female,120,,d,s,\nsex,,20,,d,s,\n", [2, 3]),
        (f"{HEAD}\nsex,female,50,,d,s,\nsex,female,50,,d,s,\n", [3]),
        (f"{HEAD}\nsex,female,50\n", [2]),
        (f"{HEAD}\nsex,female,20,,d,s,\n", [1]),
    ],
)
def test_bad_lines_are_named_and_nothing_comes_in(text: str, lines: list[int]) -> None:
    assert bad_lines(text) == lines
    assert not ReferenceFigure.objects.exists()


def test_other_encoding_is_said() -> None:
    with pytest.raises(CannotImport):
        import_figures(source="dimensión".encode("utf-16"), by=None)


def screen(*permissions: str) -> tuple[Client, str]:
    consultation = ConsultationFactory()
    user = staff("view_consultation", *permissions)
    return signed_in(user), reverse("analysis_references", args=[consultation.pk])


def test_file_is_brought_in_the_admin() -> None:
    client, address = screen("change_weightingscheme")

    bad = client.post(address, {"file": SimpleUploadedFile("a.csv", HEAD.encode())})
    assert [line.number for line in bad.context["bad_lines"]] == [1]
    assert client.post(address).context["form"].errors
    good = client.post(address, {"file": SimpleUploadedFile("a.csv", GOOD.encode())})

    assert good.status_code == 302
    assert "A census" in client.get(address).content.decode()


def test_figures_are_replaced_by_who_makes_weightings() -> None:
    client, address = screen()

    assert client.get(address).status_code == 302
    assert client.post(address, {"file": SimpleUploadedFile("a.csv", GOOD.encode())}).status_code == 302
    assert not ReferenceFigure.objects.exists()


def test_command_brings_a_file_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.csv"
    with pytest.raises(CommandError):
        call_command("import_reference_figures", str(file))
    file.write_text(HEAD)
    with pytest.raises(CommandError):
        call_command("import_reference_figures", str(file))
    file.write_text(GOOD)

    call_command("import_reference_figures", str(file))

    assert ReferenceFigure.objects.count() == 2
