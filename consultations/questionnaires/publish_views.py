"""The one way to publish a questionnaire: what stands in the way, then freezing it, and what was frozen."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal.admin_pages import AdminPage

from .. import rules
from ..instrument.definition import text_in
from ..instrument.problems import Problem, Severity
from ..models import Questionnaire, QuestionnaireVersion
from .approval import waits_for_publication
from .differences import Change, Difference, differences
from .drafts import Locked, publish_draft
from .problem_messages import field_label, message_of
from .publication import NotPublishable, problems_of

# Versions whose changes are told in words; older ones are only listed.
TOLD = 5
CHANGES = {
    Change.ADDED: gettext_lazy("new"),
    Change.REMOVED: gettext_lazy("taken out"),
    Change.REWORDED: gettext_lazy("reworded"),
    Change.RULES: gettext_lazy("other rules"),
    Change.OPTIONS: gettext_lazy("other options"),
    Change.SETTINGS: gettext_lazy("other settings"),
}


class PublishView(AdminPage):
    """Checks the newest draft and, when nothing stands in the way, freezes it as the next version."""

    template_name = "consultations/admin/publish.html"
    page_title = gettext_lazy("Publish questionnaire")
    header_icon = "upload"

    def may_enter(self) -> bool:
        return rules.may_publish_questionnaires(self.request.user)

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return get_object_or_404(Questionnaire, pk=self.kwargs["pk"])

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.questionnaire)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.questionnaire.get_latest_revision_as_object()
        problems = problems_of(draft)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        return super().get_context_data(
            **kwargs,
            questionnaire=draft,
            problems=[_line(problem) for problem in problems],
            is_ready=not errors,
            is_approved=waits_for_publication(self.questionnaire),
            languages=_by_language(draft, problems),
            versions=_versions(self.questionnaire),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            version = publish_draft(questionnaire=self.questionnaire, by=self.person)
        except (NotPublishable, Locked) as refusal:
            messages.error(request, _why(refusal))
        else:
            messages.success(request, _("This is now version %d.") % version.number)
        return redirect("questionnaire_publish", pk)


def _why(refusal: NotPublishable | Locked) -> str:
    return (
        str(refusal) if isinstance(refusal, Locked) else _("It cannot be published yet. See what is missing.")
    )


def _line(problem: Problem) -> dict[str, Any]:
    """A problem as a row of the table."""
    return {
        "place": problem.place,
        "field": field_label(problem),
        "language": dict(settings.LANGUAGES).get(problem.language, ""),
        "message": message_of(problem),
        "is_error": problem.severity is Severity.ERROR,
    }


def _by_language(questionnaire: Questionnaire, problems: list[Problem]) -> list[dict[str, Any]]:
    """The portal's languages: which are switched on, and how many texts each of those lacks."""
    missing = Counter(problem.language for problem in problems if problem.language)
    return [
        {"name": name, "is_on": code in questionnaire.languages, "missing": missing[code]}
        for code, name in settings.LANGUAGES
    ]


def _versions(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """What was frozen so far, the newest first, with what changed in the last few."""
    versions = list(questionnaire.versions.select_related("published_by").order_by("-number")[:50])
    older = [*versions[1:], None][: len(versions)]
    return [
        {"version": version, "changes": _changes(version, before) if before and place < TOLD else []}
        for place, (version, before) in enumerate(zip(versions, older, strict=True))
    ]


def _changes(version: QuestionnaireVersion, before: QuestionnaireVersion) -> list[dict[str, str]]:
    return [_told(difference, version) for difference in differences(version.definition, before.definition)]


def _told(difference: Difference, version: QuestionnaireVersion) -> dict[str, str]:
    default = version.definition.default_language
    label = text_in(difference.question.label, get_language() or default, default)
    return {"name": difference.question.name, "label": label, "change": str(CHANGES[difference.change])}


def crumbs_to(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """The way from the list of questionnaires to one of them."""
    views = "wagtailsnippets_consultations_questionnaire"
    return [
        (reverse(f"{views}:list"), _("Questionnaires")),
        (reverse(f"{views}:edit", args=[questionnaire.pk]), str(questionnaire)),
    ]
