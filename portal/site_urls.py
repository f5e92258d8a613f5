"""Addresses of the site that are no pages, each with a word in each language."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from .views.languages import untranslated
from .views.place import place
from .views.search import search

# Written here and not in the catalogues: an address must not change when a translator finds a better word.
SEARCH = {"es": "buscar", "en": "search", "it": "cerca", "pt": "busca"}
PLACE = {"es": "su-lugar", "en": "your-place", "it": "il-suo-luogo", "pt": "seu-lugar"}
UNTRANSLATED = {"es": "sin-traducir", "en": "untranslated", "it": "da-tradurre", "pt": "sem-traducao"}


def _word(words: dict[str, str], rest: str = "") -> str:
    return f"{words.get(get_language() or '', words['es'])}/{rest}"


_address = lazy(_word, str)

urlpatterns = [
    path(_address(SEARCH), search, name="search"),
    path(_address(PLACE), place, name="place"),
    path(_address(UNTRANSLATED, "<int:page_id>/"), untranslated, name="untranslated"),
]
