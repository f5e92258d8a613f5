"""The frame that the screens of analysis share: tabs, filter, choices, and what is said without figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from ... import rules
from ...enums import AnalysisScreen
from ...models import Consultation
from ...planning.views import crumbs_to
from .. import filters, snapshot
from ..filters import Condition, FilterError
from ..scope import whole_consultations_visible_to
from . import phrases, protecting
from .choices import BASE, LANGUAGE, WEIGHTS, Base
from .editing import NEW, Node, groups, outline
from .fields import field_groups
from .look import Look
from .look_page import LookPage
from .saved import views_visible_to

ADDRESSES: dict[AnalysisScreen, str] = {
    AnalysisScreen.OVERVIEW: "analysis_overview",
    AnalysisScreen.QUESTIONS: "analysis_questions",
    AnalysisScreen.CROSS_TAB: "analysis_crosstab",
    AnalysisScreen.SAMPLE: "analysis_sample",
}
CHOSEN_BY_FORM = (WEIGHTS, BASE, LANGUAGE)
# Shown in place of a template of its own, with the reason.
PREPARING, REFUSED = "preparing", "refused"


class AnalysisPage(LookPage):
    """``screen`` is the tab. ``own_choices`` are names in the address that are this screen's alone."""

    screen: AnalysisScreen
    own_choices: tuple[str, ...] = ()
    offers_base = False
    header_icon = "view"
    refusal = ""

    @property
    def chosen(self) -> dict[str, str]:
        return self.request.GET.dict()

    def get_page_title(self) -> str:
        return _("Analysis")

    def get_page_subtitle(self) -> str:
        return str(self.screen.label)

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A filter that cannot be used is explained, with the way back to everything."""
        try:
            state = "" if self.look else PREPARING
            content = self.content(self.look) if self.look else {}
        except FilterError as error:
            self.refusal, state, content = str(error), REFUSED, {}
        if state:
            self.template_name = f"consultations/admin/analysis/{state}.html"
        context = self.get_context_data(state=state, **content)
        return self.render_to_response(context, status=400 if state == REFUSED else 200)

    def content(self, look: Look) -> dict[str, Any]:
        """What the screen shows. May raise ``FilterError``."""
        raise NotImplementedError

    def get_context_data(self, *, state: str = "", **kwargs: Any) -> dict[str, Any]:
        shared = self._shared(self.look) if not state and self.look else {}
        return super().get_context_data(
            **kwargs,
            **shared,
            consultation=self.consultation,
            tabs=tabs(self.consultation, self.screen, query="" if state else self.shared_query),
            ways=ways(self.consultation, self.request.user, filtered="" if state else self.filter_query),
            here=self.address(),
            refusal=self.refusal,
        )

    def address(self) -> str:
        return reverse(ADDRESSES[self.screen], args=[self.consultation.pk])

    @cached_property
    def own_query(self) -> dict[str, str]:
        return {name: self.request.GET[name] for name in self.own_choices if self.request.GET.get(name)}

    @property
    def filter_query(self) -> str:
        return filters.to_query(self.look.tree) if self.look else ""

    @property
    def shared_query(self) -> str:
        return self.look.choices.query() if self.look else ""

    def _shared(self, look: Look) -> dict[str, Any]:
        query = look.choices.query(**self.own_query)
        return {
            "look": look,
            "query": query,
            "screen": self.screen,
            "own_query": self.own_query,
            "outline": outlined(outline(look.tree), look),
            "field_groups": field_groups(look.frame, look.labels, hidden=look.hidden),
            "nested": [(node.way, phrases.in_words(node.part, look.labels)) for node in groups(look.tree)],
            "new_group": NEW,
            "unfiltered": look.choices.without_filter().query(**self.own_query),
            "schemes": list(self.consultation.weighting_schemes.all()),
            "bases": [(base.value, label) for base, label in BASE_LABELS.items()],
            "languages": [
                (code, get_language_info(code)["name_local"]) for code in self.consultation.languages
            ],
            "saved_views": list(views_visible_to(self.person, self.consultation)),
            "people": {"number": look.total or 0, "written": look.saying.number(look.total)},
            "hidden_fields": look.choices.pairs(**self.own_query),
            # What the form of choices does not itself ask for.
            "kept_fields": [
                pair for pair in look.choices.pairs(**self.own_query) if pair[0] not in CHOSEN_BY_FORM
            ],
            "shared_query": look.choices.query(),
            "offers_base": self.offers_base,
            "protection_notes": list(protecting.notes(look)),
        }


BASE_LABELS = {
    Base.ANSWERED: gettext_lazy("those who answered"),
    Base.ASKED: gettext_lazy("those who were asked"),
}


def tabs(consultation: Consultation, current: AnalysisScreen | None, *, query: str) -> list[dict[str, Any]]:
    """The screens of analysis; the filter goes along from one to the next."""
    return [
        {
            "label": screen.label,
            "url": _with_query(reverse(name, args=[consultation.pk]), query),
            "is_current": screen is current,
        }
        for screen, name in ADDRESSES.items()
    ]


def ways(consultation: Consultation, user: rules.Anyone, *, filtered: str = "") -> list[dict[str, str]]:
    """What stands beside the screens, for those who may go there; exports take the filter along."""
    found = []
    themes = "themes" if rules.may_code_answers(user) else "themes_found"
    found.append({"label": _("Themes"), "url": reverse(themes, args=[consultation.pk])})
    if rules.may_read_single_responses(user):
        found.append({"label": _("Responses"), "url": reverse("responses_list", args=[consultation.pk])})
    query = urlencode({"filter": filtered}) if filtered else ""
    if whole_consultations_visible_to(user).filter(pk=consultation.pk).exists():
        address = reverse("document_create", args=[consultation.pk])
        found.append({"label": _("Report and codebook"), "url": _with_query(address, query)})
    if rules.may_export_responses(user):
        address = reverse("export_create", args=[consultation.pk])
        found.append({"label": _("Exports"), "url": _with_query(address, query)})
    return found


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def outlined(node: Node, look: Look) -> dict[str, Any]:
    """A part of the filter in words, with what can be done to it."""
    if isinstance(node.part, Condition):
        return {"way": node.way, "words": phrases.condition_in_words(node.part, look.labels)}
    return {
        "way": node.way,
        "word": phrases.word_of(node.part.word),
        "is_and": node.part.word == "and",
        "parts": [outlined(child, look) for child in node.children],
    }


class ReadyView(LookPage):
    """Whether there is a snapshot: what the page asks for while it is being prepared."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({"ready": snapshot.available(self.consultation) is not None})
