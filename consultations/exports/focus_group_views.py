"""What leaves a focus group as a file: registrations with a stated purpose, and the facilitator's pack."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import audit, scratch

from .. import rules
from ..enums import ExportFormat
from ..focus_groups.staff.pages import GroupPage, SessionPage
from ..reports import pack, pdf
from . import registrations
from .formats import CONTENT_TYPES


class RegistrationExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("format"),
        choices=[(kind.value, kind.label) for kind in registrations.FORMATS],
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
    )
    contacts = forms.BooleanField(
        label=_("with names, addresses and needs"),
        help_text=_("Only where you cannot do without. Without them the file holds no contact data."),
        required=False,
    )
    purpose = forms.CharField(
        label=_("What will you use it for?"),
        help_text=_("One sentence. It is kept with the record of this export."),
        min_length=5,
        max_length=300,
    )


class RegistrationExportView(GroupPage):
    """Asked for and fetched in one step: a group has hundreds of people, not hundreds of thousands."""

    template_name = "consultations/admin/exports/registrations.html"
    page_title = gettext_lazy("Export registrations")
    header_icon = "download"

    def may_enter(self) -> bool:
        return super().may_enter() and rules.may_export_registrations(self.request.user)

    @cached_property
    def form(self) -> RegistrationExportForm:
        return RegistrationExportForm(self.request.POST or None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self.group.registrations.filter(position__isnull=False).count()
        return super().get_context_data(**kwargs, form=self.form, media=self.form.media, people=people)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request)
        wish = self.form.cleaned_data
        kind = ExportFormat(wish["format"])
        sheets = registrations.tables(self.group, contacts=wish["contacts"])
        with scratch.folder() as folder:
            path = folder / f"registrations.{kind.value}"
            registrations.write(sheets, kind, path)
            content = path.read_bytes()
        audit.record(
            "registrations.exported",
            target=self.group,
            by=self.person,
            format=kind.value,
            contacts=wish["contacts"],
            purpose=wish["purpose"],
            people=next(iter(sheets.values())).height,
        )
        return _attachment(content, f"{self.group.slug}-registrations.{kind.value}", CONTENT_TYPES[kind])


class PackView(SessionPage):
    """For whoever runs the session; it names nobody."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        day = self.session.starts_at.astimezone(self.session.zone).date()
        with scratch.folder() as folder:
            path = folder / "pack.pdf"
            pdf.write(pack.document(self.session), path)
            content = path.read_bytes()
        audit.record("session.pack_made", target=self.session, by=self.person)
        return _attachment(content, f"{self.session.group.slug}-{day}.pdf", "application/pdf")


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """Never kept by a browser or a proxy: the admin says so for all its pages."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
