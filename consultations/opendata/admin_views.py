"""Open data in the admin: make a data set, look at what was changed, publish it, take it back."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal.admin_pages import AdminPage
from portal.models import User

from .. import rules
from ..analysis import snapshot
from ..analysis.scope import whole_consultations_visible_to
from ..enums import Licence, PublicFileStatus
from ..lifecycle import NotAllowed
from ..models import Consultation, PublicFile
from ..models.public_file import private_storage
from ..planning.views import crumbs_to
from . import publication
from .changes import changes_of
from .forms import OpenDataForm


def public_files_visible_to(user: User) -> QuerySet[PublicFile]:
    """Those of the consultations whose answers concern a person as a whole."""
    files = PublicFile.objects.select_related("consultation", "made_by")
    return files.filter(consultation__in=whole_consultations_visible_to(user))


class OpenDataPage(AdminPage):
    page_title = gettext_lazy("Open data")
    header_icon = "globe"

    def may_enter(self) -> bool:
        return rules.may_publish_open_data(self.request.user)


class OpenDataListView(OpenDataPage):
    """The data sets of a consultation, and the form that makes the next one."""

    template_name = "consultations/admin/open_data/list.html"

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.person), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> OpenDataForm | None:
        """Nothing as long as answers come in, or there are none to make it from."""
        if not publication.can_be_made(self.consultation):
            return None
        frame = snapshot.available(self.consultation)
        if frame is None or not frame.versions:
            return None
        return OpenDataForm(self.request.POST or None, consultation=self.consultation, frame=frame)

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            form=self.form,
            can_be_made=publication.can_be_made(self.consultation),
            files=self.consultation.public_files.select_related("made_by"),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form is None or not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        chosen = self.form.cleaned_data
        try:
            file = publication.request(
                consultation=self.consultation,
                quasi=chosen["quasi_identifiers"],
                k=chosen["k"],
                licence=Licence(chosen["licence"]),
                by=self.person,
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return self.get(request, *args, **kwargs)
        return redirect("open_data_detail", file.pk)


class OpenDataDetailView(OpenDataPage):
    """One data set before anybody else sees it."""

    template_name = "consultations/admin/open_data/detail.html"

    @cached_property
    def file(self) -> PublicFile:
        return get_object_or_404(public_files_visible_to(self.person), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return _("Edition %(number)s") % {"number": self.file.number}

    def crumbs(self) -> list[tuple[str, str]]:
        consultation = self.file.consultation
        above = reverse("open_data_list", args=[consultation.pk])
        return [*crumbs_to(consultation), (above, _("Open data"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            file=self.file,
            consultation=self.file.consultation,
            report=self.file.report,
            changes=changes_of(self.file),
            is_being_made=self.file.status == PublicFileStatus.QUEUED,
            is_published=self.file.status == PublicFileStatus.PUBLISHED,
            can_be_published=self.file.status in (PublicFileStatus.READY, PublicFileStatus.WITHDRAWN),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verb = {"publish": publication.publish, "withdraw": publication.withdraw}.get(
            request.POST.get("verb", "")
        )
        if verb is not None:
            try:
                verb(file=self.file, by=self.person)
            except NotAllowed as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(
                    request,
                    _("The data set is now: %(status)s.") % {"status": self.file.get_status_display()},
                )
        return redirect("open_data_detail", pk)


def preview(request: HttpRequest, pk: int, part: str) -> FileResponse:
    """The file as it would be published, for those who may publish it."""
    if not rules.may_publish_open_data(request.user):
        raise Http404
    file = get_object_or_404(public_files_visible_to(cast(User, request.user)), pk=pk)
    name = {"data": file.data.name, "dictionary": file.dictionary.name}.get(part, "")
    if not name or not private_storage().exists(name):
        raise Http404
    return FileResponse(
        private_storage().open(name), as_attachment=True, content_type="text/csv; charset=utf-8"
    )
