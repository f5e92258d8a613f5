"""Where the link of the weekly mail leads, readable in each language."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from .views import choice

# Written here and not in the catalogues: an address must not change when a translator finds a better word.
DIGEST = {
    "es": "resumen-semanal",
    "en": "weekly-summary",
    "it": "riepilogo-settimanale",
    "pt": "resumo-semanal",
}


def _written() -> str:
    return f"{DIGEST.get(get_language() or '', DIGEST['es'])}/<str:value>/"


app_name = "digest"
urlpatterns = [path(lazy(_written, str)(), choice, name="choice")]
