"""Two people press “publish” at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from consultations.instrument.definition import Definition, Question, QuestionKind, Section
from consultations.models import Questionnaire, QuestionnaireVersion
from consultations.questionnaires.compile import store
from consultations.questionnaires.publication import publish_version
from portal.models import AuditEntry

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    # SQLite begins every transaction IMMEDIATE: there one comes after the other, and its tests share memory.
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL (DATABASE_URL)"),
]
QUESTION = Question("a", QuestionKind.SHORT_TEXT, {"es": "¿A?"})


def test_two_at_once_make_one_version() -> None:
    section = Section("s", (QUESTION,), {"es": "S"})
    questionnaire = store(Definition("q", {"es": "Q"}, sections=(section,)), by=None)
    barrier = Barrier(4)
    numbers: list[int] = []

    threads = [Thread(target=press, args=(questionnaire, barrier, numbers)) for _person in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert numbers == [1, 1, 1, 1]
    assert QuestionnaireVersion.objects.count() == 1
    assert AuditEntry.objects.filter(verb="questionnaire.published").count() == 1


def press(questionnaire: Questionnaire, barrier: Barrier, numbers: list[int]) -> None:
    try:
        barrier.wait()
        numbers.append(publish_version(questionnaire=questionnaire, by=None).number)
    finally:
        connections.close_all()
