"""The quotation bank in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from .. import rules
from ..enums import QuotationStatus
from ..lifecycle import NotAllowed
from ..models import Code, Quotation
from . import openings, quotations
from .coding_forms import language_names, whole
from .pages import ThemesPage
from .permission import quotable
from .redaction import UNSEEN, Redaction
from .visibility import in_open_sample, quotations_visible_to
from .wording import Theme


class QuotationListView(ThemesPage):
    """What is in the bank, by its state. Originals are not shown here."""

    template_name = "consultations/admin/themes/quotations.html"
    page_title = gettext_lazy("Quotations")
    header_icon = "openquote"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = quotations_visible_to(self.person).filter(passage__consultation=self.consultation)
        rows = seen.select_related("passage__response", "passage__excerpt", "passage__note", "code")
        allowed = quotable(quotation.passage for quotation in rows)
        groups = [
            (status, [row for row in rows if row.status == status and row.passage_id in allowed])
            for status in reversed(QuotationStatus)
        ]
        return super().get_context_data(**kwargs, groups=groups)


class ProposeView(ThemesPage):
    """Puts a stretch of a text, or the whole, into the bank."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        start, end = whole(request.POST.get("start")), whole(request.POST.get("end"))
        code = Code.objects.filter(pk=whole(request.POST.get("code")) or 0, frame=self.frame).first()
        try:
            quotation = quotations.propose(
                passage=self.passage,
                start=start or 0,
                end=len(self.passage.text) if end is None else end,
                code=code,
                by=self.person,
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("themes_text", self.consultation.pk, self.passage.pk)
        return redirect("themes_quotation", self.consultation.pk, quotation.pk)


class QuotationView(ThemesPage):
    """Every proposal to take something out is decided by a person; then the words can be approved."""

    template_name = "consultations/admin/themes/quotation.html"
    page_title = gettext_lazy("Quotation")
    header_icon = "openquote"

    @cached_property
    def quotation(self) -> Quotation:
        seen = quotations_visible_to(self.person).filter(passage__consultation=self.consultation)
        rows = seen.select_related(
            "passage__response", "passage__excerpt", "passage__note", "code", "translated_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["quotation"])

    @cached_property
    def decisions(self) -> list[Redaction]:
        return quotations.decisions(self.quotation, quotations.ordinary_words(self.consultation))

    def crumbs(self) -> list[tuple[str, str]]:
        above = reverse("themes_quotations", args=[self.consultation.pk])
        return [*super().crumbs(), (above, _("Quotations"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passage = self.quotation.passage
        openings.record(consultation=self.consultation, passages=[passage], by=self.person)
        original = quotations.original_of(self.quotation)
        return super().get_context_data(
            **kwargs,
            quotation=self.quotation,
            original=original,
            unseen=UNSEEN,
            pieces=_pieces(original, self.decisions),
            rows=[(n, item, original[item.start : item.end]) for n, item in enumerate(self.decisions)],
            languages=[pair for pair in language_names().items() if pair[0] != passage.language],
            themes=self._themes(),
            theme_waits=in_open_sample(passage),
            may_approve=rules.may_approve_quotations(self.person),
        )

    def _themes(self) -> list[Theme]:
        """Those in use, and the one that it has."""
        if self.frame is None:
            return []
        offered = {theme.code.pk for theme in self.codes.in_use} | {self.quotation.code_id}
        return [theme for theme in self.codes.themes if theme.code.pk in offered]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = VERBS.get(request.POST.get("action", ""))
        try:
            if verb is not None:
                verb(self, request)
        except quotations.Changed:
            messages.error(request, _("Somebody else changed this quotation meanwhile. Look at it again."))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        if verb is _remove:
            return redirect("themes_quotations", self.consultation.pk)
        return redirect("themes_quotation", self.consultation.pk, self.quotation.pk)


def _redact(view: QuotationView, request: HttpRequest) -> None:
    chosen = [
        Redaction(
            start=item.start,
            end=item.end,
            kind=item.kind,
            replacement=request.POST.get(f"replacement-{n}", "[…]").strip()[:60] or "[…]",
            kept=request.POST.get(f"decision-{n}") == "keep",
        )
        for n, item in enumerate(view.decisions)
    ]
    for n, item in enumerate(chosen):
        decided = request.POST.get(f"decision-{n}") in ("keep", "replace")
        if not decided or request.POST.get(f"place-{n}") != f"{item.start}:{item.end}":
            raise NotAllowed(_("Decide about each place first."))
    chosen += _by_hand(request.POST.get("more", ""), quotations.original_of(view.quotation), chosen)
    quotations.redact(quotation=view.quotation, redactions=chosen, base=_base(request), by=view.person)
    messages.success(request, _("These are the words for publication. Read them once more, then approve."))


def _by_hand(words: str, original: str, chosen: list[Redaction]) -> list[Redaction]:
    """Further words to take out, one a line, wherever they stand and nothing was decided yet."""
    found: list[Redaction] = []
    for line in filter(None, (line.strip() for line in words.splitlines())):
        at = original.find(line)
        if at < 0:
            raise NotAllowed(_("These words are not in the quotation: %(words)s") % {"words": line})
        while at >= 0:
            new = Redaction(at, at + len(line), "name")
            if all(new.end <= other.start or other.end <= new.start for other in (*chosen, *found)):
                found.append(new)
            at = original.find(line, at + len(line))
    return found


def _translate(view: QuotationView, request: HttpRequest) -> None:
    language = request.POST.get("language", "")
    if language not in language_names():
        raise NotAllowed(_("Choose a language and write the translation."))
    quotations.translate(
        quotation=view.quotation,
        language=language,
        text=request.POST.get("translation", ""),
        checked="checked" in request.POST,
        base=_base(request),
        by=view.person,
    )


def _put_under(view: QuotationView, request: HttpRequest) -> None:
    key = whole(request.POST.get("code"))
    code = get_object_or_404(Code, pk=key, frame=view.frame) if key else None
    quotations.put_under(quotation=view.quotation, code=code, base=_base(request), by=view.person)
    messages.success(request, _("The theme of the quotation was kept."))


def _approve(view: QuotationView, request: HttpRequest) -> None:
    quotations.approve(quotation=view.quotation, base=_base(request), by=view.person)
    messages.success(request, _("Approved: reports and pages may use it."))


def _remove(view: QuotationView, request: HttpRequest) -> None:
    quotations.remove(quotation=view.quotation, by=view.person)
    messages.success(request, _("The quotation is gone from the bank."))


VERBS = {
    "redact": _redact,
    "theme": _put_under,
    "translate": _translate,
    "approve": _approve,
    "remove": _remove,
}


def _base(request: HttpRequest) -> int:
    return whole(request.POST.get("base")) or 0


def _pieces(original: str, decisions: list[Redaction]) -> list[tuple[str, bool]]:
    """The original cut at what has to be decided: words, and whether they are asked about."""
    pieces, at = [], 0
    for item in decisions:
        pieces += [(original[at : item.start], False), (original[item.start : item.end], True)]
        at = item.end
    return [piece for piece in [*pieces, (original[at:], False)] if piece[0]]
