from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestRefusal(models.Model):
    """That somebody wants no weekly mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="digest_refusal"
    )
    refused_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("refusal of the weekly mail")
        verbose_name_plural = _("refusals of the weekly mail")

    def __str__(self) -> str:
        return str(self.user_id)


class DigestSent(models.Model):
    """That somebody got the mail of a week: what makes sending it safe to run twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    week = models.DateField(_("week"))  # its Monday
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("weekly mail")
        verbose_name_plural = _("weekly mails")
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.week}"
