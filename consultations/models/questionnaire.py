from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import get_callable
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

# XLSForm's own rule for names, less the characters that clash with our expressions.
validate_name = RegexValidator(
    r"^[A-Za-z_][A-Za-z0-9_]{0,63}$",
    _("Start with a letter; then letters, digits and underscores, 64 at most."),
)


def default_languages() -> list[str]:
    return [settings.LANGUAGE_CODE]


def validate_languages(codes: Any) -> None:
    """A non-empty list of languages that the portal has."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(codes, list) or not codes or set(codes) - known or len(set(codes)) != len(codes):
        raise ValidationError(_("Choose at least one of the portal's languages, each once."))


class Questionnaire(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """The authoring rows of a questionnaire. What participants see is a frozen ``QuestionnaireVersion``."""

    slug = models.SlugField(_("identifier"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=250)
    default_language = models.CharField(
        _("source language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    languages = models.JSONField(
        _("languages switched on"), default=default_languages, validators=[validate_languages]
    )

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="questionnaire")

    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("slug")]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        permissions = [("publish_version", _("Can publish versions of questionnaires"))]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One for each section in each language, the source language first: ``es:profile``."""
        source = self.default_language
        codes = [source, *(code for code in self.languages if code != source)]
        names = {code: get_language_info(code)["name_local"].capitalize() for code in codes}
        sections = [(section.name, str(section)) for section in self.sections.all()]
        modes = [(f"{code}:{name}", f"{names[code]} · {label}") for code in codes for name, label in sections]
        return modes or [(f"{source}:", names[source])]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        view = get_callable("consultations.previews.of_questionnaire")
        page: HttpResponse = view(self, request, mode_name)
        return page

    def publish_approved(self, by: Any) -> None:
        """The last step of a workflow said yes: see ``questionnaires.approval``."""
        get_callable("consultations.questionnaires.approval.publish")(self, by)


class Section(Orderable, ClusterableModel):
    """A group of questions. ``is_group=False`` marks questions that a workbook leaves outside any group."""

    questionnaire = ParentalKey(Questionnaire, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("name"), max_length=64, validators=[validate_name])
    label = models.CharField(_("title"), max_length=500, blank=True)
    relevant = models.TextField(_("shown only if"), blank=True)
    is_group = models.BooleanField(_("has a title of its own"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return str(self.label or self.name)
