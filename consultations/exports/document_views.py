"""Documents about a consultation in the admin: the report, the codebook, tables of figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy

from portal.admin_pages import AdminPage

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..enums import ExportContent
from ..models import Consultation
from ..planning.views import crumbs_to
from . import asking
from .forms import DocumentForm
from .views import RECENT
from .visibility import exports_visible_to


class DocumentCreateView(AdminPage):
    """One press makes a document; those that were made before stand below."""

    template_name = "consultations/admin/exports/documents.html"
    page_title = gettext_lazy("Report and codebook")
    header_icon = "doc-full"

    def may_enter(self) -> bool:
        return rules.may_export_figures(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.person), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> DocumentForm:
        return DocumentForm(
            self.request.POST or None,
            consultation=self.consultation,
            user=self.person,
            initial={"language": get_language(), "filter": self.request.GET.get("filter", "")},
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = exports_visible_to(self.person).filter(
            consultation=self.consultation, content__in=ExportContent.protected
        )
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            form=self.form,
            media=self.form.media,
            exports=made[:RECENT],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        job = asking.once(
            job=self.form.save(commit=False), by=self.person, token=self.form.cleaned_data["token"]
        )
        return redirect("export_detail", job.pk)
