"""The participation code on the person's own device: a signed cookie that no script can read.

It ends with the browser's session, because many people answer on a computer that others use. Nothing is
kept on the server for it, so there is no session that could run out.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ..models import Consultation
from . import codes

_SALT = "participation"
_SEVEN_DAYS = 7 * 24 * 60 * 60


def code_in(request: HttpRequest, consultation: Consultation) -> str | None:
    """The code that this device holds for a consultation, if any."""
    value = request.get_signed_cookie(name_of(consultation), default=None, salt=_SALT, max_age=_SEVEN_DAYS)
    return codes.normalised(value) if value else None


def keep(response: HttpResponse, consultation: Consultation, code: str, *, secure: bool) -> None:
    response.set_signed_cookie(
        name_of(consultation), code, salt=_SALT, httponly=True, samesite="Lax", secure=secure
    )


def forget(response: HttpResponse, consultation: Consultation) -> None:
    response.delete_cookie(name_of(consultation), samesite="Lax")


def name_of(consultation: Consultation) -> str:
    return f"participation-{consultation.pk}"
