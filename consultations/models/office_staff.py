from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import ConsularOffice


class OfficeStaff(models.Model):
    """Somebody who works at a consular office and so sees what people of its district said.

    Here and not on the account: accounts know nothing of offices, and only results are seen by office.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="offices",
        limit_choices_to={"is_active": True},
    )
    office = models.ForeignKey(
        ConsularOffice, verbose_name=_("consular office"), on_delete=models.CASCADE, related_name="staff"
    )

    class Meta:
        ordering = ["office", "user"]
        verbose_name = _("person at an office")
        verbose_name_plural = _("people at offices")
        constraints = [models.UniqueConstraint(fields=["user", "office"], name="office_staff_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.office}"
