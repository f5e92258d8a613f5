"""The participants' way. Readable in each language; no code and no person ever stands in an address."""

from collections.abc import Mapping

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.utils.functional import lazy
from django.utils.translation import get_language

from .answering import code_views, finish_views, page_views, views

# Written here and not in the catalogues: an address must not change when a translator finds a better word.
Words = Mapping[str, str]
RESPOND: Words = {"es": "responder", "en": "respond", "it": "rispondere", "pt": "responder"}
START: Words = {"es": "empezar", "en": "start", "it": "inizio", "pt": "iniciar"}
RESUME: Words = {"es": "seguir", "en": "resume", "it": "riprendere", "pt": "continuar"}
REVIEW: Words = {"es": "revisar", "en": "review", "it": "controllare", "pt": "revisar"}
RECEIPT: Words = {"es": "comprobante", "en": "receipt", "it": "ricevuta", "pt": "comprovante"}
COPY: Words = {"es": "copia", "en": "copy", "it": "copia", "pt": "copia"}
CODE: Words = {"es": "codigo", "en": "code", "it": "codice", "pt": "codigo"}
WITHDRAW: Words = {"es": "retirar", "en": "withdraw", "it": "ritirare", "pt": "retirar"}
PAPER: Words = {"es": "en-papel", "en": "on-paper", "it": "su-carta", "pt": "em-papel"}
FORGET: Words = {"es": "olvidar", "en": "forget", "it": "dimenticare", "pt": "esquecer"}


class CopyFormat(StringConverter):
    regex = "html|txt"


register_converter(CopyFormat, "copy_format")


def _own_word(words: Words) -> str:
    return words.get(get_language() or "", words["es"])


def _written(words: Words | None, rest: str) -> str:
    return f"{_own_word(RESPOND)}/<slug:slug>/{_own_word(words) if words else ''}{rest}"


_address = lazy(_written, str)

app_name = "answering"
urlpatterns = [
    path(_address(None, ""), views.landing, name="landing"),
    path(_address(PAPER, "/"), views.paper, name="paper"),
    path(_address(START, "/"), code_views.start, name="start"),
    path(_address(RESUME, "/"), code_views.resume, name="resume"),
    path(_address(None, "<int:number>/"), page_views.page, name="page"),
    path(_address(REVIEW, "/"), finish_views.review, name="review"),
    path(_address(RECEIPT, "/"), finish_views.receipt, name="receipt"),
    path(_address(COPY, ".<copy_format:format>"), finish_views.copy, name="copy"),
    path(_address(CODE, "/"), code_views.code, name="code"),
    path(_address(CODE, "/mail/"), code_views.send_code, name="send_code"),
    path(_address(WITHDRAW, "/"), finish_views.withdraw, name="withdraw"),
    path(_address(FORGET, "/"), finish_views.forget, name="forget"),
]
