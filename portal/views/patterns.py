"""The living pattern page: every component in its states, for whoever builds the next page."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def patterns(request: HttpRequest) -> HttpResponse:
    """Linked from the addresses in development only."""
    return render(request, "dev/patterns.html", {"closes": timezone.now() + timedelta(days=20)})
