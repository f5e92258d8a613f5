"""Earlier consultations in the admin: send a file, name its columns, look at the faults, have it stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal.admin_pages import AdminPage

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..enums import WaveStatus
from ..lifecycle import NotAllowed
from ..models import Consultation, WaveImport
from ..planning.views import crumbs_to
from . import importing
from .faults import alike
from .forms import ColumnsForm, FileForm, WaveForm
from .mapping import Plan
from .outline import Outline
from .unreadable import Unreadable

BUSY = {
    WaveStatus.READING: gettext_lazy("A worker reads the file."),
    WaveStatus.CHECKING: gettext_lazy("A worker checks every row."),
    WaveStatus.STORING: gettext_lazy("A worker stores the answers."),
}
STAGES = (
    (gettext_lazy("Send the file"), {WaveStatus.READING, WaveStatus.UNREADABLE}),
    (gettext_lazy("Name the columns"), {WaveStatus.UPLOADED}),
    (gettext_lazy("Check the rows"), {WaveStatus.CHECKING, WaveStatus.REFUSED}),
    (gettext_lazy("Store the answers"), {WaveStatus.CHECKED, WaveStatus.STORING}),
    (gettext_lazy("Compare"), {WaveStatus.STORED}),
)


class WavePage(AdminPage):
    page_title = gettext_lazy("Earlier consultations")
    header_icon = "history"

    def may_enter(self) -> bool:
        return rules.may_import_waves(self.request.user)


class WaveListView(WavePage):
    """What was brought in to be compared with a consultation, and the form for the next file."""

    template_name = "consultations/admin/waves/list.html"

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.person), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> WaveForm:
        return WaveForm(self.request.POST or None, self.request.FILES or None)

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waves = self.consultation.wave_imports.select_related("uploaded_by", "wave")
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            form=self.form,
            waves=waves,
            can_be_sent=self.consultation.current_version is not None,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        data = self.form.cleaned_data
        try:
            wave = importing.upload(
                like=self.consultation,
                title=data["title"],
                source=data["source"],
                collected_on=data["collected_on"],
                content=data["answers"].read(),
                file_name=data["answers"].name,
                by=self.person,
            )
        except (Unreadable, NotAllowed) as refusal:
            self.form.add_error("answers", str(refusal))
            return self.get(request, *args, **kwargs)
        return redirect("wave_detail", wave.pk)


class WaveDetailView(WavePage):
    """One file on its way in. What the form needs is in the outline: the file itself is for workers."""

    template_name = "consultations/admin/waves/detail.html"

    @cached_property
    def wave(self) -> WaveImport:
        visible = WaveImport.objects.filter(like__in=whole_consultations_visible_to(self.person))
        return get_object_or_404(visible.select_related("like", "wave"), pk=self.kwargs["wave"])

    @cached_property
    def form(self) -> ColumnsForm | None:
        version, outline = self.wave.like.current_version, Outline.from_json(self.wave.outline)
        if self.wave.status not in WaveStatus.nameable or version is None or not outline.columns:
            return None
        return ColumnsForm(
            self._sent("name"),
            outline=outline,
            definition=version.definition,
            plan=Plan.from_json(self.wave.plan),
        )

    @cached_property
    def file_form(self) -> FileForm | None:
        if self.wave.status not in WaveStatus.open:
            return None
        sent = self._sent("replace")
        return FileForm(sent, self.request.FILES if sent else None, auto_id="another_%s")

    def _sent(self, verb: str) -> QueryDict | None:
        return self.request.POST if self.request.POST.get("verb") == verb else None

    def get_page_subtitle(self) -> str:
        return str(self.wave)

    def crumbs(self) -> list[tuple[str, str]]:
        above = reverse("wave_list", args=[self.wave.like_id])
        return [*crumbs_to(self.wave.like), (above, _("Earlier consultations"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave, report = self.wave, self.wave.report
        return super().get_context_data(
            **{**kwargs, "wave": wave},
            report=report,
            error=str(Unreadable.from_json(report["error"])) if "error" in report else "",
            form=self.form,
            file_form=self.file_form,
            faults=alike(report.get("faults", [])),
            stages=[(label, wave.status in here) for label, here in STAGES],
            busy=BUSY.get(WaveStatus(wave.status), ""),
            is_busy=wave.status in WaveStatus.busy,
            is_refused=wave.status == WaveStatus.REFUSED,
            can_be_taken=wave.status in (WaveStatus.CHECKED, WaveStatus.REFUSED) and report.get("good"),
            is_stored=wave.status == WaveStatus.STORED,
            is_compared=wave.wave_id is not None and wave.wave_id == wave.like.previous_wave_id,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        form = {"name": self.form, "replace": self.file_form}.get(verb)
        if form is not None and not form.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            self._act(verb)
        except Unreadable as refusal:
            assert self.file_form is not None  # noqa: S101  (only sending a file is refused like this)
            self.file_form.add_error("answers", str(refusal))
            return self.get(request, *args, **kwargs)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("wave_detail", self.wave.pk)

    def _act(self, verb: str) -> None:
        if verb == "name" and self.form is not None:
            importing.name_columns(wave=self.wave, plan=self.form.named(), by=self.person)
        elif verb == "replace" and self.file_form is not None:
            file = self.file_form.cleaned_data["answers"]
            importing.replace(wave=self.wave, content=file.read(), file_name=file.name, by=self.person)
        elif verb == "take":
            leave_out = self.request.POST.get("leave_out") == "1"
            importing.take(wave=self.wave, leave_out=leave_out, by=self.person)
        elif verb == "give_up":
            importing.give_up(wave=self.wave, by=self.person)
