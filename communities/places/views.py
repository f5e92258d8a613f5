"""The public pages about consular offices, and the cloth that each country has."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_countries.data import COUNTRIES

from ..models import ConsularOffice, Country
from . import listing, textile
from .clocks import clocks_of


class OfficeSearchForm(forms.Form):
    """What to look for, and in which country. Without a country, in all of them."""

    q = forms.CharField(label=_("City, region or country"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: object, countries: list[Country]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        named = [(country.code, country.name) for country in countries]
        self.fields["country"].choices = [("", _("All countries")), *named]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def is_filtered(self) -> bool:
        return any(self.data.get(field) for field in self.fields)


@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    offices = listing.all_offices()
    form = OfficeSearchForm(request.GET, listing.countries_of(offices))
    found = listing.search(offices, **form.cleaned_data) if form.is_valid() else []
    context = {"form": form, "groups": listing.by_country(found), "found": len(found), "total": len(offices)}
    return render(request, "communities/office_list.html", context)


@require_safe
def office_detail(request: HttpRequest, slug: str) -> HttpResponse:
    offices = ConsularOffice.objects.select_related("country").prefetch_related("districts__country")
    office: ConsularOffice = get_object_or_404(offices, slug=slug)
    others = [other for other in listing.offices_in(office.country_id) if other != office]
    context = {"office": office, "moments": clocks_of(office), "others": others}
    return render(request, "communities/office_detail.html", context)


@require_safe
def country_cloth(request: HttpRequest, code: str) -> HttpResponse:
    """Drawn without the database, and kept by browsers for a year: its address has an edition."""
    if code not in COUNTRIES:
        return HttpResponseNotFound()  # an image: nobody reads the page that says so
    response = HttpResponse(textile.draw(code), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
