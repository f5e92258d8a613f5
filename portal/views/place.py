"""Where the reader is: a country and a clock, chosen on one small page and kept in two cookies alone."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..reader import forget, reader_country, reader_zone, remember, territory_names
from ..zones import only_zone, zone_choices, zones_of


class PlaceForm(forms.Form):
    """The country, and the clock where the country has several."""

    country = forms.ChoiceField(label=_("Country where you live"))
    timezone = forms.ChoiceField(label=_("City that shares your clock"), required=False)

    def __init__(self, data: object = None, *, country: str = "", zone: str = "") -> None:
        super().__init__(data, initial={"country": country, "timezone": zone})  # type: ignore[arg-type]  # a QueryDict
        names = sorted(territory_names().items(), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", _("Choose…")), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["timezone"].choices = [("", _("Choose…")), *zone_choices(self._country())]  # type: ignore[attr-defined]  # a ChoiceField

    def _country(self) -> str:
        return str(self.data.get("country", "") if self.is_bound else self.initial["country"])

    @property
    def asks_zone(self) -> bool:
        return len(zones_of(self._country())) > 1

    def zone(self) -> str:
        """The chosen clock, or the country's only one."""
        return self.cleaned_data["timezone"] or only_zone(self.cleaned_data["country"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Show what the reader chose, and take or drop the choice."""
    if request.method == "POST":
        return _drop(request) if "forget" in request.POST else _take(request)
    zone = reader_zone(request)
    country = request.GET.get("country", reader_country(request)).upper()
    form = PlaceForm(country=country, zone=zone.key if zone else "")
    context = {"form": form, "kept": bool(reader_country(request)), "next": request.GET.get("next", "")}
    return render(request, "portal/place.html", context)


def _take(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.POST)
    if not form.is_valid() or (form.asks_zone and not form.cleaned_data["timezone"]):
        context = {"form": form, "asked": form.asks_zone, "next": request.POST.get("next", "")}
        return render(request, "portal/place.html", context)
    response = redirect(_back(request))
    remember(response, country=form.cleaned_data["country"], zone=form.zone())
    return response


def _drop(request: HttpRequest) -> HttpResponse:
    response = redirect(_back(request))
    forget(response)
    return response


def _back(request: HttpRequest) -> str:
    """Where the reader came from, if that is on this site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and safe else reverse("place")
