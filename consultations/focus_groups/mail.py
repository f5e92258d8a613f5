"""The mails of focus groups: each written in the person's language and for their clock, each sent once."""

from __future__ import annotations

import re
from smtplib import SMTPException
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from ..models import Registration, SentNotice
from . import letters
from .calendar import calendar_file
from .notices import NOTICES, About, about
from .queueing import NoticeKind

# What templates leave between the parts of a text.
_MANY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
log = structlog.get_logger(__name__)


class MailNotSent(Exception):  # noqa: N818  (says what happened)
    """The mail server did not take a mail. Holds no address: the queue writes exceptions down."""


def send_notice(registration_id: str, kind: str, key: str) -> bool:
    """For the queue. Whoever was forgotten meanwhile gets nothing."""
    found = Registration.objects.select_related("group__unit", "group__consultation", "contact", "rule")
    registration = found.filter(pk=registration_id, contact__isnull=False).first()
    return registration is not None and send(registration, NoticeKind(kind), key)


def send(registration: Registration, kind: NoticeKind, key: str) -> bool:
    """Write to one person, once for each key. Returns whether a mail went out now.

    A mail that no longer says the truth (the offer was answered meanwhile) is not sent. The note that it was
    sent is stored first: of two workers one goes on, and no transaction waits for a mail server. Raises
    ``MailNotSent``, and then the note is gone and it may be tried again.
    """
    found = about(registration, kind, key)
    if found is None:
        return False
    note, is_new = SentNotice.objects.get_or_create(registration=registration, key=key)
    if not is_new:
        return False
    try:
        compose(registration, kind, found).send()
    except (SMTPException, OSError):
        note.delete()
        log.error("notice_not_mailed", kind=kind.value)
        raise MailNotSent(kind.value) from None  # the exception may quote the address
    return True


def compose(registration: Registration, kind: NoticeKind, found: About) -> EmailMultiAlternatives:
    contact = registration.contact
    with translation.override(registration.language):
        context = letters.context_of(registration, kind, found, ZoneInfo(contact.timezone))
        message = EmailMultiAlternatives(
            subject=" ".join(_rendered(kind, "_subject.txt", context).split()),
            body=_MANY_LINES.sub("\n\n", _rendered(kind, ".txt", context).strip()) + "\n",
            to=[contact.email],
        )
        message.attach_alternative(_rendered(kind, ".html", context), "text/html")
    if NOTICES[kind].calendar and found.session is not None:
        file = calendar_file(registration, found.session)
        message.attach(file.name, file.content, file.content_type)
    return message


def _rendered(kind: NoticeKind, ending: str, context: dict[str, Any]) -> str:
    return render_to_string(f"emails/focus_groups/{kind.value}{ending}", context)
