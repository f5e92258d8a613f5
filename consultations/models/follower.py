from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .consultation import Consultation


class FollowerQuerySet(models.QuerySet["Follower"]):
    def confirmed(self) -> FollowerQuerySet:
        return self.filter(confirmed_on__isnull=False)

    def to_tell(self) -> FollowerQuerySet:
        """Those who are still waiting for the one mail that they asked for."""
        return self.confirmed().filter(told_on__isnull=True)


class Follower(models.Model):
    """An address that the results of a consultation are sent to, once.

    Whoever asks may have answered or not: nothing here has a key to any response, and days are kept, not
    moments, so that it cannot be joined with one by its time either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="followers")
    # In small letters, so that one mailbox is there once.
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    asked_on = models.DateField(_("asked on"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    # Set before the mail goes out: better none than two.
    told_on = models.DateField(_("told on"), null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "email"], name="follower_once_a_consultation"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
