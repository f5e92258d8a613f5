"""For people with an account: the focus groups that they signed up for, under any address of theirs."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portal.models import User

from ..enums import GroupStatus
from ..models import Registration
from . import letters
from .access import private, verified_addresses


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    rows = [(item, letters.said(item.group, "title")) for item in registrations_of(request)]
    context = {"registrations": rows}
    return private(TemplateResponse(request, "consultations/focus_groups/mine.html", context))


def registrations_of(request: HttpRequest) -> QuerySet[Registration]:
    """Made with the account, or with an address that it has proved to be its own; the newest first."""
    own = Q(contact__user=cast(User, request.user)) | Q(contact__email__in=verified_addresses(request))
    found = Registration.objects.filter(own).exclude(group__status=GroupStatus.DRAFT)
    return found.select_related("group").order_by("-created_at")
