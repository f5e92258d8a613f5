"""The weekly mail: to whom, when, what it says and what it never says, and how it is turned off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from consultations.analysis import snapshot
from consultations.digest import links, sending
from consultations.digest.figures import figures
from consultations.instrument.definition import Section
from consultations.models import Consultation, DigestRefusal, DigestSent, QuestionnaireVersion
from portal.models import Unit, User
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.consultations.staff import staff_of
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db
# Monday, 9:00 in Lima.
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)


@pytest.fixture
def unit() -> Unit:
    found: Unit = UnitFactory(code="PIM")
    return found


@pytest.fixture
def consultation(unit: Unit) -> Consultation:
    consultation: Consultation = ConsultationFactory(open=True, slug="todo", title="Necesidades", unit=unit)
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    answered(consultation, version, 12, {**ANSWERS, "country": "IT"})
    answered(consultation, version, 1, {**ANSWERS, "country": "JP"})
    return consultation


def answered(consultation: Consultation, version: Any, count: int, answers: dict[str, Any]) -> None:
    day = timezone.localdate() - timedelta(days=2)
    ResponseFactory.create_batch(
        count, consultation=consultation, version=version, sent=True, answers=answers, submitted_on=day
    )


@pytest.fixture
def reader(unit: Unit) -> User:
    return staff_of(unit, "view_consultation")


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 23, 12, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 26, 13, 0, tzinfo=UTC), None),
    ],
)
def test_it_goes_out_on_monday_morning_in_lima(moment: datetime, week: date | None) -> None:
    assert sending.week_of(moment) == week


def test_each_person_of_the_unit_gets_it_once(consultation: Consultation, reader: User) -> None:
    staff_of(UnitFactory(code="SSN"), "view_consultation")
    staff_of(consultation.unit)

    sending.send_due(now=MONDAY)
    sending.send_due(now=MONDAY + timedelta(hours=1))

    assert [message.to for message in mail.outbox] == [[reader.email]]
    sending.send_due(now=MONDAY + timedelta(days=7))
    assert len(mail.outbox) == 2


def test_a_unit_without_an_open_consultation_gets_none(unit: Unit, reader: User) -> None:
    ConsultationFactory(unit=unit)
    ConsultationFactory(closed=True, unit=unit, closes_at=timezone.now() - timedelta(days=20))

    sending.send_due(now=MONDAY)

    assert mail.outbox == []


def test_it_says_what_came_in(consultation: Consultation, reader: User) -> None:
    with translation.override("en"):
        found = figures(consultation, snapshot.refresh(consultation), reader)

    assert (found.total, found.this_week) == (13, 13)
    # One person in Japan is not told of, nor can be had by subtraction.
    assert "JP" not in str(found.countries)
    assert sum(count for _name, count in found.countries) != 12 or found.countries == []


def test_few_answers_are_no_number(unit: Unit, reader: User) -> None:
    consultation = ConsultationFactory(open=True, unit=unit)
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    answered(consultation, version, 3, ANSWERS)

    found = figures(consultation, snapshot.refresh(consultation), reader)

    assert found.total in (None, 0)
    assert not found.countries


@pytest.mark.parametrize("language", ["es", "en", "it", "pt"])
def test_it_speaks_its_reader_s_language(consultation: Consultation, reader: User, language: str) -> None:
    UserProfile.objects.create(user=reader, preferred_language=language)
    reader.refresh_from_db()

    sending.send_due(now=MONDAY)

    [message] = mail.outbox
    html = str(message.alternatives[0][0])
    assert f'<html lang="{language}">' in html
    assert "Necesidades" in message.body
    assert f"/{language}/" in str(message.extra_headers["List-Unsubscribe"])


def test_it_says_that_numbers_are_left_out_only_to_those_from_whom_they_are(
    consultation: Consultation, unit: Unit
) -> None:
    trusted = staff_of(unit, "view_consultation", "view_single_responses")
    frame = snapshot.refresh(consultation)

    found = {
        person.pk: figures(consultation, frame, person).is_protected
        for person in (trusted, staff_of(unit, "view_consultation"))
    }

    assert list(found.values()) == [False, True]


def test_no_answer_in_words_travels_by_mail(consultation: Consultation, reader: User) -> None:
    sending.send_due(now=MONDAY)

    [message] = mail.outbox
    assert "Milán" not in message.body + str(message.alternatives[0][0])


def test_one_press_turns_it_off(consultation: Consultation, reader: User, tree: None) -> None:
    client = Client(enforce_csrf_checks=True)  # as mail programs come: with nothing of ours but the link
    with translation.override("es"):
        path = links.url_for(reader).split("/", 3)[3]

    assert client.get(f"/{path}").status_code == 200
    assert not DigestRefusal.objects.exists()  # a program that follows links does no harm
    client.post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    client.post(f"/{path}")

    sending.send_due(now=MONDAY)
    assert mail.outbox == []
    client.post(f"/{path}", {"want": "1"})
    sending.send_due(now=MONDAY)
    assert len(mail.outbox) == 1


def test_questions_outside_any_group_are_told_in_words(unit: Unit, reader: User) -> None:
    """A run of questions without a title is known by its first question, never by its identifier."""
    loose = Section("outside_1", DEFINITION.sections[0].questions, is_group=False)
    consultation = ConsultationFactory(open=True, unit=unit)
    version = VersionFactory(
        questionnaire=consultation.questionnaire, definition=replace(DEFINITION, sections=(loose,))
    )
    answered(consultation, version, 12, ANSWERS)
    ResponseFactory.create_batch(12, consultation=consultation, version=version, sections=["outside_1"])

    with translation.override("en"):
        found = figures(consultation, snapshot.refresh(consultation), reader)

    assert found.stops == ("Country?", 12)


def test_nothing_answered_is_told_as_nothing(unit: Unit, reader: User) -> None:
    ConsultationFactory(open=True, unit=unit)

    sending.send_due(now=MONDAY)

    [message] = mail.outbox
    assert "hasta ahora: 0\n" in message.body
    assert str(message.alternatives[0][0]).count("<td>0</td>") == 2


def test_text_says_that_numbers_are_left_out(consultation: Consultation, reader: User) -> None:
    sending.send_due(now=MONDAY)

    [message] = mail.outbox
    assert "Se omiten los números sobre pocas personas." in message.body


def test_one_unit_that_cannot_be_told_of_keeps_no_other_waiting(
    consultation: Consultation, reader: User
) -> None:
    broken = UnitFactory(code="AAA")
    staff_of(broken, "view_consultation")
    version = VersionFactory(definition=DEFINITION)
    bad = ConsultationFactory(open=True, questionnaire=version.questionnaire, unit=broken)
    answered(bad, version, 1, ANSWERS)
    QuestionnaireVersion.objects.filter(pk=version.pk).update(document={}, digest="0" * 64)

    sending.send_due(now=MONDAY)

    assert [message.to for message in mail.outbox] == [[reader.email]]
    assert list(DigestSent.objects.values_list("user", flat=True)) == [reader.pk]


def test_a_forged_link_opens_nothing(client: Client, reader: User, tree: None) -> None:
    for value in (f"{reader.pk}:nonsense", "x", links.token(reader)[:-1]):
        assert client.post(f"/es/resumen-semanal/{value}/").status_code == 404
    assert not DigestRefusal.objects.exists()


def test_a_mail_that_fails_is_sent_later(consultation: Consultation, reader: User, settings: Any) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    sending.send_due(now=MONDAY)
    settings.EMAIL_BACKEND = working
    sending.send_due(now=MONDAY)

    assert [message.to for message in mail.outbox] == [[reader.email]]


def test_the_mail_leads_to_the_screen_with_the_same_numbers(consultation: Consultation, reader: User) -> None:
    """Protected figures count the newest answers later; the overview of responses counts them at once."""
    trusted = staff_of(reader.unit, "view_consultation", "view_single_responses")

    sending.send_due(now=MONDAY)

    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert f"/consultations/{consultation.pk}/analysis/" in bodies[reader.email]
    assert f"/consultations/{consultation.pk}/responses/" in bodies[trusted.email]
