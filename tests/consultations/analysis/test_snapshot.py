"""The kept frame is what a new reading of everything would give, whatever happened since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from polars.testing import assert_frame_equal

from consultations import tasks
from consultations.analysis import building, snapshot
from consultations.analysis import frame as frames
from consultations.enums import ResponseStatus
from consultations.models import AnswerSnapshot, Consultation, QuestionnaireVersion, Response
from consultations.models.answer_snapshot import private_storage
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db

ANSWERS = {"connection": "born", "year": 1980, "languages": ["spanish"], "channels": ["web", "desk"]}


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Any) -> Iterator[None]:
    options = {"location": tmp_path, "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "private": {"BACKEND": backend, "OPTIONS": options}}
    snapshot.forget()
    cache.clear()
    yield
    snapshot.forget()


@pytest.fixture
def version() -> QuestionnaireVersion:
    return VersionFactory()


@pytest.fixture
def consultation(version: QuestionnaireVersion) -> Consultation:
    return ConsultationFactory(open=True, questionnaire=version.questionnaire)


def sent(consultation: Consultation, version: QuestionnaireVersion, **answers: Any) -> Response:
    return ResponseFactory(
        sent=True, consultation=consultation, version=version, answers={**ANSWERS, **answers}
    )


def files() -> list[str]:
    return private_storage().listdir("snapshots")[1]


def assert_current(consultation: Consultation) -> None:
    snapshot.forget()
    kept = snapshot.available(consultation)
    assert kept
    built = building.build(consultation)
    assert_frame_equal(kept.table, built.table)
    assert kept.variables == built.variables


def test_first_refresh_keeps_what_building_gives(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    sent(consultation, version)
    sent(consultation, version, year=1990)
    ResponseFactory(consultation=consultation, version=version)

    snapshot.refresh(consultation)

    assert_current(consultation)
    assert not snapshot.is_behind(consultation)
    assert len(files()) == 1


def test_new_changed_and_withdrawn_responses_arrive_and_go(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    first, second, third = (sent(consultation, version, year=year) for year in (1960, 1970, 1980))
    snapshot.refresh(consultation)
    sent(consultation, version, year=1999)
    second.answers = {"connection": "returned"}
    second.save()
    third.status, third.answers, third.submitted_on = ResponseStatus.WITHDRAWN, {}, None
    third.save()

    snapshot.refresh(consultation)

    assert_current(consultation)
    kept = snapshot.available(consultation)
    assert kept
    assert kept.table.height == 3
    assert str(third.pk) not in kept.table[frames.ID].to_list()
    assert str(first.pk) in kept.table[frames.ID].to_list()


def test_refresh_reads_no_more_than_what_changed(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    for _number in range(3):
        sent(consultation, version)
    snapshot.refresh(consultation)
    late = sent(consultation, version)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        snapshot.refresh(consultation)

    read = [q["sql"] for q in queries if '"answers"' in q["sql"] and q["sql"].startswith("SELECT")]
    assert len(read) == 1
    assert late.pk.hex in read[0]
    assert_current(consultation)


def test_response_that_changes_while_it_is_read_waits_for_the_next_time(
    consultation: Consultation, version: QuestionnaireVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = sent(consultation, version)
    read = snapshot.reading.stream

    def read_slowly(*args: Any, **options: Any) -> Any:
        rows = list(read(*args, **options))
        response.answers = {"connection": "family"}
        response.save()
        return rows

    monkeypatch.setattr(snapshot.reading, "stream", read_slowly)
    snapshot.refresh(consultation)
    monkeypatch.undo()

    assert snapshot.is_behind(consultation)
    snapshot.refresh(consultation)
    assert_current(consultation)


def test_slower_of_two_refreshes_gives_way(consultation: Consultation, version: QuestionnaireVersion) -> None:
    sent(consultation, version)
    slow, ticket = snapshot._begin(consultation)
    stale = building.build(consultation)
    sent(consultation, version, year=1991)
    snapshot.refresh(consultation)

    snapshot._keep(slow, stale, ticket)

    assert_current(consultation)
    assert len(files()) == 1


def test_rows_deleted_by_hand_are_noticed(consultation: Consultation, version: QuestionnaireVersion) -> None:
    gone = sent(consultation, version)
    sent(consultation, version)
    snapshot.refresh(consultation)
    gone.delete()
    sent(consultation, version)

    snapshot.refresh(consultation)

    assert_current(consultation)


def test_new_version_brings_its_columns(consultation: Consultation, version: QuestionnaireVersion) -> None:
    sent(consultation, version)
    snapshot.refresh(consultation)
    newer = VersionFactory(questionnaire=version.questionnaire, number=2)
    sent(consultation, newer)

    snapshot.refresh(consultation)

    assert_current(consultation)
    kept = snapshot.available(consultation)
    assert kept
    assert kept.versions == (newer, version)


def test_lost_file_is_built_again(consultation: Consultation, version: QuestionnaireVersion) -> None:
    sent(consultation, version)
    snapshot.refresh(consultation)
    private_storage().delete(AnswerSnapshot.objects.get().file.name)
    snapshot.forget()

    assert snapshot.available(consultation) is None
    snapshot.refresh(consultation)
    assert_current(consultation)


def test_request_never_builds_but_asks_once(
    consultation: Consultation,
    version: QuestionnaireVersion,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent(consultation, version)

    with django_capture_on_commit_callbacks(execute=True) as jobs:
        assert snapshot.available(consultation) is None
        assert snapshot.available(consultation) is None

    assert len(jobs) == 1
    assert_current(consultation)


def test_much_that_waits_is_read_before_somebody_asks(
    consultation: Consultation,
    version: QuestionnaireVersion,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(snapshot, "MANY", 2)
    other = ConsultationFactory(open=True, questionnaire=version.questionnaire)
    sent(other, version)
    for _one in range(2):
        sent(consultation, version)

    for jobs_wanted in (1, 0):
        cache.clear()
        with django_capture_on_commit_callbacks(execute=True) as jobs:
            tasks.read_answers_ahead()
        assert len(jobs) == jobs_wanted

    assert_current(consultation)
    assert snapshot.is_behind(other), "so few can be read when somebody asks"


def test_warm_reading_takes_the_same_queries_for_any_number(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    counts = []
    for number in (1, 3):
        for _one in range(number):
            sent(consultation, version)
        snapshot.refresh(consultation)
        with CaptureQueriesContext(connection) as queries:
            snapshot.available(consultation)
        counts.append(len(queries))

    assert counts == [3, 3]


def test_snapshot_is_of_its_consultation_alone(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    other = ConsultationFactory(open=True, questionnaire=version.questionnaire)
    sent(other, version)
    sent(consultation, version)

    assert snapshot.refresh(consultation).table.height == 1
    assert snapshot.is_behind(other)
    assert date(2026, 11, 3) in snapshot.refresh(other).table[frames.DAY].to_list()
