from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import get_callable
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from communities.models import Country
from communities.models.consular_office import validate_time_zone
from portal.constraints import one_of, ordered
from portal.models import Unit

from ..enums import ConsultationStatus, ConsultationType
from .questionnaire import Questionnaire, default_languages, validate_languages
from .questionnaire_version import QuestionnaireVersion


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def public(self) -> ConsultationQuerySet:
        """What anyone may see: past its draft, and with a published text."""
        return self.filter(status__in=ConsultationStatus.public, live=True)

    def announced(self) -> ConsultationQuerySet:
        """Published with an opening date, and not open yet."""
        return self.filter(status=ConsultationStatus.DRAFT, live=True, opens_at__isnull=False)

    def open(self) -> ConsultationQuerySet:
        """Those that take answers: past its closing moment one is over, also while the clock runs late."""
        return self.public().filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=timezone.now()), status=ConsultationStatus.OPEN
        )

    def ended(self) -> ConsultationQuerySet:
        return self.public().filter(~Q(status=ConsultationStatus.OPEN) | Q(closes_at__lte=timezone.now()))

    def for_country(self, code: str) -> ConsultationQuerySet:
        """For people in that country: aimed at it, or at everyone."""
        return self.filter(Q(countries__isnull=True) | Q(countries=code.upper())).distinct()

    def due_to_open(self) -> ConsultationQuerySet:
        return self.filter(status=ConsultationStatus.DRAFT, opens_at__lte=timezone.now())

    def due_to_close(self) -> ConsultationQuerySet:
        return self.filter(status=ConsultationStatus.OPEN, closes_at__lte=timezone.now())


class Consultation(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A question to the diaspora: why it is asked, of whom, until when, and what becomes of the answers."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    type = models.CharField(
        _("type"), max_length=20, choices=ConsultationType.choices, default=ConsultationType.SURVEY
    )
    # Written by ``lifecycle.change_status`` alone, never through a form.
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ConsultationStatus.choices,
        default=ConsultationStatus.DRAFT,
        editable=False,
    )
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"), blank=True)
    purpose = models.TextField(_("why we ask"), blank=True)
    audience = models.TextField(
        _("who can take part"), blank=True, help_text=_("One group of people a line.")
    )
    use_of_answers = models.TextField(_("what we do with the answers"), blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    privacy_notice = models.TextField(_("privacy notice"), blank=True)
    sensitive_consent = models.TextField(
        _("consent for sensitive questions"),
        blank=True,
        help_text=_(
            "Asked once before the first sensitive question, unless the questionnaire asks it itself."
        ),
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("owner unit"), on_delete=models.PROTECT, related_name="consultations"
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), blank=True, help_text=_("None means every country.")
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"), default=18, validators=[MinValueValidator(14)]
    )
    languages = models.JSONField(_("languages"), default=default_languages, validators=[validate_languages])
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=50, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=10, validators=[MinValueValidator(1)]
    )
    minimum_cell = models.PositiveSmallIntegerField(
        _("smallest number shown"),
        default=10,
        validators=[MinValueValidator(3)],
        help_text=_("Figures about fewer people are hidden from whoever may not read single responses."),
    )
    summary_due = models.DateField(_("summary of what people said, by"), null=True, blank=True)
    answer_due = models.DateField(_("official answer, by"), null=True, blank=True)
    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consultations",
    )
    previous_wave = models.ForeignKey(
        "self",
        verbose_name=_("follows"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="next_waves",
        help_text=_("An earlier consultation. Questions with the same name are compared with it."),
    )

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="consultation")

    objects = ConsultationQuerySet.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.SearchField("summary"),
        index.AutocompleteField("title"),
        index.FilterField("status"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering = ["-opens_at", "slug"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            one_of("consultation", "status", ConsultationStatus.values),
            one_of("consultation", "type", ConsultationType.values),
            ordered("consultation", "opens_at", "closes_at"),
            models.CheckConstraint(
                condition=Q(previous_wave__isnull=True) | ~Q(previous_wave=models.F("pk")),
                name="consultation_does_not_follow_itself",
            ),
        ]
        permissions = [
            ("change_status", _("Can open, close and report consultations")),
            ("view_single_responses", _("Can read single responses")),
            ("view_sensitive_answers", _("Can read sensitive answers of single responses")),
            ("export_responses", _("Can export responses")),
            ("see_every_unit", _("Can see the results of every unit")),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def revisions(self) -> Any:
        return self._revisions

    def with_content_json(self, content: dict[str, Any]) -> Consultation:
        """A draft never brings back a stage that has passed: the stage is the record's own.

        Where the draft was written at another stage, the dates are the record's, too, since opening and
        closing by hand move them.
        """
        draft: Consultation = super().with_content_json(content)
        if draft.status != self.status:
            draft.status, draft.opens_at, draft.closes_at = self.status, self.opens_at, self.closes_at
        return draft

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One for each language that people are invited in."""
        return [(code, get_language_info(code)["name_local"].capitalize()) for code in self.languages]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        view = get_callable("consultations.previews.of_consultation")
        page: HttpResponse = view(self, request, mode_name)
        return page

    @property
    def current_version(self) -> QuestionnaireVersion | None:
        """The newest frozen version of the questionnaire, the one that new participants answer."""
        if self.questionnaire_id is None:
            return None
        return (
            QuestionnaireVersion.objects.filter(questionnaire=self.questionnaire_id)
            .order_by("-number")
            .first()
        )
