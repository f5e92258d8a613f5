"""Wagtail's own views for questionnaires and lists of options, with our ways in and out."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from .. import rules
from ..instrument.problems import Severity
from ..models import ChoiceList, Questionnaire, Section
from .approval import waits_for_publication
from .problem_messages import field_label, message_of
from .publication import problems_of

MOST_WARNINGS = 5
# Milliseconds without a change in the form.
AUTOSAVE_PAUSE = 4000


class QuestionnaireIndexView(IndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = [*super().header_buttons]
        if self.user_has_permission("add"):
            url = reverse("questionnaire_import")
            buttons.append(HeaderButton(_("Import a workbook"), url=url, icon_name="upload"))
        return buttons

    def get_list_more_buttons(self, instance: Questionnaire) -> list[Button]:
        return [*super().get_list_more_buttons(instance), *ways_from(instance, self.request.user)]


class _TellsBrokenRules:
    """A rule that cannot be read is kept like any other draft, but its author hears of it at once."""

    def save_action(self) -> HttpResponse:
        view: Any = self
        response: HttpResponse = super().save_action()  # type: ignore[misc]  # of Wagtail's view beside this
        if not view.expects_json_response:
            for problem in broken_rules(view.object)[:MOST_WARNINGS]:
                messages.warning(view.request, problem)
        return response


class QuestionnaireCreateView(_TellsBrokenRules, CreateView):
    pass


class QuestionnaireEditView(_TellsBrokenRules, EditView):
    autosave_interval: int

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The form is large, so it is saved in passing only after a longer pause."""
        super().setup(request, *args, **kwargs)
        self.autosave_interval = min(self.autosave_interval, 1) * AUTOSAVE_PAUSE

    def get_object(self, queryset: QuerySet[Questionnaire] | None = None) -> Questionnaire:
        """With all its parts in three queries; one by one they would be a query for each question."""
        questionnaire: Questionnaire = super().get_object(queryset)
        sections: Any = questionnaire.sections  # modelcluster's manager, which can hold what is not saved
        if not sections.is_deferring:
            parts = Section.objects.filter(questionnaire=questionnaire.pk)
            sections.set(list(parts.prefetch_related("questions__rows")))
        return questionnaire

    def get_available_actions(self) -> list[str]:
        """There is one way to publish: as a frozen version. Wagtail's own is closed."""
        return [action for action in super().get_available_actions() if action != "publish"]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *ways_from(self.object, self.request.user)]

    def workflow_action_action(self) -> HttpResponse | None:
        """An approval publishes; where it could not, whoever approves hears why at once."""
        response: HttpResponse | None = super().workflow_action_action()
        if waits_for_publication(Questionnaire.objects.get(pk=self.object.pk)):
            text = _("It is approved, and not published: something stands in the way.")
            messages.warning(self.request, text, buttons=self._way_to_publish())
        return response

    def _way_to_publish(self) -> list[Any]:
        if not rules.may_publish_questionnaires(self.request.user):
            return []
        url = reverse("questionnaire_publish", args=[self.object.pk])
        return [messages.button(url, _("See what is missing"))]


def broken_rules(questionnaire: Questionnaire) -> list[str]:
    """What is wrong with the rules of a draft, each with its place."""
    return [
        f"{problem.place}, {field_label(problem)}: {message_of(problem)}"
        for problem in problems_of(questionnaire)
        if problem.position is not None and problem.severity is Severity.ERROR
    ]


def ways_from(questionnaire: Questionnaire, user: rules.Anyone) -> list[Button]:
    """Where one goes from a questionnaire: publish, copy parts, options, workbook."""
    key = [questionnaire.pk]
    lists = reverse("wagtailsnippets_consultations_choicelist:list")
    ways = [
        Button(_("Lists of options"), f"{lists}?questionnaire={questionnaire.pk}", icon_name="list-ul"),
        Button(_("Download as a workbook"), reverse("questionnaire_export", args=key), icon_name="download"),
    ]
    if rules.may_publish_questionnaires(user):
        url = reverse("questionnaire_publish", args=key)
        ways.append(Button(_("Publish questionnaire…"), url, icon_name="upload"))
    if user.has_perm("consultations.change_questionnaire"):
        url = reverse("questionnaire_copy", args=key)
        ways.append(Button(_("Copy sections or questions"), url, icon_name="copy"))
    return ways


class _BelongsToQuestionnaire:
    """A list of options is found through its questionnaire, also in the breadcrumbs."""

    questionnaire: Questionnaire | None

    def crumbs(
        self, items: list[dict[str, Any]], questionnaire: Questionnaire | None
    ) -> list[dict[str, Any]]:
        own = {
            "url": reverse("wagtailsnippets_consultations_questionnaire:list"),
            "label": _("Questionnaires"),
        }
        if questionnaire is None:
            return [items[0], own, *items[1:]]
        url = reverse("wagtailsnippets_consultations_questionnaire:edit", args=[questionnaire.pk])
        return [items[0], own, {"url": url, "label": str(questionnaire)}, items[-1]]


class ChoiceListIndexView(_BelongsToQuestionnaire, IndexView):
    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(super().get_breadcrumbs_items(), None)


class ChoiceListCreateView(_BelongsToQuestionnaire, CreateView):
    def get_initial_form_instance(self) -> ChoiceList:
        instance: ChoiceList = super().get_initial_form_instance() or ChoiceList()
        if key := self.request.GET.get("questionnaire", ""):
            instance.questionnaire = get_object_or_404(Questionnaire, pk=key if key.isdigit() else None)
        return instance


class ChoiceListEditView(_BelongsToQuestionnaire, EditView):
    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(super().get_breadcrumbs_items(), self.object.questionnaire)
