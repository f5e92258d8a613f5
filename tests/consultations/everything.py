"""One record of every kind that the admin shows of consultations, by name."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from consultations.analysis import snapshot
from consultations.enums import AnalysisScreen, ExportFormat, JobStatus
from consultations.exports.jobs import codebook_name
from consultations.focus_groups import draws
from consultations.models import (
    Consultation,
    DoubleCoding,
    ExportJob,
    ExportSchedule,
    GuideTopic,
    Quotation,
    SavedView,
    Transcript,
    WaveImport,
    WeightingScheme,
)
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.open_data import PublicFileFactory
from tests.factories.portal import UnitFactory, UserFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory


def one_of_everything(*, unit: str) -> SimpleNamespace:
    """A closed consultation of a unit with something of every kind, and a group with a session."""
    version = VersionFactory()
    consultation = ConsultationFactory(
        closed=True, questionnaire=version.questionnaire, unit=UnitFactory(code=unit), languages=["es", "en"]
    )
    frame = CodeFrameFactory(coding=consultation)
    code = CodeFactory(frame=frame)
    passages = PassageFactory.create_batch(12, consultation=consultation, quotable=True)
    double = DoubleCoding.objects.create(
        consultation=consultation, seed="x", second_coder=UserFactory(), closed_at=timezone.now()
    )
    double.passages.add(passages[0])
    JudgementFactory(passage=passages[0], codes=[code])
    JudgementFactory(passage=passages[0], blind=True, coder=double.second_coder)
    snapshot.refresh(consultation)
    return SimpleNamespace(
        consultation=consultation,
        questionnaire=version.questionnaire,
        response=passages[0].response,
        passage=passages[0],
        frame=frame,
        code=code,
        double=double,
        quotation=Quotation.objects.create(passage=passages[1], start=0, end=9),
        job=make_job(consultation, JobStatus.DONE),
        failed_job=make_job(consultation, JobStatus.FAILED),
        scheme=WeightingScheme.objects.create(consultation=consultation, name="Peso"),
        view=SavedView.objects.create(
            consultation=consultation, owner=UserFactory(), name="Vista", screen=AnalysisScreen.OVERVIEW
        ),
        schedule=ExportSchedule.objects.create(
            consultation=consultation, purpose="Informe", language="es", next_run=timezone.now()
        ),
        wave=WaveImport.objects.create(like=consultation, title="Ola", collected_on=date(2024, 5, 31)),
        public_file=PublicFileFactory(
            consultation=consultation, ready=True, data=stored("open-data/data.csv")
        ),
        **vars(make_group(unit)),
    )


def make_job(consultation: Consultation, status: JobStatus) -> ExportJob:
    name = stored("exports/rows.csv")
    storages["private"].save(codebook_name(name), ContentFile(b"a,b\n"))
    return ExportJob.objects.create(
        consultation=consultation,
        requested_by=UserFactory(),
        language="es",
        format=ExportFormat.CSV,
        status=status,
        file=name,
        finished_at=timezone.now(),
        expires_at=timezone.now() + timedelta(hours=1),
    )


def stored(name: str) -> str:
    return storages["private"].save(name, ContentFile(b"a,b\n"))


def make_group(unit: str) -> SimpleNamespace:
    session = SessionFactory(group=FocusGroupFactory(open=True, drawn=True, unit=UnitFactory(code=unit)))
    registration = RegistrationFactory(group=session.group, received=True)
    transcript = Transcript(session=session, format="txt", language="es", digest="0" * 64)
    transcript.file.name = stored("transcripts/turns.txt")
    transcript.save()
    return SimpleNamespace(
        group=session.group,
        session=session,
        registration=registration,
        draw=draws.propose(group=session.group, by=None),
        topic=GuideTopic.objects.create(group=session.group, title="Servicios"),
        transcript=transcript,
    )
