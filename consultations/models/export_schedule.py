from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.consular_office import validate_time_zone
from portal.constraints import one_of

from ..enums import CellValues, ExportFormat, ScheduleFrequency
from .consultation import Consultation
from .export_job import ExportJob
from .weighting import WeightingScheme

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class ExportScheduleQuerySet(models.QuerySet["ExportSchedule"]):
    def due(self) -> ExportScheduleQuerySet:
        return self.filter(is_active=True, next_run__lte=timezone.now())


class ExportSchedule(models.Model):
    """An export that recurs: what, when, for whom. Each recipient gets a file by their own rights."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="export_schedules")
    purpose = models.CharField(_("purpose"), max_length=300)
    format = models.CharField(
        _("format"), max_length=10, choices=ExportFormat.choices, default=ExportFormat.XLSX
    )
    values = models.CharField(
        _("values"), max_length=10, choices=CellValues.choices, default=CellValues.LABELS
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    sensitive = models.BooleanField(
        _("with sensitive questions"), default=False, help_text=_("For those who may read them.")
    )
    filter = models.TextField(_("filter"), blank=True)
    weighting = models.ForeignKey(
        WeightingScheme,
        verbose_name=_("weighting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    with_codes = models.BooleanField(_("with codes of open answers"), default=False)
    frequency = models.CharField(
        _("how often"), max_length=10, choices=ScheduleFrequency.choices, default=ScheduleFrequency.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=WEEKDAYS, default=0)
    day = models.PositiveSmallIntegerField(
        _("day of the month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("31 stands for the last day of every month."),
    )
    at = models.TimeField(_("at"), default=time(8))
    timezone = models.CharField(
        _("time zone"), max_length=50, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    recipients = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("recipients"), related_name="export_schedules"
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_run = models.DateTimeField(_("next time"), db_index=True)
    last_run = models.DateTimeField(_("last time"), null=True, blank=True)
    # What went wrong the last time, for the page; blank when nothing did.
    last_failure = models.CharField(_("last failure"), max_length=500, blank=True)
    # Whether somebody has read of it; a mail server that was down is asked again.
    failure_is_told = models.BooleanField(_("failure is told"), default=True, editable=False)

    objects = ExportScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "next_run"]
        verbose_name = _("scheduled export")
        verbose_name_plural = _("scheduled exports")
        constraints = [one_of("exportschedule", "frequency", ScheduleFrequency.values)]

    def __str__(self) -> str:
        return f"{self.consultation.slug} · {self.get_frequency_display()}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class ScheduledJob(models.Model):
    """One file of one run for one recipient, and whether they were told."""

    schedule = models.ForeignKey(ExportSchedule, on_delete=models.CASCADE, related_name="runs")
    job = models.OneToOneField(ExportJob, on_delete=models.CASCADE, related_name="scheduled")
    run_at = models.DateTimeField(_("run at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        ordering = ["-run_at"]
        verbose_name = _("run of a scheduled export")
        verbose_name_plural = _("runs of scheduled exports")

    def __str__(self) -> str:
        return f"{self.schedule} · {timezone.localtime(self.run_at):%Y-%m-%d %H:%M}"
