"""The participation code: begin with a new one, come back with an old one, have it sent by mail."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.security import client_key
from portal.views.errors import too_many

from ..lifecycle import accepts_answers
from . import access, codes, cookies, journey, limits, mail, origin
from .access import private, with_part
from .limits import limited
from .page_views import journey_context, reader_language
from .participation import Participation, participation
from .words import field_of

log = logging.getLogger(__name__)


@csrf_exempt  # answering.origin checks instead, because the page with the button is kept for many readers
@limited("start")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a code, keep it on the device, go to the first page. Nothing is stored yet."""
    consultation = access.public_consultation(slug)
    if request.method != "POST" or request.POST.get("website"):
        # Without its button, or with the field filled in that only robots fill in, nothing starts.
        return redirect("answering:landing", slug=slug)
    if not accepts_answers(consultation):
        return private(access.not_open(request, consultation))
    if not origin.is_ours(request):
        title = field_of(consultation, "title", page=reader_language())
        context = {"consultation": consultation, "title": title}
        return private(TemplateResponse(request, "consultations/start.html", context))
    held = cookies.code_in(request, consultation)
    code = held or codes.new_code()
    part = participation(consultation=consultation, code=code, language=reader_language())
    if part is None:
        return private(access.not_open(request, consultation))
    if part.is_withdrawn:
        part.code, part.response = codes.new_code(), None
    response = private(redirect(journey.where_to(part)))
    cookies.keep(response, consultation, part.code, secure=request.is_secure())
    return response


@csrf_exempt  # the same
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Come back with a code, on this device or another."""
    consultation = access.public_consultation(slug)
    if not accepts_answers(consultation):
        return private(access.not_open(request, consultation))
    typed = request.POST.get(access.TYPED_CODE, "")
    context = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=reader_language()),
        "typed": typed,
        "refused": access.REFUSED in request.GET,
    }
    if request.method != "POST" or not origin.is_ours(request):
        return private(TemplateResponse(request, "consultations/resume.html", context))
    if limits.over(request, "resume", key=client_key(request)):
        return private(too_many(request))
    code = codes.normalised(typed)
    if code is None or not access.exists(consultation, code):
        context |= {"error": access.wrong_code(typed)}
        return private(TemplateResponse(request, "consultations/resume.html", context))
    part = participation(consultation=consultation, code=code, language=reader_language())
    if part is None or part.is_withdrawn:
        return private(access.withdrawn(request, consultation))
    response = private(redirect(journey.where_to(part)))
    cookies.keep(response, consultation, code, secure=request.is_secure())
    return response


@with_part("GET", "HEAD")
def code(request: HttpRequest, part: Participation) -> HttpResponse:
    """The code, to write down, print or send; for those who go on another day."""
    context = {**journey_context(request, part), "next_url": journey.where_to(part)}
    return TemplateResponse(request, "consultations/code.html", context)


@with_part("GET", "HEAD", "POST")
def send_code(request: HttpRequest, part: Participation) -> HttpResponse:
    """Send the code to an address that is used for this one mail and not kept."""
    if request.method != "POST":
        # Somebody changed the language of the page that answered the form.
        return redirect("answering:code", slug=part.consultation.slug)
    address = request.POST.get("email", "").strip()
    context = {**journey_context(request, part), "next_url": journey.where_to(part), "address": address}
    if _too_often(request, part):
        return too_many(request)
    try:
        validate_email(address)
    except ValidationError:
        context["error"] = _("Write an e-mail address like name@example.org.")
        return TemplateResponse(request, "consultations/code.html", context)
    try:
        mail.send_code(part=part, address=address, language=reader_language())
    except (SMTPException, OSError):
        # The exception may quote the address: only the fact is logged.
        log.error("participation_code_not_mailed")
        context["error"] = _("The message could not be sent. Write the code down, or try again later.")
        return TemplateResponse(request, "consultations/code.html", context)
    context |= {"address": "", "is_mailed": True}
    return TemplateResponse(request, "consultations/code.html", context)


def _too_often(request: HttpRequest, part: Participation) -> bool:
    """By connection, and by code: nobody's mailbox is to be filled."""
    by_client = limits.over(request, "mail", key=client_key(request))
    by_code = limits.over(request, "mail-code", key=codes.digest(part.code), rate="5/h")
    return by_client or by_code
