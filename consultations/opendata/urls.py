"""Public addresses of open data: readable in each language, stable as identifiers in Spanish."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from . import views

# Written here and not in the catalogues: an address must not change when a translator finds a better word.
DATA = {"es": "datos-abiertos", "en": "open-data", "it": "dati-aperti", "pt": "dados-abertos"}


def _written(rest: str = "") -> str:
    return f"{DATA.get(get_language() or '', DATA['es'])}/{rest}"


_address = lazy(_written, str)

app_name = "open_data"
urlpatterns = [
    path(_address(), views.listing, name="list"),
    path(_address("catalog.jsonld"), views.catalogue, name="catalogue"),
    path(_address("<slug:slug>/"), views.dataset, name="dataset"),
    path(_address("<slug:slug>/<int:number>/data.csv"), views.data, name="data"),
    path(_address("<slug:slug>/<int:number>/dictionary.csv"), views.dictionary, name="dictionary"),
    path(_address("<slug:slug>/<int:number>/dcat.jsonld"), views.metadata, name="metadata"),
]
