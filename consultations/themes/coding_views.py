"""The coding queue: one text after another, by keyboard, by mouse, or without scripts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..lifecycle import NotAllowed
from ..models import DoubleCoding
from . import coding, openings
from .coding_forms import SentCoding, query_of, wanted_of, whole
from .desk import Desk
from .pages import ThemesPage
from .queueing import Wanted, progress, progress_blind, take_next, take_next_blind
from .side_by_side import Typed
from .visibility import is_blind, passages_visible_to


class QueuePage(ThemesPage):
    """Knows which queue somebody works through: the common one, or the sample of a double coding."""

    @cached_property
    def wanted(self) -> Wanted:
        return wanted_of(self.request.GET)

    @cached_property
    def double(self) -> DoubleCoding | None:
        key = whole(self.request.GET.get("sample"))
        own = DoubleCoding.objects.filter(consultation=self.consultation, second_coder=self.person)
        return own.filter(pk=key, closed_at__isnull=True).first() if key else None

    @property
    def query(self) -> str:
        return f"sample={self.double.pk}" if self.double else query_of(self.wanted)

    def to_next(self, after: int = 0) -> HttpResponse:
        behind = f"&after={after}" if after else ""
        return redirect(f"{reverse('themes_next', args=[self.consultation.pk])}?{self.query}{behind}")


class NextView(QueuePage):
    """Goes to the next text; says so when there is none left."""

    template_name = "consultations/admin/themes/finished.html"
    page_title = gettext_lazy("Code texts")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.frame is None:
            return redirect("themes_frame", self.consultation.pk)
        after = whole(request.GET.get("after")) or 0
        if self.double:
            passage = take_next_blind(double=self.double, by=self.person, after=after)
        else:
            passage = take_next(
                consultation=self.consultation, wanted=self.wanted, by=self.person, after=after
            )
        if passage is None:
            return super().get(request, *args, **kwargs)
        address = reverse("themes_text", args=[self.consultation.pk, passage.pk])
        return redirect(f"{address}?{self.query}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, double=self.double, last=coding.last_of(self.consultation, self.person)
        )


class TextView(QueuePage):
    """One text. What was typed stays on the page until it is saved."""

    template_name = "consultations/admin/themes/text.html"
    page_title = gettext_lazy("Code a text")
    sent: SentCoding | None = None
    typed: Typed | None = None
    # Why a translation was not kept; said beside it, since a phone shows the page from there.
    refused = ""

    def get_page_subtitle(self) -> str:
        return str(self.passage)

    @cached_property
    def desk(self) -> Desk:
        judgement = coding.own_judgement(self.passage, self.person)
        if self.sent is None:
            marks, note, doubtful = coding.marks_of(judgement), judgement.note, judgement.doubtful
        else:
            marks, note, doubtful = self.sent.marks, self.sent.note, self.sent.doubtful
        return Desk(self.passage, self.person, self.codes, marks, note, doubtful, self.typed)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        openings.record(consultation=self.consultation, passages=[self.passage], by=self.person)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_there:
            return self._go_on_without(request)
        self.sent = SentCoding.of(request.POST, self.passage.text)
        if self.sent.action == "skip":
            return self.to_next(after=self.passage.pk)
        if self.sent.action != "save":
            self.sent.marks[:] = coding.tidy(self.sent.marks, self.passage.text)
            return self.get(request, *args, **kwargs)
        return self._save(request, self.sent, *args, **kwargs)

    def _save(self, request: HttpRequest, sent: SentCoding, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            coding.save(
                passage=self.passage,
                marks=sent.marks,
                by=self.person,
                base=sent.base,
                note=sent.note,
                doubtful=sent.doubtful,
            )
        except coding.Conflict:
            messages.error(request, _("Another window of yours saved other codes. Compare, then save again."))
            return self.get(request, *args, **kwargs)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return self.get(request, *args, **kwargs)
        except coding.Gone:
            return self._go_on_without(request)
        return self.to_next(after=self.passage.pk)

    @property
    def is_there(self) -> bool:
        """An author may take an answer back while it lies on a coder's screen."""
        visible = passages_visible_to(self.request.user).filter(consultation=self.consultation)
        return visible.filter(pk=self.kwargs["passage"]).exists()

    def _go_on_without(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, _("The text was changed or taken back meanwhile. Nothing was coded."))
        return self.to_next(after=self.kwargs["passage"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blind = is_blind(self.passage, self.person)
        done = (
            progress_blind(self.double)
            if self.double
            else progress(self.consultation, self.wanted, self.person)
        )
        return super().get_context_data(
            **kwargs,
            desk=self.desk,
            refused=self.refused,
            passage=self.passage,
            blind=blind,
            double=self.double,
            progress=done,
            query=self.query,
            last=coding.last_of(self.consultation, self.person),
            shortcuts_on=_shortcuts_on(self.person),
        )


class UndoView(QueuePage):
    """Opens again what the person finished last."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        last = coding.last_of(self.consultation, self.person)
        if last is None:
            messages.warning(request, _("There is nothing to undo."))
            return self.to_next()
        coding.reopen(judgement=last, by=self.person)
        address = reverse("themes_text", args=[self.consultation.pk, last.passage_id])
        messages.success(request, _("Opened again. It counts once you save it."))
        return redirect(f"{address}?{self.query}")


def _shortcuts_on(person: Any) -> bool:
    """Wagtail lets people turn shortcuts of single letters off: ours obey."""
    profile = getattr(person, "wagtail_userprofile", None)
    return profile is None or bool(profile.keyboard_shortcuts)
