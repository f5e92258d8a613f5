"""Notes of a session beside the running sheet of its guide, one topic at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...lifecycle import NotAllowed
from ...models import GuideTopic, TopicNote
from .. import guide, notes
from ..notes import Conflict
from .note_forms import NoteForm, add_missing, quotation_forms, quotations
from .pages import SessionPage


class NotesView(SessionPage):
    """Leads to the first topic that has no note yet."""

    template_name = "consultations/admin/focus_groups/no_guide.html"
    page_title = gettext_lazy("Notes")
    header_icon = "edit"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        topics = list(self.session.group.topics.all())
        written = set(self.session.notes.values_list("topic_id", flat=True))
        if not topics:
            return super().get(request, *args, **kwargs)
        first = next((topic for topic in topics if topic.pk not in written), topics[0])
        return redirect("session_note", self.session.pk, first.pk)


class NoteView(SessionPage):
    template_name = "consultations/admin/focus_groups/note.html"
    page_title = gettext_lazy("Notes")
    header_icon = "edit"

    @cached_property
    def topic(self) -> GuideTopic:
        return get_object_or_404(GuideTopic, group=self.session.group_id, pk=self.kwargs["topic"])

    @cached_property
    def note(self) -> TopicNote | None:
        found = TopicNote.objects.filter(session=self.session, topic=self.topic)
        return found.select_related("written_by").first()

    @cached_property
    def silent(self) -> set[int]:
        return notes.not_to_be_quoted(self.session)

    def get_page_subtitle(self) -> str:
        return str(self.topic)

    def _forms(self, data: Any = None) -> dict[str, Any]:
        note = self.note
        blank = {"language": self.session.language, "revision": 0}
        stored = {name: getattr(note, name) for name in NoteForm.base_fields} if note else blank
        said = quotation_forms(self.session, note, silent=self.silent, data=data)
        return {"form": NoteForm(data, initial=stored), "said": said}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        written = set(self.session.notes.values_list("topic_id", flat=True))
        sheet = guide.running_sheet(self.session)
        after = [item.topic for item in sheet if item.begins > self._begins(sheet)]
        context = {"sheet": sheet, "written": written, "topic": self.topic, "note": self.note}
        context["next_topic"] = after[0] if after else None
        forms = {} if "form" in kwargs else self._forms()
        return super().get_context_data(**{**context, **forms, **kwargs})

    def _begins(self, sheet: list[guide.Item]) -> int:
        return next(item.begins for item in sheet if item.topic == self.topic)

    def post(self, request: HttpRequest, session: int, topic: int) -> HttpResponse:
        forms = self._forms(request.POST)
        if not (forms["form"].is_valid() & forms["said"].is_valid()):
            messages.error(request, _("The note was not saved: see what is marked below."))
            return self.render_to_response(self.get_context_data(**forms))
        try:
            notes.save(
                session=self.session,
                topic=self.topic,
                written=forms["form"].written,
                quotations=quotations(forms["said"]),
                revision=forms["form"].cleaned_data["revision"],
                by=self.person,
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(**forms))
        except Conflict as conflict:
            return self._show_both(forms, conflict.note)
        messages.success(request, _("The note was saved."))
        return redirect("session_note", self.session.pk, self.kwargs["topic"])

    def _show_both(self, forms: dict[str, Any], theirs: TopicNote) -> HttpResponse:
        """What is stored above what was typed; saving again is then a choice."""
        data = self.request.POST.copy()
        data["revision"] = str(theirs.revision)
        add_missing(data, list(theirs.quotations.order_by("number")))
        forms = self._forms(data)
        return self.render_to_response(self.get_context_data(**forms, theirs=theirs))
