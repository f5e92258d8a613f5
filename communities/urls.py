"""Addresses of places. ``urlpatterns`` lie under a language; ``without_language`` are the same in all."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.views.generic import RedirectView

from .places import views

app_name = "communities"

# Part of an address in each language. Written here and not in the catalogues: addresses must not change
# when a translator finds a better word.
OFFICES = {
    "es": "oficinas",
    "en": "offices",
    "it": "uffici",
    "pt": "unidades-consulares",
    "quy": "oficinas",
}


def _offices() -> str:
    return f"{OFFICES.get(get_language() or '', OFFICES['es'])}/"


def _office() -> str:
    return f"{_offices()}<slug:slug>/"


urlpatterns = [
    path(lazy(_offices, str)(), views.office_list, name="office_list"),
    path(lazy(_office, str)(), views.office_detail, name="office_detail"),
]
# The word of another language leads to the right one: /en/oficinas/ goes to /en/offices/.
for _word in sorted(set(OFFICES.values())):
    urlpatterns += [
        path(f"{_word}/", RedirectView.as_view(pattern_name="communities:office_list", query_string=True)),
        path(f"{_word}/<slug:slug>/", RedirectView.as_view(pattern_name="communities:office_detail")),
    ]

without_language = [
    path("textile/<str:code>.svg", views.country_cloth, name="country_cloth"),
]
