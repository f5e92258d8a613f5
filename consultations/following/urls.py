"""Results by mail. The address says which consultation; what stands in the link of a mail is signed."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from . import views

# Written here and not in the catalogues: an address must not change when a translator finds a better word.
WORD = {
    "es": "resultados-por-correo",
    "en": "results-by-mail",
    "it": "risultati-per-posta",
    "pt": "resultados-por-e-mail",
}


def _written(rest: str) -> str:
    return f"{WORD.get(get_language() or '', WORD['es'])}/<slug:slug>/{rest}"


_address = lazy(_written, str)

app_name = "following"
urlpatterns = [
    path(_address(""), views.ask, name="ask"),
    path(_address("<str:token>/"), views.link, name="link"),
]
