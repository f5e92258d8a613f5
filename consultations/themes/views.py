"""The themes of a consultation at a glance, and the list of its texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal import audit

from ..enums import TextSource
from ..models import DoubleCoding, Passage
from . import collecting, openings, queueing
from .coding_forms import WHOSE, language_names, query_of, wanted_of, whole
from .open_answers import open_answers
from .outlook import theme_protection
from .pages import ThemesPage, coders
from .protected import protected_themes
from .suggestions import newest
from .tallies import ThemeCount, counts
from .visibility import judgements_visible_to, passages_visible_to

PER_PAGE = 25
FILTERED = ("source", "answer", "language", "state", "theme")


class NarrowedPage(ThemesPage):
    """Offers to narrow the texts by source, question, language and coder; the address holds the choice."""

    @cached_property
    def wanted(self) -> queueing.Wanted:
        return wanted_of(self.request.GET)

    @property
    def narrowing(self) -> dict[str, Any]:
        found = queueing.by_kind(self.consultation, self.person)
        labels = {answer.name: answer.label_in(self.language) for answer in open_answers(self.consultation)}
        names = language_names()
        return {
            "wanted": self.wanted,
            "query": query_of(self.wanted),
            "sources": [(key, TextSource(key).label, count) for key, count in found["source"]],
            "answers": [(key, labels.get(key, key), count) for key, count in found["answer"]],
            "languages": [(key, names.get(key, key), count) for key, count in found["language"]],
            "whose": WHOSE,
        }

    @property
    def language(self) -> str:
        return get_language() or ""


class ThemesView(NarrowedPage):
    """How far coding is, and what was found so far."""

    template_name = "consultations/admin/themes/overview.html"
    page_title = gettext_lazy("Themes")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        collecting.queue(self.consultation)
        return super().get(request, *args, **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        return super().crumbs()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = counts(self.consultation)
        own = DoubleCoding.objects.filter(consultation=self.consultation, second_coder=self.person)
        return super().get_context_data(
            **kwargs,
            **self.narrowing,
            progress=queueing.progress(self.consultation, self.wanted, self.person),
            rows=self._rows(found),
            base=found[0].base if found else None,
            samples=own.filter(closed_at__isnull=True),
            training=newest(self.consultation),
            coders=coders() if self.frame else [],
        )

    def _rows(self, found: list[ThemeCount]) -> list[dict[str, Any]]:
        """Each theme as the person may see it; where its texts come from only without anything kept back."""
        protection = theme_protection(self.person, self.consultation)
        shown = protected_themes(found, protection)
        return [
            {"shown": theme, "count": None if protection.applies else count}
            for theme, count in zip(shown, found, strict=True)
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Share the uncoded texts out among coders."""
        chosen = list(coders().filter(pk__in=[whole(key) or 0 for key in request.POST.getlist("coder")]))
        if not chosen:
            messages.error(request, _("Choose at least one coder."))
        else:
            number = queueing.share_out(
                consultation=self.consultation, wanted=self.wanted, among=chosen, by=self.person
            )
            messages.success(request, _("%(number)s texts were shared out.") % {"number": number})
        return redirect(f"{reverse('themes', args=[self.consultation.pk])}?{query_of(self.wanted)}")


class TextsView(NarrowedPage):
    """Texts to read, with the codes that count."""

    template_name = "consultations/admin/themes/texts.html"
    page_title = gettext_lazy("Texts")

    @cached_property
    def state(self) -> str:
        state = self.request.GET.get("state", "")
        return state if state in ("coded", "uncoded", "doubtful") else ""

    @cached_property
    def theme(self) -> int | None:
        return whole(self.request.GET.get("theme"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self._passages(), PER_PAGE).get_page(self.request.GET.get("p"))
        passages = list(page.object_list)
        openings.record(consultation=self.consultation, passages=passages, by=self.person)
        self._record_filter()
        return super().get_context_data(
            **kwargs,
            **self.narrowing,
            state=self.state,
            theme=self.theme,
            themes=self.codes.themes if self.frame else [],
            page=page,
            rows=self._rows(passages),
        )

    def _record_filter(self) -> None:
        """By what single texts were picked out, once for all pages of a list."""
        named = {name: value for name in FILTERED if (value := self.request.GET.get(name, "")[:80])}
        if named and "p" not in self.request.GET:
            audit.record("texts.filtered", target=self.consultation, by=self.person, **named)

    def _passages(self) -> Any:
        wanted = replace(self.wanted, whose=queueing.ANYONE)
        rows = wanted.of(passages_visible_to(self.person).filter(consultation=self.consultation), self.person)
        seen = judgements_visible_to(self.person).counting()
        if self.state == "coded":
            rows = rows.filter(pk__in=seen.values("passage"))
        if self.state == "uncoded":
            rows = rows.uncoded()
        if self.state == "doubtful":
            rows = rows.filter(pk__in=seen.filter(doubtful=True).values("passage"))
        if self.theme and self.frame and self.theme in self.codes.by_key:
            keys = [self.theme, *self.codes.tree.descendants(self.theme)]
            rows = rows.filter(pk__in=seen.filter(codings__code__in=keys).values("passage"))
        return rows.with_texts().order_by("pk")

    def _rows(self, passages: list[Passage]) -> list[dict[str, Any]]:
        """Each text with the judgement that counts, unless a double coding hides it."""
        seen = judgements_visible_to(self.person).counting().filter(passage__in=passages)
        found = {j.passage_id: j for j in seen.select_related("coder").prefetch_related("codings__code")}
        return [{"passage": passage, "judgement": found.get(passage.pk)} for passage in passages]
