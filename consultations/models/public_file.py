from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import Licence, PublicFileStatus
from .consultation import Consultation


def private_storage() -> Storage:
    return storages["private"]


class PublicFileQuerySet(models.QuerySet["PublicFile"]):
    def published(self) -> PublicFileQuerySet:
        """What anyone may fetch, of consultations that anyone may see."""
        return self.filter(
            status=PublicFileStatus.PUBLISHED, consultation__in=Consultation.objects.public().ended()
        )


class PublicFile(models.Model):
    """The answers of a consultation as a data set for everyone, with a report of what was changed.

    ``report`` is what ``opendata.release`` says of it. The files lie in the private storage, so that what is
    taken back is gone.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="public_files")
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=PublicFileStatus.choices,
        default=PublicFileStatus.QUEUED,
        editable=False,
    )
    quasi_identifiers = models.JSONField(_("what could tell people apart"), default=list)
    k = models.PositiveSmallIntegerField(
        _("people that nobody can be told from"), default=10, validators=[MinValueValidator(3)]
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY_4)
    data = models.FileField(storage=private_storage, upload_to="open-data", blank=True)
    dictionary = models.FileField(storage=private_storage, upload_to="open-data", blank=True)
    checksum = models.CharField(_("SHA-256 of the data"), max_length=64, blank=True)
    report = models.JSONField(_("report"), default=dict)
    message = models.CharField(_("message"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = PublicFileQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "-number"]
        verbose_name = _("open data set")
        verbose_name_plural = _("open data sets")
        constraints = [
            one_of("publicfile", "status", PublicFileStatus.values),
            one_of("publicfile", "licence", Licence.values),
            models.UniqueConstraint(fields=["consultation", "number"], name="public_file_once"),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(status=PublicFileStatus.PUBLISHED),
                name="public_file_one_published",
            ),
            models.CheckConstraint(
                condition=~Q(status=PublicFileStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="public_file_published_says_when",
            ),
        ]
        permissions = [("publish_open_data", _("Can make and publish open data"))]

    def __str__(self) -> str:
        return f"{self.consultation.slug} {self.number}"
