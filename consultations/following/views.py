"""A form of its own for whoever wants the results. It never looks at the participation code of the device."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.security import client_key
from portal.views.errors import too_many

from ..answering import access, limits
from ..answering.words import field_of
from ..models import Consultation, Follower
from . import followers, links, mail
from .forms import FollowForm

log = logging.getLogger(__name__)

BY_CONNECTION, BY_ADDRESS = "20/h", "3/d"


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address and write to it. The answer is the same whether we knew the address or not."""
    consultation = access.public_consultation(slug)
    if not followers.takes_followers(consultation):
        return redirect("answering:landing", slug=slug)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or request.POST.get("website"):
        return _page(request, consultation, "ask", form=form)
    if limits.over(request, "follow", key=client_key(request), rate=BY_CONNECTION):
        return access.private(too_many(request))
    if not form.is_valid():
        return _page(request, consultation, "ask", form=form)
    if not _note_and_write(request, consultation, form.cleaned_data):
        form.add_error(None, _("The message could not be sent. Try again in a few minutes."))
        return _page(request, consultation, "ask", form=form)
    return _page(request, consultation, "asked")


def _note_and_write(request: HttpRequest, consultation: Consultation, data: dict[str, str]) -> bool:
    """False when the mail server refuses. Nobody's mailbox is filled by others."""
    digest = salted_hmac("follow", data["email"].strip().lower()).hexdigest()
    if limits.over(request, "follow-address", key=digest, rate=BY_ADDRESS):
        return True
    follower = followers.follow(consultation=consultation, email=data["email"], language=data["language"])
    try:
        mail.ask_to_confirm(follower)
    except (SMTPException, OSError):
        # The exception may quote the address: only the fact is logged.
        log.error("follower_not_mailed")
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """What the link in the mail opens: one button to confirm, one to delete the address."""
    consultation = access.public_consultation(slug)
    follower = links.opened(token)
    if follower is None or follower.consultation_id != consultation.pk:
        return _page(request, consultation, "gone")
    if request.method != "POST":
        return _page(request, consultation, "link", follower=follower)
    if "leave" in request.POST:
        followers.leave(follower=follower)
        return _page(request, consultation, "left")
    if "confirm" not in request.POST:
        raise Http404
    followers.confirm(follower=follower)
    return _page(request, consultation, "link", follower=follower)


def _page(
    request: HttpRequest,
    consultation: Consultation,
    name: str,
    *,
    form: FollowForm | None = None,
    follower: Follower | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=get_language() or settings.LANGUAGE_CODE),
        "form": form,
        "follower": follower,
    }
    return access.private(TemplateResponse(request, f"consultations/following/{name}.html", context))
