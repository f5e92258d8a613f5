from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from .consultation import Consultation


def private_storage() -> Storage:
    return storages["private"]


class AnswerSnapshot(models.Model):
    """Which file holds the frame of a consultation. A file never changes; this row says which one counts.

    ``number`` grows with each file: whoever made one from an older state finds that it grew and gives way.
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="snapshot", primary_key=True
    )
    number = models.PositiveIntegerField(default=0)
    # Each reader takes the next one and marks with it what it reads (``SnapshotMark.ticket``).
    last_ticket = models.PositiveIntegerField(default=1)
    file = models.FileField(storage=private_storage, upload_to="snapshots", blank=True)
    rows = models.PositiveIntegerField(default=0)
    # Content hashes of the versions that were answered; another set means that columns may differ.
    versions = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("snapshot of answers")
        verbose_name_plural = _("snapshots of answers")

    def __str__(self) -> str:
        return f"{self.pk} {self.number}"


class ReleasedFilter(models.Model):
    """A filter whose figures were shown to somebody who may not see single responses.

    What was shown once can be subtracted for ever, by anybody: kept a consultation, not a person.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="released_filters")
    # Whose rows: blank for everybody’s, else a hash of the offices of their district (``analysis.scope``).
    scope = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    expression = models.TextField()
    released_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("released filter")
        verbose_name_plural = _("released filters")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "scope", "digest"], name="released_filter_once"),
        ]

    def __str__(self) -> str:
        return self.expression
