from __future__ import annotations

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import User


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that an account has, on one page."""
    person = cast(User, request.user)
    return render(request, "account/overview.html", {"has_second_factor": is_mfa_enabled(person)})
