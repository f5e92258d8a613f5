"""/dev/mail/: the mails that were written to the folder, newest first. Without DEBUG it does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

SHOWN = 50
# Mail programs want styles inside the mail; it is shown in a frame that can do nothing else.
FRAME_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": [""],
}
# Between the mails of one file, as Django's file backend writes it.
RULER = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class StoredMail:
    """One mail in the folder; ``key`` names it: file and place in it."""

    key: str
    message: EmailMessage
    written: datetime

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        found = self.message.get_body(preferencelist=(kind,))
        return str(found.get_content()) if found is not None else ""

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]


def stored_mails() -> list[StoredMail]:
    """The newest mails first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:SHOWN]
    return [mail for file in files for mail in reversed(_mails_of(file))][:SHOWN]


def _mails_of(file: Path) -> list[StoredMail]:
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    sources = [source for source in file.read_bytes().split(RULER) if source.strip()]
    return [
        StoredMail(f"{file.stem}.{number}", _parse(source), written) for number, source in enumerate(sources)
    ]


def _parse(source: bytes) -> EmailMessage:
    message = message_from_bytes(source.lstrip(), policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  (what policy.default makes)
    return message


def find_mail(key: str) -> StoredMail:
    for mail in stored_mails():
        if mail.key == key:
            return mail
    raise Http404


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/dev/mail_list.html", {"mails": stored_mails()})


@require_safe
def mail_detail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "portal/dev/mail_detail.html", {"mail": find_mail(key)})


@csp(FRAME_POLICY)  # type: ignore[arg-type]  # it is typed for views without arguments
@require_safe
@xframe_options_sameorigin
def mail_html(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponse(find_mail(key).html)


urlpatterns = [
    path("", mail_list, name="dev_mail"),
    path("<str:key>/", mail_detail, name="dev_mail_detail"),
    path("<str:key>/html/", mail_html, name="dev_mail_html"),
]
