"""One's own place in a focus group, by a link from a mail or with an account. GET shows, POST acts."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.security import client_key
from portal.views.errors import too_many

from ..answering import limits
from ..lifecycle import NotAllowed
from ..models import FocusGroup, Registration
from . import letters, links, my_place, signup
from . import my_data as data
from .access import known_group, private, registration_of
from .actions import ACTIONS


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail to the page of one's place. Nothing happens: programs that preview links come here too."""
    registration = links.opened(token)
    if registration is None:
        return private(_too_old(request, token))
    response = private(redirect("focus_groups:place", slug=registration.group.slug))
    response["Referrer-Policy"] = "no-referrer"
    links.keep(response, registration, secure=request.is_secure())
    return response


def _too_old(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was ours leads to a new one; anything else to the list of groups."""
    context = {
        "group": (group := links.group_of(token)),
        "title": letters.said(group, "title") if group else "",
    }
    return TemplateResponse(
        request, "consultations/focus_groups/link_over.html", context, status=HTTPStatus.GONE
    )


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    group = known_group(slug)
    registration = registration_of(request, group)
    if registration is None:
        return private(redirect("focus_groups:new_link", slug=slug))
    if request.method == "POST":
        return private(_act(request, registration))
    return private(_show(request, registration))


def _act(request: HttpRequest, registration: Registration) -> HttpResponse:
    name = request.POST.get("do", "")
    if name not in ACTIONS:
        return _show(request, registration, error=_("Choose what you want to do."))
    try:
        ACTIONS[name].do(registration, request.POST)
    except NotAllowed as refusal:
        registration.refresh_from_db()
        return _show(request, registration, error=str(refusal), tried=name)
    if name == "erase":
        return _forgotten(request, registration.group)
    with translation.override(registration.language if name == "language" else translation.get_language()):
        return redirect(f"{reverse('focus_groups:place', args=[registration.group.slug])}?done={name}")


def _show(
    request: HttpRequest, registration: Registration, *, error: str = "", tried: str = ""
) -> HttpResponse:
    context = my_place.context_of(request, registration)
    done = request.GET.get("done", "")
    context |= {"error": error, "tried": tried, "done": done if done in ACTIONS and not error else ""}
    return TemplateResponse(request, "consultations/focus_groups/place.html", context)


def _forgotten(request: HttpRequest, group: FocusGroup) -> HttpResponse:
    context = {"group": group, "title": letters.said(group, "title")}
    response = TemplateResponse(request, "consultations/focus_groups/erased.html", context)
    links.forget(response, group)
    return response


@require_safe
def my_data(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is kept about a person with this sign-up, as a file."""
    group = known_group(slug)
    registration = registration_of(request, group)
    if registration is None:
        return private(redirect("focus_groups:new_link", slug=slug))
    response = JsonResponse(data.of(registration), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{group.slug}.json"'
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the way to one's sign-up mailed again. Says the same whether there is one or not."""
    group = known_group(slug)
    context = {"group": group, "title": letters.said(group, "title"), "email": "", "error": "", "sent": False}
    if request.method != "POST":
        return private(_ask_address(request, context))
    if limits.over(request, "new-link", key=client_key(request)):
        return private(too_many(request))
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError:
        context |= {"email": email, "error": _("Write an e-mail address like name@example.org.")}
        return private(_ask_address(request, context))
    if not request.POST.get("website"):
        signup.send_new_link(group=group, email=email)
    return private(_ask_address(request, {**context, "sent": True}))


def _ask_address(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return TemplateResponse(request, "consultations/focus_groups/new_link.html", context)
