"""Code frames in the admin: the tree, one code, the way in and out as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from portal import audit
from portal.admin_pages import AdminPage

from .. import rules
from ..lifecycle import NotAllowed
from ..models import Code, CodeFrame
from . import collecting, frame_files, frames
from .coding_forms import whole
from .frame_forms import CodeForm, CodeFrameForm, FrameFileForm, UseForm
from .frame_uses import texts_by_code, used_codes
from .pages import ThemesPage
from .wording import Codes, codes_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UseFrameView(ThemesPage):
    """Chooses the frame of a consultation."""

    template_name = "consultations/admin/themes/use_frame.html"
    page_title = gettext_lazy("Code frame of this consultation")

    def may_enter(self) -> bool:
        return super().may_enter() and rules.may_change_code_frames(self.request.user)

    @cached_property
    def form(self) -> UseForm:
        return UseForm(
            self.request.POST or None, consultation=self.consultation, language=get_language() or ""
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, form=self.form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        data = self.form.cleaned_data
        try:
            frames.use(
                consultation=self.consultation,
                frame=data["frame"],
                questions=data["questions"],
                by=self.person,
            )
        except NotAllowed as refusal:
            self.form.add_error("frame", str(refusal))
            return self.get(request, *args, **kwargs)
        collecting.queue(self.consultation)
        return redirect("themes", self.consultation.pk)


class FramesPage(AdminPage):
    header_icon = "tag"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def may_enter(self) -> bool:
        return rules.may_change_code_frames(self.request.user)

    def crumbs(self) -> list[tuple[str, str]]:
        return [(reverse("code_frames"), _("Code frames"))]


class FrameListView(FramesPage):
    template_name = "consultations/admin/themes/frames.html"
    page_title = gettext_lazy("Code frames")

    @cached_property
    def form(self) -> CodeFrameForm:
        return CodeFrameForm(self.request.POST or None)

    def crumbs(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = CodeFrame.objects.annotate(
            size=Count("codes", distinct=True), users=Count("uses", distinct=True)
        )
        return super().get_context_data(**kwargs, frames=listed, form=self.form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        frame = self.form.save()
        audit.record("code_frame.added", target=frame, by=self.person)
        return redirect("code_frame", frame.pk)


class FrameView(FramesPage):
    """The tree of one frame; its buttons move, retire, restore and delete."""

    template_name = "consultations/admin/themes/frame.html"
    problems: list[str] = []

    @cached_property
    def file_form(self) -> FrameFileForm:
        return FrameFileForm()

    def get_page_title(self) -> str:
        return str(self.code_frame)

    @cached_property
    def code_frame(self) -> CodeFrame:
        return get_object_or_404(CodeFrame, pk=self.kwargs["frame"])

    @cached_property
    def codes(self) -> Codes:
        return codes_of(self.code_frame)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "code_frame": self.code_frame,
            "rows": self._rows(),
            "users": self.code_frame.uses.select_related("consultation"),
            "file_form": self.file_form,
            "problems": self.problems,
        }
        return super().get_context_data(**{**context, **kwargs})

    def _rows(self) -> list[dict[str, Any]]:
        used = used_codes(self.code_frame)
        texts = texts_by_code(self.code_frame, self.request.user)
        return [
            {
                "theme": theme,
                "is_used": theme.code.pk in used,
                "texts": None if texts is None else texts.get(theme.code.pk, 0),
            }
            for theme in self.codes.themes
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name, _colon, key = request.POST.get("action", "").partition(":")
        verb = VERBS.get(name)
        code = get_object_or_404(self.code_frame.codes.all(), pk=whole(key) or 0)
        try:
            if verb is not None:
                verb(code, request)
                if name in DONE:
                    messages.success(request, DONE[name] % {"code": code})
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{reverse('code_frame', args=[self.code_frame.pk])}#code-{key}")


class FrameImportView(FrameView):
    """Takes a table of codes, all of it or nothing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FrameFileForm(request.POST, request.FILES)
        if not form.is_valid():
            self.file_form = form
            return self.get(request, *args, **kwargs)
        try:
            rows = frame_files.read(form.cleaned_data["file"].read(frame_files.LARGEST + 1))
            done = frame_files.take(frame=self.code_frame, rows=rows, by=self.person)
        except frame_files.Refused as refusal:
            self.problems = refusal.problems
            return self.get(request, *args, **kwargs)
        messages.success(
            request,
            _("%(added)s codes were added, %(changed)s changed.")
            % {"added": done.added, "changed": done.changed},
        )
        return redirect("code_frame", self.code_frame.pk)


