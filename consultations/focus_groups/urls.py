"""The members' way through focus groups. Readable in each language; no person ever stands in an address,
but for the signed link of a mail, which leads on at once to one that says nothing."""

from collections.abc import Mapping

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.views.generic import RedirectView

from . import account_views, place_views, sign_up_views, views

# Written here and not in the catalogues: an address must not change when a translator finds a better word.
Words = Mapping[str, str]
GROUPS: Words = {"es": "grupos-focales", "en": "focus-groups", "it": "focus-group", "pt": "grupos-focais"}
SIGN_UP: Words = {"es": "inscripcion", "en": "sign-up", "it": "iscrizione", "pt": "inscricao"}
SENT: Words = {"es": "enviada", "en": "sent", "it": "inviata", "pt": "enviada"}
PLACE: Words = {"es": "mi-lugar", "en": "my-place", "it": "il-mio-posto", "pt": "meu-lugar"}
NEW_LINK: Words = {"es": "enlace-nuevo", "en": "new-link", "it": "nuovo-link", "pt": "novo-link"}
DRAW: Words = {"es": "sorteo", "en": "draw", "it": "sorteggio", "pt": "sorteio"}
MINE: Words = {"es": "mis-grupos", "en": "my-groups", "it": "i-miei-gruppi", "pt": "meus-grupos"}


def _own_word(words: Words) -> str:
    return words.get(get_language() or "", words["es"])


def _written(*parts: Words | str) -> str:
    return "/".join(part if isinstance(part, str) else _own_word(part) for part in parts)


_address = lazy(_written, str)
SLUG = "<slug:slug>"

app_name = "focus_groups"
urlpatterns = [
    path(_address(GROUPS, ""), views.group_list, name="list"),
    path(_address(GROUPS, SLUG, ""), views.group_page, name="group"),
    path(_address(GROUPS, SLUG, DRAW, "<int:number>.json"), views.draw_document, name="draw"),
    path(_address(GROUPS, SLUG, SIGN_UP, ""), sign_up_views.sign_up, name="sign_up"),
    path(_address(GROUPS, SLUG, SIGN_UP, SENT, ""), sign_up_views.sent, name="sent"),
    path(_address(GROUPS, SLUG, PLACE, ""), place_views.place, name="place"),
    path(_address(GROUPS, SLUG, PLACE, "data.json"), place_views.my_data, name="my_data"),
    path(_address(GROUPS, SLUG, NEW_LINK, ""), place_views.new_link, name="new_link"),
    path(_address(PLACE, "<str:token>", ""), place_views.open_link, name="open"),
    path(_address(MINE, ""), account_views.mine, name="mine"),
]
# The word of another language leads to the right one: /en/grupos-focales/ goes to /en/focus-groups/.
for _word in sorted(set(GROUPS.values())):
    urlpatterns += [
        path(f"{_word}/", RedirectView.as_view(pattern_name="focus_groups:list", query_string=True)),
        path(f"{_word}/{SLUG}/", RedirectView.as_view(pattern_name="focus_groups:group")),
    ]
