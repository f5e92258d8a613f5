"""Staff come in with two factors or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import User
from ..security import ADMIN_PREFIX
from ..views.errors import refused

# The only page of the admin that works before the second factor: the way out.
OPEN_PAGES = ("/admin/logout/",)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with an app, a passkey or a recovery code."""
    person = cast(User, request.user)
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))


def next_step(request: HttpRequest) -> str:
    """Where a staff member without a second factor in this session goes: confirm it, or set one up."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    back = urlencode({"next": request.get_full_path()})
    if Authenticator.Type.TOTP in kinds:
        return f"{reverse('mfa_reauthenticate')}?{back}"
    if Authenticator.Type.WEBAUTHN in kinds:
        return f"{reverse('mfa_reauthenticate_webauthn')}?{back}"
    messages.warning(request, _("Your work needs a second factor. Set up an app or a passkey to go on."))
    return reverse("mfa_index")


@receiver(authenticator_added)
def count_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Who sets up a factor has just used it: this session has both, without asking once more."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        details = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **details)


class StaffSecondFactorMiddleware:
    """No page of the admin for staff whose session has one factor only, nor for who is no staff.

    Wagtail would send the latter to the door, which sends whoever is signed in back again, for ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_desk(request) or not request.user.is_authenticated:
            return self.get_response(request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return refused(request)
        if not has_second_factor(request):
            return HttpResponseRedirect(next_step(request))
        return self.get_response(request)


def _is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(ADMIN_PREFIX) and request.path_info not in OPEN_PAGES