class CodeView(FrameView):
    """One code in all languages: a new one, or one to change; and merging it into another."""

    template_name = "consultations/admin/themes/code.html"

    @cached_property
    def code(self) -> Code:
        if "code" not in self.kwargs:
            above = Code.objects.filter(pk=whole(self.request.GET.get("below")) or 0).first()
            fits = above if above and above.frame_id == self.code_frame.pk else None
            colour = {"colour": fits.colour} if fits else {}
            return Code(frame=self.code_frame, parent=fits, **colour)
        return get_object_or_404(self.code_frame.codes.all(), pk=self.kwargs["code"])

    @cached_property
    def form(self) -> CodeForm:
        return CodeForm(self.request.POST or None, instance=self.code)

    def get_page_title(self) -> str:
        return str(self.code) if self.code.pk else _("New code")

    def crumbs(self) -> list[tuple[str, str]]:
        own = reverse("code_frame", args=[self.code_frame.pk])
        return [*super().crumbs(), (own, str(self.code_frame))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = [theme for theme in self.codes.in_use if theme.code.pk != self.code.pk]
        return super().get_context_data(**kwargs, form=self.form, code=self.code, others=others)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "into" in request.POST and self.code.pk:
            return self._merge(request)
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            frames.save(code=self.form.save(commit=False), by=self.person)
        except NotAllowed as refusal:
            self.form.add_error(None, str(refusal))
            return self.get(request, *args, **kwargs)
        messages.success(request, _("The code was saved."))
        return redirect("code_frame", self.code_frame.pk)

    def _merge(self, request: HttpRequest) -> HttpResponse:
        into = get_object_or_404(self.code_frame.codes.all(), pk=whole(request.POST["into"]) or 0)
        try:
            frames.merge(code=self.code, into=into, by=self.person)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("code_edit", self.code_frame.pk, self.code.pk)
        # How many texts carried it is not everybody's to know.
        messages.success(request, _("Merged into: %(code)s.") % {"code": into})
        return redirect("code_frame", self.code_frame.pk)


@require_GET
@permission_required("consultations.change_codeframe", raise_exception=True)
def export(request: HttpRequest, frame: int, format: str) -> HttpResponse:
    found = get_object_or_404(CodeFrame, pk=frame)
    content, kind = (
        (frame_files.as_xlsx(found), XLSX)
        if format == "xlsx"
        else (frame_files.as_csv(found), "text/csv; charset=utf-8")
    )
    disposition = f'attachment; filename="{found.slug}.{format}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def _by(request: HttpRequest) -> Any:
    return request.user


VERBS: dict[str, Callable[[Code, HttpRequest], Any]] = {
    "up": lambda code, request: frames.move(code=code, places=-1, by=_by(request)),
    "down": lambda code, request: frames.move(code=code, places=1, by=_by(request)),
    "retire": lambda code, request: frames.retire(code=code, by=_by(request)),
    "restore": lambda code, request: frames.restore(code=code, by=_by(request)),
    "delete": lambda code, request: frames.delete(code=code, by=_by(request)),
}
# What moved shows itself: the page opens at it.
DONE = {
    "retire": gettext_lazy("“%(code)s” was retired."),
    "restore": gettext_lazy("“%(code)s” is in use again."),
    "delete": gettext_lazy("“%(code)s” was deleted."),
}
