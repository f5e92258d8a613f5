from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import CellValues, ExportContent, ExportFormat, JobStatus
from .consultation import Consultation
from .weighting import WeightingScheme


def private_storage() -> Storage:
    return storages["private"]


class ExportJob(models.Model):
    """One file that somebody asked for: its progress, its content, and until when it can be fetched.

    ``filter`` is written as in addresses (``analysis/filters.py``); blank stands for every response.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="exports")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    content = models.CharField(
        _("content"), max_length=10, choices=ExportContent.choices, default=ExportContent.RESPONSES
    )
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
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
    format = models.CharField(
        _("format"), max_length=10, choices=ExportFormat.choices, default=ExportFormat.XLSX
    )
    values = models.CharField(
        _("values"), max_length=10, choices=CellValues.choices, default=CellValues.LABELS
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    sensitive = models.BooleanField(_("with sensitive questions"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=private_storage, upload_to="exports", blank=True)
    # Why it failed, said for the person who asked.
    message = models.CharField(_("message"), max_length=300, blank=True)
    # The last sign of life of the worker that writes it.
    alive_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.content}.{self.format}"
