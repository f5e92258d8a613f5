"""What was found, for everybody who may see figures; and one theme with all that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import rules
from ..analysis.crosstabs import CrossTab
from ..analysis.screens.look_page import PREPARING, LookPage
from . import evidence, openings
from .outlook import Outlook
from .pages import ThemesPage
from .tallies import counts
from .wording import Theme


@dataclass(frozen=True)
class CountryLine:
    """People of one country: all whose answers were coded, and those who speak of the theme."""

    label: str
    coded: int | None
    speaking: int | None
    share: float | None

    @property
    def place(self) -> tuple[int, str]:
        return -(self.coded or 0), self.label


class FoundView(LookPage, ThemesPage):
    """The themes in numbers. Nobody needs the right to read texts for that, only to see figures."""

    template_name = "consultations/admin/themes/found.html"
    page_title = gettext_lazy("Themes")

    @cached_property
    def outlook(self) -> Outlook:
        if self.look is None:
            raise Http404
        return Outlook(self.look, self.codes)

    @property
    def reads_texts(self) -> bool:
        """Whoever may see texts of this very consultation, and not figures of it alone."""
        visible = rules.may_code_answers(self.request.user) and not self.outlook.protection.applies
        return visible and not self.outlook.look.scope

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.frame is not None and self.look is None:
            self.template_name = PREPARING
        return super().get(request, *args, **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        above = "themes" if rules.may_code_answers(self.request.user) else "themes_found"
        address = reverse(above, args=[self.consultation.pk])
        return [*super().crumbs()[:-1], (address, _("Themes"))]

    def content(self) -> dict[str, Any]:
        return {"lines": self.outlook.lines}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content: dict[str, Any] = {}
        if self.frame is not None and self.look is not None:
            content = {
                "outlook": self.outlook,
                "minimum": self.outlook.protection.minimum,
                "reads_texts": self.reads_texts,
                **self.content(),
            }
        return super().get_context_data(**kwargs, **content)


class ThemeView(FoundView):
    """One theme: how many speak of it, where they live, and what they said, in answers and in groups."""

    template_name = "consultations/admin/themes/theme.html"

    @cached_property
    def theme(self) -> Theme:
        found = [theme for theme in self.codes.themes if theme.code.pk == self.kwargs["code"]]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def keys(self) -> list[int]:
        return [self.theme.code.pk, *self.codes.tree.descendants(self.theme.code.pk)]

    def get_page_title(self) -> str:
        return str(self.theme.code)

    def content(self) -> dict[str, Any]:
        table = self.outlook.by_country(self.theme.code)
        below = self.codes.tree.below.get(self.theme.code.pk, [])
        return {
            "theme": self.theme,
            "path": self.codes.path(self.theme.code.pk),
            "line": self.outlook.line(self.theme),
            "below": [self.outlook.line(t) for t in self.codes.themes if t.code.pk in below],
            "countries": [] if table is None else self._countries(table),
            "quotations": evidence.quoted(self.consultation, self.keys),
            **(self._evidence() if self.reads_texts else {}),
        }

    def _countries(self, table: CrossTab) -> list[CountryLine]:
        """The countries with the most people first; those that are told of together at the end."""
        labels, one = self.outlook.look.labels, table.tables[0]
        found = [
            (category, cells[0], total)
            for category, cells, total in zip(table.rows.categories, one.cells, one.row_totals, strict=True)
            if total.count != 0
        ]
        lines = [
            (
                bool(category.parts),
                CountryLine(
                    labels.category(table.rows.field, category), total.count, cell.count, cell.of_row
                ),
            )
            for category, cell, total in found
        ]
        return [line for _last, line in sorted(lines, key=lambda each: (each[0], *each[1].place))]

    def _evidence(self) -> dict[str, Any]:
        found = {count.code.pk: count for count in counts(self.consultation)}
        count = found.get(self.theme.code.pk)
        if count is None:
            return {}
        sides = evidence.sides(self.consultation, count, self.keys, self.person)
        self._record(sides)
        return {"sides": sides, "count": count}

    def _record(self, sides: Sequence[evidence.Side]) -> None:
        passages = [voice.passage for side in sides for voice in side.voices]
        if passages:
            openings.record(consultation=self.consultation, passages=passages, by=self.person)
