"""The mails: every kind in every language, each once, and nothing in them but what its reader may know."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.template.loader import get_template
from django.utils import timezone, translation

from consultations.enums import ConsentPurpose, Modality
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import links, mail, offers, signup
from consultations.focus_groups.notices import NOTICES, About, about
from consultations.focus_groups.queueing import NoticeKind
from consultations.models import ExclusionRule, Registration, SentNotice
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db

ADDRESS = "rosa.quispe@example.org"
LINK = "https://meet.example.org/room"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def session() -> Any:
    group = FocusGroupFactory(
        open=True, title_en="Families in Milan", consent_recording="Acepto que se grabe."
    )
    return SessionFactory(group=group, online=True, link_hours=24, address="Via Secreta 1")


def seated(session: Any, **traits: Any) -> Registration:
    return RegistrationFactory(
        **{"group": session.group, "seated_in": session, "contact__email": ADDRESS, "language": "en"} | traits
    )


def html_of(message: Any) -> str:
    return str(message.alternatives[0][0])


def test_every_kind_says_what_it_is_about_and_has_its_templates() -> None:
    assert set(NOTICES) == set(NoticeKind)
    for kind in NoticeKind:
        for ending in ("_subject.txt", ".txt", ".html"):
            assert get_template(f"emails/focus_groups/{kind.value}{ending}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_mail_can_be_written_in_every_language(kind: NoticeKind, language: str, session: Any) -> None:
    status = min(NOTICES[kind].holds, default=S.CONFIRMED)
    registration = seated(session, language=language, agrees_to=["take_part", "quoting"])
    registration.status = status
    offer = session.offers.create(registration=registration, expires_at=timezone.now() + timedelta(hours=48))

    message = mail.compose(registration, kind, About(session, offer))

    assert message.to == [ADDRESS]
    assert message.subject
    assert "\n" not in message.subject
    for text in (str(message.body), html_of(message)):
        assert "{{" not in text
        assert "{%" not in text
        assert "None" not in text
        assert links.url_for(registration).split("/")[-3] in text
        assert "<img" not in text
    assert "&quot;" not in str(message.body)
    assert "<p>" not in str(message.body)
    assert f'<html lang="{language}"' in html_of(message)


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        ("Asia/Tokyo", "00:00"),
        ("America/New_York", "10:00"),
        ("Europe/Rome", "16:00"),
        ("America/Lima", "10:00"),
    ],
)
def test_the_subject_says_when_on_the_persons_own_clock(zone: str, clock: str, session: Any) -> None:
    session.starts_at = datetime(2031, 1, 18, 16, 0, tzinfo=ZoneInfo("Europe/Rome"))
    session.save()
    registration = seated(session, contact__timezone=zone)

    assert mail.send(registration, NoticeKind.REMINDER, "reminder:1:120:0")

    assert clock in outbox.outbox[0].subject
    body = str(outbox.outbox[0].body)
    assert "16:00–17:30" in body, "the session's own clock"
    assert "10:00–11:30" in body, "Lima's"


def test_a_mail_goes_out_once_for_each_key(session: Any) -> None:
    registration = seated(session)

    results = [mail.send(registration, NoticeKind.REMINDER, key) for key in ("r:1", "r:1", "r:2")]

    assert results == [True, False, True]
    assert len(outbox.outbox) == 2


class Refusing(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({ADDRESS: (550, b"no such user " + ADDRESS.encode())})


def test_a_mail_that_was_refused_can_be_tried_again_and_says_no_address(
    session: Any, settings: Any, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    registration = seated(session)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    with pytest.raises(mail.MailNotSent) as refusal:
        mail.send(registration, NoticeKind.REMINDER, "r:1")

    written = capfd.readouterr()
    assert (
        ADDRESS
        not in f"{refusal.value!r} {refusal.value.__cause__!r}" + caplog.text + written.out + written.err
    )
    assert not SentNotice.objects.exists()


def test_whoever_was_forgotten_gets_nothing(session: Any) -> None:
    registration = seated(session)
    registration.contact.delete()

    assert mail.send_notice(str(registration.pk), "reminder", "r:1") is False
    assert not outbox.outbox


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (NoticeKind.OFFERED, S.CONFIRMED),
        (NoticeKind.CONFIRMED, S.CANCELLED),
        (NoticeKind.WAITING, S.OFFERED),
        (NoticeKind.REMINDER, S.OFFERED),
        (NoticeKind.LINK, S.CANCELLED),
        (NoticeKind.CONFIRM_ADDRESS, S.RECEIVED),
    ],
)
def test_what_is_no_longer_true_is_not_sent(kind: NoticeKind, status: S, session: Any) -> None:
    registration = seated(session, status=status)

    assert mail.send(registration, kind, f"{kind.value}:1") is False
    assert not outbox.outbox


def test_the_joining_link_is_for_confirmed_people_and_not_before_its_hour(session: Any) -> None:
    early, offered = seated(session), seated(session, status=S.OFFERED, contact__email="otra@example.org")
    mail.send(early, NoticeKind.REMINDER, "r:early")
    session.starts_at = timezone.now() + timedelta(hours=5)
    session.save()
    mail.send(early, NoticeKind.LINK, "link:1")
    mail.send(offered, NoticeKind.CHANGED, "changed:1:1")

    assert [LINK in str(message.body) for message in outbox.outbox] == [False, True, False]
    assert [LINK in html_of(message) for message in outbox.outbox] == [False, True, False]


def test_the_address_of_a_session_is_for_confirmed_people(session: Any) -> None:
    session.modality = Modality.IN_PERSON
    session.save()
    confirmed, offered = seated(session), seated(session, status=S.OFFERED, contact__email="otra@example.org")
    for registration in (confirmed, offered):
        mail.send(registration, NoticeKind.CHANGED, "changed:1:1")

    assert ["Via Secreta" in str(message.body) for message in outbox.outbox] == [True, False]


def test_the_calendar_file_goes_with_the_place_and_takes_it_away_again(session: Any) -> None:
    registration = RegistrationFactory(group=session.group, contact__email=ADDRESS)
    offers.promote(session.group.pk)
    offers.accept(registration=registration)
    registration.refresh_from_db()
    mail.send(registration, NoticeKind.CONFIRMED, "confirmed:1")
    signup.withdraw(registration=registration)
    registration.refresh_from_db()
    mail.send(registration, NoticeKind.CANCELLED, "cancelled:1")

    files = [message.attachments[0] for message in outbox.outbox]
    assert ["METHOD:PUBLISH" in _text(file) for file in files] == [True, False]
    assert ["METHOD:CANCEL" in _text(file) for file in files] == [False, True]
    assert all(ADDRESS not in _text(file) for file in files)


def _text(attachment: Any) -> str:
    content = attachment[1]
    return content if isinstance(content, str) else content.decode()


def test_what_was_permitted_stands_in_the_mail(session: Any) -> None:
    registration = seated(session, agrees_to=["take_part", "quoting"])

    mail.send(registration, NoticeKind.CONFIRMED, "confirmed:1")

    body = str(outbox.outbox[0].body)
    with translation.override("en"):
        lines = [
            f"{ConsentPurpose(purpose).label}: {word}"
            for purpose, word in (("take_part", "yes"), ("recording", "no"), ("quoting", "yes"))
        ]
    assert [line in body for line in lines] == [True, True, True]


def test_who_is_refused_hears_the_reason_and_of_another_group() -> None:
    group = FocusGroupFactory(open=True, screened=True)
    rule = ExclusionRule.objects.create(
        group=group, excluded_when="true()", reason="Works in a consulate.", reason_en="Works in a consulate."
    )
    SessionFactory(group=group)
    other = SessionFactory(group=FocusGroupFactory(open=True, title="Otra", title_en="Another group"))
    registration = RegistrationFactory(group=group, status=S.NOT_ELIGIBLE, rule=rule, language="en")

    mail.send(registration, NoticeKind.NOT_ELIGIBLE, "not_eligible:1")

    body = str(outbox.outbox[0].body)
    assert "Works in a consulate." in body
    assert f"/en/focus-groups/{other.group.slug}/" in body
    assert f"/en/focus-groups/{group.slug}/" not in body


def test_session_that_was_called_off_is_known_by_the_key_of_its_notice(session: Any) -> None:
    registration = RegistrationFactory(group=session.group)

    found = about(registration, NoticeKind.SESSION_CANCELLED, f"session_cancelled:{session.pk}")

    assert found == About(session)
    assert about(registration, NoticeKind.SESSION_CANCELLED, "session_cancelled:group") == About()
