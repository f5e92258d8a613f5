"""Turning the weekly mail off and on: opening the link shows, pressing the button acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import choosing, links


# Mail programs post without a token of ours; the signed link is the key, and can do nothing else.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, value: str) -> HttpResponse:
    user = links.opened(value)
    if user is None:
        return render(request, "consultations/digest/gone.html", status=404)
    if request.method == "POST":
        verb = choosing.accept if request.POST.get("want") == "1" else choosing.refuse
        verb(user=user)
    context = {"wants": choosing.wants(user), "changed": request.method == "POST"}
    return render(request, "consultations/digest/choice.html", context)
