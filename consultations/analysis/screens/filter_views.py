"""The filter, changed step by step. Nothing is kept on the server: each step is an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...enums import AnalysisScreen
from .. import filters
from ..filters import FilterError, Group
from . import choices, editing
from .choices import SHARED
from .fields import field_named
from .filter_form import ConditionForm
from .look import Look
from .pages import AnalysisPage

# What steers this page and is no choice of the screen that one comes from.
STEERING = frozenset(
    ["screen", "field", "into", "remove", "turn", "add", "operator", "options", "words", "low", "high", "p"]
)


class FilterScreen(AnalysisPage):
    """Add a condition, take one out, turn and into or; then back to the screen that one came from."""

    template_name = "consultations/admin/analysis/condition.html"

    @cached_property
    def screen(self) -> AnalysisScreen:  # type: ignore[override]  # here it is in the address
        given = self.request.GET.get("screen", "")
        return AnalysisScreen(given) if given in AnalysisScreen.values else AnalysisScreen.OVERVIEW

    def get_page_subtitle(self) -> str:
        return _("Filter")

    @cached_property
    def own_query(self) -> dict[str, str]:
        given = self.request.GET.dict()
        return {name: value for name, value in given.items() if name not in STEERING and name not in SHARED}

    trouble: FilterError | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A condition that is refused is said in its form, and the filter stays as it was."""
        try:
            if self.look and (changed := self._changed(self.look)) is not None:
                _ = self.look.with_filter(changed).rows
                return self.back(self.look, changed)
        except FilterError as error:
            self.trouble = error
        return super().get(request, *args, **kwargs)

    def _changed(self, look: Look) -> Group | None:
        given = self.request.GET
        if "remove" in given:
            return editing.remove(look.tree, given["remove"])
        if "turn" in given:
            return editing.turn(look.tree, given["turn"])
        if "add" in given and (form := self.form(look)) is not None and form.is_valid():
            return _fitting(editing.add(look.tree, form.condition, into=given.get("into", "")))
        return None

    def form(self, look: Look) -> ConditionForm | None:
        field = field_named(look.frame, look.labels, self.request.GET.get("field", ""), hidden=look.hidden)
        if field is None:
            return None
        return ConditionForm(self.request.GET if "add" in self.request.GET else None, field=field)

    def back(self, look: Look, tree: Group) -> HttpResponse:
        query = replace(look.choices, tree=tree).query(**self.own_query)
        return redirect(f"{self.address()}?{query}" if query else self.address())

    def content(self, look: Look) -> dict[str, Any]:
        form = self.form(look)
        if self.trouble:
            if form is None:
                raise self.trouble
            form.add_error(None, str(self.trouble))
        if form is None:
            if self.request.GET.get("field"):
                raise FilterError(
                    _("There is no question or field called “%(name)s”.")
                    % {"name": self.request.GET["field"][:60]}
                )
            raise Http404
        return {"form": form, "field": form.about, "into": self.request.GET.get("into", "")}


def _fitting(tree: Group) -> Group:
    """Raises ``FilterError`` where it has become too large."""
    if len(filters.to_query(tree)) > choices.LONGEST:
        raise FilterError(_("The filter is too long for an address. Take some conditions out."))
    return editing.rooted(filters.from_query(filters.to_query(tree)))
