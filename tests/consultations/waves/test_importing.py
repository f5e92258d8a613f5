"""An earlier consultation on its way in: checked row by row, stored whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from consultations import tasks
from consultations.analysis import building
from consultations.analysis import frame as frames
from consultations.enums import CellValues, Channel, WaveStatus
from consultations.exports import csv as csv_export
from consultations.exports import tables as exports
from consultations.lifecycle import NotAllowed
from consultations.models import Consultation, Response, WaveImport
from consultations.waves import importing, working
from consultations.waves.mapping import Plan
from portal.models import AuditEntry
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db
GOOD = "country,best,nps,response.day\nIT,dni,7,2024-05-01\nPerú,Pasaporte,10,\n"
BAD = "country,best,nps\nIT,dni,7\nIT,gold,99\nES,pass,0\n"


@pytest.fixture
def like() -> Consultation:
    consultation: Consultation = ConsultationFactory(open=True, slug="ahora")
    VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    return consultation


def uploaded(like: Consultation, content: str = GOOD, name: str = "ola.csv") -> WaveImport:
    wave = importing.upload(
        like=like,
        title="Encuesta 2024",
        source="Demostración",
        collected_on=date(2024, 5, 31),
        content=content.encode(),
        file_name=name,
        by=None,
    )
    tasks.read_wave(str(wave.pk))
    wave.refresh_from_db()
    return wave


def checked(wave: WaveImport, plan: Plan | None = None) -> WaveImport:
    importing.name_columns(wave=wave, plan=plan or Plan.from_json(wave.plan), by=None)
    tasks.check_wave(str(wave.pk))
    wave.refresh_from_db()
    return wave


def stored(wave: WaveImport, *, leave_out: bool = False) -> WaveImport:
    importing.take(wave=wave, leave_out=leave_out, by=None)
    tasks.store_wave(str(wave.pk))
    wave.refresh_from_db()
    return wave


def test_a_good_file_becomes_a_consultation_of_its_own(like: Consultation) -> None:
    wave = stored(checked(uploaded(like)))

    assert wave.status == WaveStatus.STORED
    found = wave.wave
    assert found is not None
    assert (found.slug, found.status, found.live, found.unit) == (
        "encuesta-2024",
        "reported",
        False,
        like.unit,
    )
    rows = Response.objects.filter(consultation=found).order_by("submitted_on")
    assert [(row.submitted_on, row.channel, row.answers) for row in rows] == [
        (date(2024, 5, 1), Channel.IMPORTED, {"country": "IT", "best": "dni", "nps": 7}),
        (date(2024, 5, 31), Channel.IMPORTED, {"country": "PE", "best": "pass", "nps": 10}),
    ]
    assert found not in Consultation.objects.public()


def test_it_is_what_the_consultation_follows(like: Consultation) -> None:
    wave = stored(checked(uploaded(like)))

    like.refresh_from_db()
    assert like.previous_wave == wave.wave


def test_one_bad_row_stores_nothing(like: Consultation) -> None:
    wave = checked(uploaded(like, BAD))

    assert wave.status == WaveStatus.REFUSED
    assert wave.report["faults"] == [
        [3, "best", "no_such_option", "gold"],
        [3, "nps", "too_large", "99"],
    ]
    with pytest.raises(NotAllowed):
        importing.take(wave=wave, leave_out=False, by=None)
    assert not Response.objects.exists()


def test_rows_are_left_out_only_when_somebody_says_so(like: Consultation) -> None:
    wave = stored(checked(uploaded(like, BAD)), leave_out=True)

    assert Response.objects.filter(consultation=wave.wave).count() == 2
    assert wave.report["bad"] == 1
    assert AuditEntry.objects.get(verb="wave.taken").details["left_out"] == 1


def test_nothing_of_the_file_stays_behind(like: Consultation) -> None:
    wave = uploaded(like, BAD)
    assert "gold" in json.dumps(wave.outline)
    assert b"gold" in wave.file.read()
    wave.file.close()

    wave = stored(checked(wave), leave_out=True)

    assert "gold" not in json.dumps([wave.report, wave.outline])
    assert wave.file.name == ""


@pytest.mark.django_db(transaction=True)
def test_a_file_is_deleted_once_it_is_stored_or_given_up(like: Consultation, tree: None) -> None:
    first, second = uploaded(like), uploaded(like, BAD)
    names, storage = (first.file.name, second.file.name), first.file.storage
    assert [storage.exists(name) for name in names] == [True, True]

    stored(checked(first))
    importing.give_up(wave=second, by=None)

    assert [storage.exists(name) for name in names] == [False, False]


def test_storing_twice_is_once(like: Consultation) -> None:
    wave = stored(checked(uploaded(like)))

    tasks.store_wave(str(wave.pk))

    assert Response.objects.count() == 2
    with pytest.raises(NotAllowed):
        uploaded(like)


def test_a_failure_while_storing_leaves_nothing(like: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = checked(uploaded(like))
    importing.take(wave=wave, leave_out=False, by=None)
    monkeypatch.setattr(Response.objects, "bulk_create", None)

    tasks.store_wave(str(wave.pk))

    wave.refresh_from_db()
    assert (wave.status, Consultation.objects.count(), Response.objects.count()) == (WaveStatus.CHECKED, 1, 0)
    assert wave.report["error"]["code"] == "not_stored"
    page = signed_in(staff("import_waves", "view_consultation")).get(reverse("wave_detail", args=[wave.pk]))
    assert page.context["error"]


def test_what_nobody_goes_on_with_is_deleted_after_a_month(like: Consultation) -> None:
    wave = uploaded(like)
    WaveImport.objects.update(uploaded_at=timezone.now() - timedelta(days=31))

    importing.forget_abandoned()

    wave.refresh_from_db()
    assert (wave.status, wave.file.name) == (WaveStatus.GIVEN_UP, "")


@pytest.mark.parametrize(
    ("held", "freed"),
    [("reading", "unreadable"), ("checking", "uploaded"), ("storing", "checked")],
)
def test_file_that_a_dead_worker_held_is_given_back(like: Consultation, held: str, freed: str) -> None:
    wave, busy = uploaded(like), uploaded(like, BAD, name="otra.csv")
    WaveImport.objects.update(status=held)
    WaveImport.objects.filter(pk=wave.pk).update(busy_since=timezone.now() - working.LOST)

    tasks.expire_exports()

    wave.refresh_from_db()
    busy.refresh_from_db()
    assert (wave.status, busy.status) == (freed, held)
    assert "error" in wave.report
    importing.give_up(wave=wave, by=None)


@pytest.mark.parametrize("values", list(CellValues))
def test_what_was_exported_comes_back_the_same(
    like: Consultation, tmp_path: Path, values: CellValues
) -> None:
    answers = {key: value for key, value in ANSWERS.items() if key not in ("consent", "used_other", "health")}
    answers["used"] = ["dni", "pass"]
    version = like.current_version
    ResponseFactory.create_batch(3, consultation=like, version=version, sent=True, answers=answers)
    export = exports.make(like, exports.Options(values=values, language="en"))
    csv_export.write(export, tmp_path / "out.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, lines[0])
    writer.writeheader()
    writer.writerows(lines)

    wave = stored(checked(uploaded(like, text.getvalue())))

    before = building.build(like).table
    assert wave.wave is not None
    after = building.build(wave.wave).table
    same = [name for name in after.columns if not name.startswith("response.")]
    assert after.select(same).equals(before.select(same))
    assert after[frames.DAY].to_list() == before[frames.DAY].to_list()
    assert after[frames.LANGUAGE].to_list() == before[frames.LANGUAGE].to_list()


ACTS: dict[str, Callable[[WaveImport], None]] = {
    "name": lambda wave: importing.name_columns(wave=wave, plan=Plan(), by=None),
    "replace": lambda wave: importing.replace(wave=wave, content=b"a\n1\n", file_name="b.csv", by=None),
    "take": lambda wave: importing.take(wave=wave, leave_out=True, by=None),
    "give_up": lambda wave: importing.give_up(wave=wave, by=None),
}


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (WaveStatus.READING, {"name", "replace", "take", "give_up"}),
        (WaveStatus.UPLOADED, {"take"}),
        (WaveStatus.CHECKING, {"name", "replace", "take", "give_up"}),
        (WaveStatus.STORING, {"name", "replace", "give_up"}),
        (WaveStatus.STORED, {"name", "replace", "give_up"}),
        (WaveStatus.GIVEN_UP, {"name", "replace", "take"}),
    ],
)
def test_what_is_being_worked_on_or_done_with_is_left_alone(
    like: Consultation, status: WaveStatus, refused: set[str]
) -> None:
    """A page that was open for long offers what is over."""
    wave = uploaded(like)

    for name, act in ACTS.items():
        WaveImport.objects.filter(pk=wave.pk).update(status=status)
        try:
            act(wave)
        except NotAllowed:
            assert name in refused
        else:
            assert name not in refused


def test_same_file_is_not_stored_twice(like: Consultation) -> None:
    stored(checked(uploaded(like)))

    with pytest.raises(NotAllowed, match="here already"), override("en"):
        uploaded(like)


def test_file_without_a_row_that_can_be_taken_stores_nothing(like: Consultation) -> None:
    wave = checked(uploaded(like, "country,best\nIT,gold\n"))

    with pytest.raises(NotAllowed, match="No row"), override("en"):
        importing.take(wave=wave, leave_out=True, by=None)


def test_pressing_twice_is_once(like: Consultation) -> None:
    wave = uploaded(like)
    assert uploaded(like) == wave

    plan = Plan.from_json(wave.plan)
    for _press in range(2):
        importing.name_columns(wave=wave, plan=plan, by=None)
    checked_once = AuditEntry.objects.filter(verb="wave.columns_named").count()
    tasks.check_wave(str(wave.pk))
    for _press in range(2):
        importing.take(wave=wave, leave_out=False, by=None)

    assert (WaveImport.objects.count(), checked_once) == (1, 1)
    assert AuditEntry.objects.filter(verb="wave.taken").count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [("a,a\n1,2\n", "repeated"), ("country,best\n", "empty"), (f"{',x' * 600}\n1\n", "too_many")],
)
def test_what_a_worker_cannot_read_is_told_and_can_be_replaced(
    like: Consultation, content: str, code: str
) -> None:
    wave = uploaded(like, content)
    assert (wave.status, wave.report["error"]["code"]) == (WaveStatus.UNREADABLE, code)

    importing.replace(wave=wave, content=GOOD.encode(), file_name="mejor.csv", by=None)
    tasks.read_wave(str(wave.pk))

    wave.refresh_from_db()
    assert (wave.status, wave.file_name, wave.report) == (WaveStatus.UPLOADED, "mejor.csv", {})
    assert stored(checked(wave)).status == WaveStatus.STORED


def test_a_mended_file_keeps_what_was_said_of_its_columns(like: Consultation) -> None:
    plan = Plan({"land": "country", "pick": "best"}, {"best": {"Carné": "dni"}})
    wave = checked(uploaded(like, "land,pick\nIT,Carné\nXX,Carné\n"), plan)
    assert wave.status == WaveStatus.REFUSED

    importing.replace(wave=wave, content=b"land,pick\nIT,Carn\xe9\n", file_name="ola.csv", by=None)
    tasks.read_wave(str(wave.pk))

    wave.refresh_from_db()
    assert (Plan.from_json(wave.plan), wave.outline["words"]) == (plan, {})


def test_a_cell_beyond_the_headings_is_a_fault_of_its_row(like: Consultation) -> None:
    wave = checked(uploaded(like, "country,best\nIT,dni\nIT,dni,,\nRoma, Italia,dni\n"))

    assert (wave.report["good"], wave.report["bad"]) == (2, 1)
    assert wave.report["faults"][0] == [4, "", "too_many_cells", "dni"]


# --- In the admin -------------------------------------------------------------------------------------------


def form(content: str, **changes: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("ola.csv", content.encode())
    return {"answers": file, "title": "Ola 1", "source": "Demo", "collected_on": "2024-05-31", **changes}


def test_staff_send_name_check_and_store(like: Consultation) -> None:
    desk = signed_in(staff("import_waves", "view_consultation"))
    content = "país de vida,documento\nIT,dni\nIT,Carné\n"

    answer = desk.post(reverse("wave_list", args=[like.pk]), form(content))
    wave = WaveImport.objects.get()
    tasks.read_wave(str(wave.pk))
    desk.post(answer.url, {"verb": "name", "c0": "country", "c1": "best"})
    tasks.check_wave(str(wave.pk))
    page = desk.get(answer.url).content.decode()
    assert "Carné" in page
    desk.post(answer.url, {"verb": "name", "c0": "country", "c1": "best", "w0": "dni"})
    tasks.check_wave(str(wave.pk))
    desk.post(answer.url, {"verb": "take"})
    tasks.store_wave(str(wave.pk))

    assert [row.answers["best"] for row in Response.objects.all()] == ["dni", "dni"]
    assert desk.get(answer.url).status_code == 200


def test_no_page_ever_reads_the_file(like: Consultation) -> None:
    wave = checked(uploaded(like, BAD))
    wave.file.storage.delete(wave.file.name)
    desk = signed_in(staff("import_waves", "view_consultation"))
    address = reverse("wave_detail", args=[wave.pk])

    assert desk.get(address).status_code == 200
    assert desk.post(address, {"verb": "name", "c0": "country"}).status_code == 302
    tasks.check_wave(str(wave.pk))
    wave.refresh_from_db()
    assert (wave.status, wave.report["error"]["code"]) == (WaveStatus.UPLOADED, "gone")


@pytest.mark.parametrize("status", list(WaveStatus))
def test_each_state_has_its_page(like: Consultation, status: WaveStatus) -> None:
    wave = uploaded(like)
    WaveImport.objects.update(status=status)

    page = signed_in(staff("import_waves", "view_consultation")).get(reverse("wave_detail", args=[wave.pk]))

    assert (page.context["is_busy"], page.context["file_form"] is not None) == (
        status in WaveStatus.busy,
        status in WaveStatus.open,
    )
    assert b'http-equiv="refresh"' in page.content or status not in WaveStatus.busy


def test_each_column_offers_every_question_and_shows_what_is_chosen(like: Consultation) -> None:
    wave = uploaded(like, "country,<b>&amp;\nIT,x\n")

    page = signed_in(staff("import_waves", "view_consultation")).get(reverse("wave_detail", args=[wave.pk]))

    country, other = (str(line.field) for line in page.context["form"].lines())
    assert country.startswith('<select id="id_c0" name="c0"')
    assert '<option value="country" selected>' in country
    assert '<option value="" selected>' in other
    assert country.count("<option") == other.count("<option") > 10
    assert b"&lt;b&gt;&amp;amp;" in page.content


def test_what_was_stored_is_ready_to_be_compared(like: Consultation) -> None:
    wave = stored(checked(uploaded(like, BAD)), leave_out=True)

    page = signed_in(staff("import_waves", "view_consultation")).get(reverse("wave_detail", args=[wave.pk]))

    assert page.context["is_compared"]
    assert f"{reverse('analysis_overview', args=[like.pk])}#waves-title" in page.content.decode()


def test_another_file_is_refused_beside_its_field(like: Consultation) -> None:
    wave = uploaded(like)
    file = SimpleUploadedFile("ola.xlsx", b"no workbook")

    page = signed_in(staff("import_waves", "view_consultation")).post(
        reverse("wave_detail", args=[wave.pk]), {"verb": "replace", "answers": file}
    )

    assert (page.status_code, list(page.context["file_form"].errors)) == (200, ["answers"])
    assert b'href="#another_answers"' in page.content


def test_the_list_needs_as_many_queries_for_three_as_for_one(like: Consultation) -> None:
    desk, address = (
        signed_in(staff("import_waves", "view_consultation")),
        reverse("wave_list", args=[like.pk]),
    )

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    uploaded(like)
    queries()
    for_one = queries()
    uploaded(like, BAD)
    uploaded(like, GOOD + "IT,dni,3,\n")

    assert queries() == for_one


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"source": ""},
        {"collected_on": "2999-01-01"},
        {"answers": SimpleUploadedFile("ola.pdf", b"x")},
        {"answers": SimpleUploadedFile("ola.csv", b"")},
        {"answers": SimpleUploadedFile("ola.csv", b"PK\x03\x04\0\0")},
        {"answers": SimpleUploadedFile("ola.xlsx", b"a,b\n1,2\n")},
    ],
)
def test_a_file_that_cannot_be_taken_is_told(like: Consultation, changes: dict[str, Any]) -> None:
    page = signed_in(staff("import_waves", "view_consultation")).post(
        reverse("wave_list", args=[like.pk]), form(GOOD) | changes
    )

    assert page.status_code == 200
    assert "error-message" in page.content.decode()
    assert not WaveImport.objects.exists()


@pytest.mark.parametrize(
    "chosen", [{"c0": "country", "c1": "country"}, {"c0": "response.day"}, {}, {"c0": "x"}]
)
def test_columns_that_make_no_sense_are_told_and_kept(like: Consultation, chosen: dict[str, str]) -> None:
    wave = uploaded(like)
    desk = signed_in(staff("import_waves", "view_consultation"))

    page = desk.post(reverse("wave_detail", args=[wave.pk]), {"verb": "name", **chosen})

    wave.refresh_from_db()
    assert (page.status_code, wave.status) == (200, WaveStatus.UPLOADED)
    assert "Nothing you chose is lost" in page.content.decode() or "error" in page.content.decode()


def test_a_question_is_taken_whole_or_option_by_option(like: Consultation) -> None:
    wave = uploaded(like, "a,b\ndni,1\n")
    desk = signed_in(staff("import_waves", "view_consultation"))

    desk.post(reverse("wave_detail", args=[wave.pk]), {"verb": "name", "c0": "used", "c1": "used/pass"})

    wave.refresh_from_db()
    assert wave.status == WaveStatus.UPLOADED


def test_only_those_enter_who_may(like: Consultation) -> None:
    wave = uploaded(like)
    others = signed_in(staff("export_responses", "view_consultation"))
    elsewhere = signed_in(staff_of(UnitFactory(code="SSN"), "import_waves", "view_consultation"))

    for address in (reverse("wave_list", args=[like.pk]), reverse("wave_detail", args=[wave.pk])):
        assert others.get(address).status_code == 302
        assert elsewhere.get(address).status_code == 404


# --- From the command line ----------------------------------------------------------------------------------


def test_the_command_does_the_same(like: Consultation, tmp_path: Path) -> None:
    file = tmp_path / "ola.csv"
    file.write_text(GOOD)

    call_command("import_wave", file, like="ahora", title="Ola", source="Demo", date=date(2024, 5, 31))

    assert Response.objects.filter(channel=Channel.IMPORTED).count() == 2


def test_the_command_says_what_it_cannot_read(like: Consultation, tmp_path: Path) -> None:
    file = tmp_path / "ola.csv"
    file.write_text("a,a\n1,2\n")

    with override("en"), pytest.raises(CommandError, match="called “a”"):
        call_command("import_wave", file, like="ahora", title="Ola", source="Demo", date=date(2024, 5, 31))

    assert WaveImport.objects.get().status == WaveStatus.GIVEN_UP


def test_the_command_names_bad_rows_and_stores_nothing(
    like: Consultation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ola.csv"
    file.write_text(BAD)

    with pytest.raises(CommandError) as refusal:
        call_command("import_wave", file, like="ahora", title="Ola", source="Demo", date=date(2024, 5, 31))

    assert refusal.value.returncode == 1
    assert "gold" in capsys.readouterr().err
    assert not Response.objects.exists()
    assert not WaveImport.objects.exclude(status=WaveStatus.GIVEN_UP).exists()
