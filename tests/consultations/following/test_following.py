"""Results by mail: asked for on a form apart, confirmed from the mailbox, deleted at any time."""

from __future__ import annotations

import re
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.following import links
from consultations.models import Consultation, Follower, Response
from tests.factories.consultations import ConsultationFactory
from tests.factories.following import FollowerFactory

pytestmark = pytest.mark.django_db
ADDRESS = "rosa.quispe@example.org"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    caches["limits"].clear()


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(answerable=True, slug="necesidades")


def ask_url(consultation: Consultation, language: str = "es") -> str:
    with translation.override(language):
        return reverse("following:ask", args=[consultation.slug])


def ask(consultation: Consultation, email: str = ADDRESS, **fields: str) -> Any:
    return Client().post(ask_url(consultation), {"email": email, "language": "it", **fields})


def link_in(message: Any) -> str:
    found = LINK.search(str(message.body))
    assert found, message.body
    return found.group(1)


def test_address_is_confirmed_from_its_mailbox(consultation: Consultation) -> None:
    ask(consultation, " Rosa.Quispe@Example.org ")
    follower = Follower.objects.get()
    assert (follower.email, follower.language, follower.confirmed_on) == (ADDRESS, "it", None)
    link = link_in(mail.outbox[0])
    assert link.startswith("/it/")

    client = Client()
    assert client.get(link).status_code == 200
    follower.refresh_from_db()
    assert follower.confirmed_on is None, "a program that follows links confirms nothing"

    client.post(link, {"confirm": "1"})

    follower.refresh_from_db()
    assert follower.confirmed_on is not None


def test_address_is_deleted_by_its_link(consultation: Consultation) -> None:
    follower = FollowerFactory(consultation=consultation, confirmed=True)
    link = links.url_for(follower)

    Client().post(link, {"leave": "1"})

    assert Follower.objects.count() == 0
    page = Client().get(link)
    assert (page.status_code, page.templates[0].name) == (200, "consultations/following/gone.html")


def test_answer_is_the_same_for_an_address_that_is_known(consultation: Consultation) -> None:
    known = FollowerFactory(consultation=consultation, confirmed=True, email=ADDRESS, language="pt")

    answers = [ask(consultation, email).content for email in (ADDRESS, "other@example.org")]

    assert _without_tokens(answers[0]) == _without_tokens(answers[1])
    known.refresh_from_db()
    assert (known.language, known.confirmed_on is not None) == ("pt", True)
    assert Follower.objects.count() == 2


def _without_tokens(html: bytes) -> bytes:
    return re.sub(rb'(nonce|value)="[^"]*"', b"", html)


def test_nothing_joins_an_address_to_answers(consultation: Consultation) -> None:
    """Neither a key nor a moment nor the cookie of whoever answered on the same device."""
    client = Client()
    client.post(reverse("answering:start", args=[consultation.slug]))
    assert client.cookies
    before = {name: morsel.value for name, morsel in client.cookies.items()}

    client.post(ask_url(consultation), {"email": ADDRESS, "language": "es"})

    fields = {field.name for field in Follower._meta.get_fields()}
    assert fields == {"id", "consultation", "email", "language", "asked_on", "confirmed_on", "told_on"}
    assert Response not in {field.related_model for field in Follower._meta.get_fields() if field.is_relation}
    assert {name: client.cookies[name].value for name in before} == before


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@b.org\nBcc: c@d.org", "a\x00@b.org", "x" * 300 + "@b.org"]
)
def test_bad_address_is_told_with_what_to_do(consultation: Consultation, email: str) -> None:
    page = ask(consultation, email)

    assert 'href="#id_email"' in page.content.decode()
    assert (Follower.objects.count(), len(mail.outbox)) == (0, 0)


def test_language_that_the_portal_does_not_speak_is_refused(consultation: Consultation) -> None:
    assert 'href="#id_language"' in ask(consultation, language="de").content.decode()


def test_robots_that_fill_in_everything_get_nothing(consultation: Consultation) -> None:
    ask(consultation, website="https://spam.example")

    assert (Follower.objects.count(), len(mail.outbox)) == (0, 0)


def test_nobodys_mailbox_is_filled(consultation: Consultation) -> None:
    statuses = [ask(consultation).status_code for _ in range(5)]

    assert statuses == [200] * 5
    assert len(mail.outbox) == 3


def test_a_connection_is_limited(consultation: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultations.following.views.BY_CONNECTION", "1/h")

    assert [ask(consultation, f"p{n}@example.org").status_code for n in range(2)] == [200, 429]


def test_a_mail_server_that_refuses_is_told_and_logs_no_address(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: Any) -> int:
        raise SMTPServerDisconnected(f"no <{ADDRESS}>")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)

    page = ask(consultation)

    assert 'role="alert"' in page.content.decode()
    assert 'value="rosa.quispe@example.org"' in page.content.decode(), "what was typed is still there"
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize("token", ["x", "a" * 32, "é", "0" * 32 + ":abc"])
def test_forged_links_open_nothing(consultation: Consultation, token: str) -> None:
    FollowerFactory(consultation=consultation)

    page = Client().post(reverse("following:link", args=[consultation.slug, token]), {"leave": "1"})

    assert page.templates[0].name == "consultations/following/gone.html"
    assert Follower.objects.count() == 1


def test_link_of_one_consultation_opens_no_other(consultation: Consultation) -> None:
    follower = FollowerFactory(consultation=consultation)
    other = ConsultationFactory(open=True)

    url = reverse("following:link", args=[other.slug, links.token(follower)])

    assert Client().post(url, {"leave": "1"}).templates[0].name == "consultations/following/gone.html"
    assert Follower.objects.count() == 1


@pytest.mark.parametrize(("status", "code"), [("open", 200), ("closed", 200), ("reported", 302)])
def test_form_is_there_while_there_is_something_to_wait_for(status: str, code: int) -> None:
    consultation = ConsultationFactory(answerable=True)
    Consultation.objects.filter(pk=consultation.pk).update(status=status)

    assert Client().get(ask_url(consultation)).status_code == code


def test_form_needs_a_token_of_ours(consultation: Consultation) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(ask_url(consultation), {"email": ADDRESS, "language": "es"}).status_code == 403
    assert Follower.objects.count() == 0
