from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import WaveStatus
from .consultation import Consultation


def private_storage() -> Storage:
    return storages["private"]


class WaveImport(models.Model):
    """An earlier consultation on its way in: the file, what its columns were taken for, what became of it.

    ``plan`` is ``waves.mapping.Plan``, ``outline`` is ``waves.outline.Outline``: what a page shows of the
    file, so that workers alone ever read it; ``report`` is what the last check found. Once the answers are
    stored, or the import is given up, the file is deleted; what remains says where the answers come from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    like = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation to compare with"),
        on_delete=models.CASCADE,
        related_name="wave_imports",
    )
    title = models.CharField(_("title"), max_length=250)
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("Who asked, how people were reached, and where the file comes from."),
    )
    collected_on = models.DateField(_("asked on"), help_text=_("The last day, where it took longer."))
    status = models.CharField(
        _("status"), max_length=10, choices=WaveStatus.choices, default=WaveStatus.READING, editable=False
    )
    file = models.FileField(storage=private_storage, upload_to="waves", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=255)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    plan = models.JSONField(_("what the columns are"), default=dict)
    outline = models.JSONField(_("what the file holds, in short"), default=dict)
    report = models.JSONField(_("report"), default=dict)
    wave = models.OneToOneField(
        Consultation, null=True, blank=True, on_delete=models.SET_NULL, related_name="imported_from"
    )
    # Since when a worker has had it, or should have; a worker that dies says nothing more.
    busy_since = models.DateTimeField(null=True, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("earlier consultation")
        verbose_name_plural = _("earlier consultations")
        constraints = [
            one_of("waveimport", "status", WaveStatus.values),
            models.UniqueConstraint(
                fields=["like", "digest"],
                condition=Q(status=WaveStatus.STORED),
                name="wave_import_stored_once",
            ),
        ]
        permissions = [("import_waves", _("Can bring in earlier consultations"))]

    def __str__(self) -> str:
        return self.title
