"""The code by mail: in the person's language, to an address that leaves no trace."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django_q.models import OrmQ, Success

from consultations.models import Response
from portal.models import AuditEntry
from tests.consultations.answering.conftest import Person

ADDRESS = "rosa.quispe@example.org"


@pytest.fixture
def saved(person: Person) -> Person:
    person.start()
    person.post(1, connection="family")
    return person


def test_the_code_is_sent_as_text_and_html(saved: Person) -> None:
    answer = saved.client.post(saved.url("send_code"), {"email": ADDRESS})

    message = mail.outbox[0]
    assert answer.status_code == 200
    assert message.to == [ADDRESS]
    assert "\n" not in message.subject
    assert saved.code in str(message.body)
    assert "\n-- \n" in str(message.body), "mail programs know a signature by it"
    assert saved.code in str(message.alternatives[0][0])
    assert "<img" not in str(message.alternatives[0][0])


def test_the_address_is_kept_nowhere(saved: Person, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    answer = saved.client.post(saved.url("send_code"), {"email": ADDRESS})

    written = capfd.readouterr()
    assert ADDRESS not in answer.content.decode()
    assert ADDRESS not in caplog.text + written.out + written.err
    assert ADDRESS not in str(list(Response.objects.values()))
    assert not OrmQ.objects.exists()
    assert not Success.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not saved.client.session.items()


def test_a_wrong_address_is_said_and_can_be_corrected(saved: Person) -> None:
    answer = saved.client.post(saved.url("send_code"), {"email": "rosa@"})

    assert not mail.outbox
    assert 'value="rosa@"' in answer.content.decode()
    assert 'id="email-error"' in answer.content.decode()


class Refusing(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({ADDRESS: (550, b"no such user " + ADDRESS.encode())})


def test_a_mail_server_that_fails_is_said_without_the_address_in_the_log(
    saved: Person, settings: Any, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    answer = saved.client.post(saved.url("send_code"), {"email": ADDRESS})

    written = capfd.readouterr()
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert ADDRESS not in caplog.text + written.out + written.err


def test_nobodys_mailbox_is_filled(saved: Person) -> None:
    answers = [saved.client.post(saved.url("send_code"), {"email": ADDRESS}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(("name", "leads_to"), [("send_code", "code"), ("forget", "landing")])
def test_changing_the_language_after_a_form_leads_somewhere(saved: Person, name: str, leads_to: str) -> None:
    """The links to other languages ask with GET for the address that the form was sent to."""
    answer = saved.client.get(saved.url(name))

    assert (answer.status_code, answer["Location"]) == (302, saved.url(leads_to))
    assert mail.outbox == []
    assert saved.look(1)
