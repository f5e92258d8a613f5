"""Transcripts of a session: uploaded, looked at for names, listed with their turns, taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...lifecycle import NotAllowed
from ...models import Transcript
from .. import transcripts
from .fields import validate_language
from .pages import SessionPage

LARGEST = 5 * 1024 * 1024
SHOWN = 500


class TranscriptForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Transcript"),
        help_text=gettext_lazy("Plain text, DOCX, WebVTT or SRT, up to 5 MB. Speakers by seat, no names."),
    )
    language = forms.CharField(label=gettext_lazy("Language"), max_length=20, validators=[validate_language])
    names_checked = forms.BooleanField(
        label=gettext_lazy("I looked at these words: they name nobody who took part"), required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file


class TranscriptsView(SessionPage):
    template_name = "consultations/admin/focus_groups/transcripts.html"
    page_title = gettext_lazy("Transcripts")
    header_icon = "doc-full"

    @cached_property
    def form(self) -> TranscriptForm:
        sent = self.request.method == "POST"
        data, files = (self.request.POST, self.request.FILES) if sent else (None, None)
        return TranscriptForm(data, files, initial={"language": self.session.language})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stored = self.session.transcripts.annotate(turns=Count("excerpts")).select_related("uploaded_by")
        return super().get_context_data(**{"form": self.form, "transcripts": stored, **kwargs})

    def post(self, request: HttpRequest, session: int) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        file = self.form.cleaned_data["file"]
        try:
            stored = transcripts.store(
                session=self.session,
                name=file.name,
                content=file.read(),
                language=self.form.cleaned_data["language"],
                names_checked=self.form.cleaned_data["names_checked"],
                by=self.person,
            )
        except transcripts.NamesFound as named:
            self.form.add_error("file", str(named))
            return self.render_to_response(self.get_context_data(found=named.found))
        except (transcripts.Unreadable, NotAllowed) as refusal:
            self.form.add_error("file", str(refusal))
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("The transcript was stored, turn by turn."))
        return redirect("session_transcript", self.session.pk, stored.pk)


class TranscriptView(SessionPage):
    """The turns of one transcript, as they will be coded."""

    template_name = "consultations/admin/focus_groups/transcript.html"
    page_title = gettext_lazy("Transcript")
    header_icon = "doc-full"

    @cached_property
    def transcript(self) -> Transcript:
        return get_object_or_404(self.session.transcripts, pk=self.kwargs["transcript"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        turns = self.transcript.excerpts.order_by("number")
        context = {"transcript": self.transcript, "turns": turns[:SHOWN], "total": turns.count()}
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request: HttpRequest, session: int, transcript: int) -> HttpResponse:
        transcripts.remove(transcript=self.transcript, by=self.person)
        messages.success(request, _("The transcript was taken away with its turns."))
        return redirect("session_transcripts", self.session.pk)
