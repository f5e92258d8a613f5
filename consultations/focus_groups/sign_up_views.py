"""The page on which people sign up, and what follows it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from portal.clocks import zone_named
from portal.reader import reader_country, reader_zone
from portal.zones import only_zone

from ..answering import live
from ..answering.consents import default_sensitive_text
from ..answering.fields import CONTROL
from ..answering.forms import FormError
from ..answering.limits import limited
from ..answering.words import Said
from ..lifecycle import NotAllowed
from ..models import FocusGroup
from . import letters, retention, signup
from .access import account_of, private, public_group, registration_of
from .forms import SignUpForm


@limited("sign-up")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    group = public_group(slug)
    if not signup.takes_sign_ups(group):
        return private(_refuse(request, group))
    user, address = account_of(request)
    if user is not None and _has_place(request, group):
        return private(redirect("focus_groups:place", slug=slug))
    zone = reader_zone(request) or zone_named(only_zone(reader_country(request)))
    name = user.get_full_name() if user else ""
    data = request.POST if request.method == "POST" else None
    form = SignUpForm(group, zone=zone, account=address, name=name, data=data)
    if data is None:
        return private(_show(request, form))
    if request.POST.get("website"):
        # The field that only robots fill in.
        return redirect("focus_groups:sent", slug=slug)
    return private(_take(request, form))


def _has_place(request: HttpRequest, group: FocusGroup) -> bool:
    """Signed up already, and not cancelled: there is one sign-up a person."""
    found = registration_of(request, group)
    return found is not None and found.status not in ("unconfirmed", "cancelled")


def _take(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    """Store it when everything is right and seen; else show the page again with what there is to say."""
    if f"{CONTROL}move" in request.POST or request.POST.get(f"{CONTROL}go") == "stay":
        return _show(request, form)
    if form.errors:
        return _show(request, form, errors=form.errors)
    if form.screening and form.screening.unseen:
        form.screening.new_names = form.screening.unseen
        return _show(request, form)
    user, _address = account_of(request)
    try:
        signup.sign_up(group=form.group, form=form.sign_up(), user=user)
    except NotAllowed as refusal:
        return _show(request, form, errors=[FormError("sign-up", Said(), Said(str(refusal)))])
    return redirect("focus_groups:place" if user else "focus_groups:sent", slug=form.group.slug)


def _show(request: HttpRequest, form: SignUpForm, *, errors: list[FormError] | None = None) -> HttpResponse:
    asked = form.screening
    wrong = asked.errors_for(moving_on=True) if asked and errors else []
    context: dict[str, Any] = {
        "group": form.group,
        "title": letters.said(form.group, "title"),
        "sign_up": form,
        "form": asked,
        "sections": asked.groups(wrong) if asked else [],
        "errors": errors or [],
        "faults": form.faults if errors else {},
        "values": form.values,
        "new_count": len(asked.new_names) if asked else 0,
        "consent_text": _sensitive_text() if asked and asked.consent_is_asked_here else None,
        "live": live.page_data(asked) if asked else None,
        "deleted_on": retention.told_day(form.group),
        "languages": settings.LANGUAGES,
        "language_forms": _languages(request),
    }
    return TemplateResponse(request, "consultations/focus_groups/sign_up.html", context)


def _sensitive_text() -> Said:
    return Said(default_sensitive_text())


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The page in the other languages, with what was filled in so far."""
    return [
        {"code": code, "url": translate_url(request.path, code), "current": code == get_language()}
        for code, _name in settings.LANGUAGES
    ]


def _refuse(request: HttpRequest, group: FocusGroup) -> HttpResponse:
    """Not yet, no longer, or not by this way: in plain words, with what was typed not taken."""
    context = {
        "group": group,
        "title": letters.said(group, "title"),
        "opens_later": signup.opens_later(group),
        "lost_input": request.method == "POST",
    }
    return TemplateResponse(request, "consultations/focus_groups/no_sign_up.html", context, status=403)


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for an address that is new and one that is known."""
    group = public_group(slug)
    context = {"group": group, "title": letters.said(group, "title")}
    return private(TemplateResponse(request, "consultations/focus_groups/sent.html", context))
