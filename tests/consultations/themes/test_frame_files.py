"""A code frame goes out as a table and comes back the same; a bad table brings nothing."""

from __future__ import annotations

import io

import openpyxl
import pytest

from consultations.models import Code, CodeFrame
from consultations.themes import frame_files
from consultations.themes.frame_files import Refused
from portal.models import User
from tests.factories.portal import UserFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return UserFactory()


@pytest.fixture
def frame() -> CodeFrame:
    frame: CodeFrame = CodeFrameFactory()
    top = CodeFactory(frame=frame, name="d_services", label_es="Servicios", label_en="Services")
    CodeFactory(
        frame=frame,
        name="d_waiting",
        parent=top,
        label_es="=Espera; «larga»",
        definition_it="Attesa\nlunga",
        examples="Esperé",
        colour="plum",
    )
    CodeFactory(frame=frame, name="gone", retired=True)
    return frame


@pytest.mark.parametrize("write", [frame_files.as_csv, frame_files.as_xlsx])
def test_what_goes_out_comes_back_the_same(frame: CodeFrame, by: User, write: object) -> None:
    other = CodeFrameFactory()

    done = frame_files.take(frame=other, rows=frame_files.read(write(frame)), by=by)  # type: ignore[operator]

    assert (done.added, done.changed) == (2, 0)
    assert frame_files.rows_of(other) == frame_files.rows_of(frame)


def test_known_codes_are_changed_and_empty_cells_leave_what_is_there(frame: CodeFrame, by: User) -> None:
    rows = frame_files.read(b"name,label_en,label_es\nd_waiting,Waiting,\nnew,New,\n")

    done = frame_files.take(frame=frame, rows=rows, by=by)

    waiting = Code.objects.get(frame=frame, name="d_waiting")
    assert (done.added, done.changed) == (1, 1)
    assert (waiting.label_en, waiting.label_es, waiting.parent.name) == (
        "Waiting",
        "=Espera; «larga»",
        "d_services",
    )


def test_one_bad_row_brings_nothing_and_each_is_told_by_its_number(frame: CodeFrame, by: User) -> None:
    rows = frame_files.read(
        b"name;label_es;parent;colour\ngood;Bien;;\nBad Name;Mal;;\nx;X;nobody;\ny;Y;;pink\nz;;;\n"
    )

    with pytest.raises(Refused) as refusal:
        frame_files.take(frame=frame, rows=rows, by=by)

    assert [problem.split(":")[0][-1] for problem in refusal.value.problems] == ["3", "4", "5", "6"]
    assert not Code.objects.filter(name="good").exists()


def swollen() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name"])
    for _n in range(frame_files.MOST_ROWS + 1):
        book.active.append(["x"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "source",
    [b"", b"label\nx\n", b"PK broken", b"\xff\xfe\x00", b"x" * (frame_files.LARGEST + 1), swollen()],
    ids=["empty", "no name", "broken", "no UTF-8", "large", "long"],
)
def test_what_is_no_table_of_codes_is_refused(source: bytes) -> None:
    with pytest.raises(Refused):
        frame_files.read(source)
