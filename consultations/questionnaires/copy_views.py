"""Copying sections and questions into a questionnaire, from itself or from another one."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from portal.admin_pages import AdminPage
from portal.models import User

from ..models import Question, Questionnaire, Section
from .copying import copy_question, copy_section
from .publish_views import crumbs_to


class PartsForm(forms.Form):
    """What to copy, by name: whole sections, and single questions with the section that they go to."""

    sections = forms.MultipleChoiceField(required=False)
    questions = forms.MultipleChoiceField(required=False)
    into = forms.ChoiceField(
        label=gettext_lazy("Section that single questions go to"), required=False, widget=forms.Select
    )

    def __init__(self, *args: Any, source: Questionnaire, target: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found_sections = {section.name: section for section in source.sections.all()}
        self.found_questions = {
            question.name: question
            for section in self.found_sections.values()
            for question in section.questions.all()
        }
        self.goals = {section.name: section for section in target.sections.all()}
        self._offer("sections", [(name, name) for name in self.found_sections])
        self._offer("questions", [(name, name) for name in self.found_questions])
        self._offer("into", [(name, f"{name} · {goal}") for name, goal in self.goals.items()])

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("sections") and not cleaned.get("questions"):
            raise forms.ValidationError(_("Choose at least one section or question."))
        if cleaned.get("questions") and not cleaned.get("into"):
            self.add_error("into", _("Choose a section for the questions."))
        return cleaned

    @property
    def chosen_sections(self) -> list[Section]:
        return [self.found_sections[name] for name in self.cleaned_data["sections"]]

    @property
    def chosen_questions(self) -> list[Question]:
        return [self.found_questions[name] for name in self.cleaned_data["questions"]]

    @property
    def goal(self) -> Section:
        return self.goals[self.cleaned_data["into"]]


class CopyView(AdminPage):
    """Choose where to copy from, then what; the copies land in the draft of this questionnaire."""

    template_name = "consultations/admin/copy.html"
    page_title = gettext_lazy("Copy sections or questions")
    header_icon = "copy"

    def may_enter(self) -> bool:
        return self.request.user.has_perm("consultations.change_questionnaire")

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return get_object_or_404(Questionnaire, pk=self.kwargs["pk"])

    @cached_property
    def draft(self) -> Questionnaire:
        draft: Questionnaire = self.questionnaire.get_latest_revision_as_object()
        return draft

    @cached_property
    def source(self) -> Questionnaire:
        """The newest draft of the one to copy from: this one, until another is chosen."""
        key = self.request.GET.get("source", "")
        if not key or key == str(self.questionnaire.pk):
            return self.draft
        other = get_object_or_404(Questionnaire, pk=int(key) if key.isdecimal() and len(key) < 19 else None)
        draft: Questionnaire = other.get_latest_revision_as_object()
        return draft

    @cached_property
    def form(self) -> PartsForm:
        return PartsForm(self.request.POST or None, source=self.source, target=self.draft)

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.questionnaire)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            questionnaire=self.draft,
            source=self.source,
            questionnaires=Questionnaire.objects.all(),
            form=self.form,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        lock = self.draft.get_lock()
        if lock is not None and lock.for_user(request.user):
            messages.error(request, _("The questionnaire is locked."))
        elif self.form.is_valid():
            _say(request, copy_parts(self.form, to=self.questionnaire, by=self.person))
            return redirect("wagtailsnippets_consultations_questionnaire:edit", pk)
        return self.get(request, pk=pk)


@transaction.atomic
def copy_parts(form: PartsForm, *, to: Questionnaire, by: User) -> int:
    """Copy everything that was chosen, or nothing. How many parts that were."""
    for section in form.chosen_sections:
        copy_section(section=section, to=to, by=by)
        to.refresh_from_db()
    for question in form.chosen_questions:
        copy_question(question=question, to=form.goal, by=by)
        to.refresh_from_db()
    return len(form.chosen_sections) + len(form.chosen_questions)


def _say(request: HttpRequest, copied: int) -> None:
    text = ngettext("%d part was copied into the draft.", "%d parts were copied into the draft.", copied)
    messages.success(request, text % copied)
