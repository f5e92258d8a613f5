"""Weights and themes as columns beside the answers, in every format."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from consultations.analysis import snapshot
from consultations.analysis.schemes import weights_of
from consultations.enums import JobStatus
from consultations.exports import jobs
from consultations.models import (
    Consultation,
    DoubleCoding,
    ExportJob,
    Passage,
    ReferenceFigure,
    WeightingScheme,
)
from portal.models import User
from tests.factories.responses import ResponseFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

from .conftest import staff
from .reading import table, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def weighted(consultation: Consultation) -> WeightingScheme:
    """Three from Italy and one from Chile, where as many live in each."""
    for country in ("IT", "IT", "IT", "CL"):
        ResponseFactory(
            sent=True,
            consultation=consultation,
            version=consultation.current_version,
            answers={"country": country},
        )
    for country in ("IT", "CL"):
        ReferenceFigure.objects.create(
            variable="country", category=country, share=50, definition="All", source="Census"
        )
    margins = [{"column": "country", "reference": "country"}]
    return WeightingScheme.objects.create(consultation=consultation, name="By country", margins=margins)


def export(consultation: Consultation, path: Path, **options: object) -> Path:
    call_command(
        "export_responses", consultation.slug, format=path.suffix[1:], out=path, stdout=StringIO(), **options
    )
    return path


def test_weights_are_a_column(consultation: Consultation, weighted: WeightingScheme, tmp_path: Path) -> None:
    path = export(consultation, tmp_path / "a.parquet", weighting="By country", values="codes")

    weights = pl.read_parquet(path).group_by("country").agg(pl.col("response.weight").mean())
    assert {row[0]: round(row[1], 6) for row in weights.iter_rows()} == {"IT": 0.666667, "CL": 2.0}


def test_weights_are_those_of_the_whole_under_a_filter(
    consultation: Consultation, weighted: WeightingScheme, tmp_path: Path
) -> None:
    rows = table(export(consultation, tmp_path / "a.csv", weighting="By country", filter="country:is:CL"))
    whole = weights_of(snapshot.refresh(consultation), weighted)

    assert [float(row["response.weight"]) for row in rows] == [pytest.approx(whole.max())]


def test_weighting_whose_question_is_gone_is_said_in_the_language_of_who_asked(
    consultation: Consultation, weighted: WeightingScheme, analyst: User
) -> None:
    UserProfile.objects.create(user=analyst, preferred_language="en")
    margins = [{"column": "gone", "reference": "country"}]
    WeightingScheme.objects.filter(pk=weighted.pk).update(margins=margins)
    job = ExportJob(consultation=consultation, language="it", format="csv", purpose="Uso", weighting=weighted)
    jobs.request(job=job, by=analyst)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.message == "The weighting names a question that the questionnaire does not have."


def test_unknown_weighting_is_said(consultation: Consultation, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        export(consultation, tmp_path / "a.csv", weighting="Nothing")


def coded(consultation: Consultation, *, answer: str) -> None:
    frame = CodeFrameFactory(coding=consultation)
    late, staffing = (
        CodeFactory(frame=frame, name="late", label="Demoras"),
        CodeFactory(frame=frame, name="staff"),
    )
    passage = PassageFactory(
        consultation=consultation,
        answer=answer,
        question=answer,
        response__version=consultation.current_version,
    )
    JudgementFactory(passage=passage, codes=[late])
    assert staffing
    ResponseFactory(
        sent=True, consultation=consultation, version=consultation.current_version, answers={"country": "CL"}
    )


def test_themes_are_columns(consultation: Consultation, tmp_path: Path) -> None:
    coded(consultation, answer="city")

    path = export(consultation, tmp_path / "a.sav", with_codes=True)

    data, about = pyreadstat.read_sav(path, output_format="polars")
    rows = sorted(data.select("theme_late", "theme_staff").rows(), key=str)
    assert rows == [(1, 0), (None, None)]
    assert about.column_names_to_labels["theme_late"].endswith("Demoras")


@pytest.mark.parametrize(("is_open", "with_codes"), [(True, True), (True, False), (False, True)])
def test_file_says_that_texts_of_an_open_double_coding_stand_as_not_coded(
    consultation: Consultation, tmp_path: Path, is_open: bool, with_codes: bool
) -> None:
    coded(consultation, answer="city")
    closed_at = None if is_open else timezone.now()
    sample = DoubleCoding.objects.create(consultation=consultation, seed="x", closed_at=closed_at)
    sample.passages.set(Passage.objects.all())

    about = workbook(export(consultation, tmp_path / "a.xlsx", with_codes=with_codes, lang="en"))[2]

    said = {line["About"]: line["Value"] for line in about}
    assert said.get("Double coding") == (
        "1 text is being coded by a second person; until that is closed it stands here as not coded."
        if is_open and with_codes
        else None
    )


def test_themes_of_sensitive_answers_need_the_right_to_them(consultation: Consultation) -> None:
    coded(consultation, answer="health")
    job = ExportJob(
        consultation=consultation, language="es", format="csv", with_codes=True, purpose="Informe"
    )
    jobs.request(job=job, by=staff("export_responses"))

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, job.file.name) == (JobStatus.FAILED, "")
