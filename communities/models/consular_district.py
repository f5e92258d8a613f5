from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from portal.constraints import ordered

from .consular_office import ConsularOffice, check_order
from .country import Country


class ConsularDistrictQuerySet(models.QuerySet["ConsularDistrict"]):
    def on(self, day: date | None = None) -> ConsularDistrictQuerySet:
        """What an office serves on a day; today, when none is given."""
        day = day or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class ConsularDistrict(models.Model):
    """One dated part of the territory that an office serves: a whole country, or a region of it."""

    office: models.ForeignKey[ConsularOffice, ConsularOffice] = ParentalKey(  # type: ignore[assignment]  # modelcluster has no types
        ConsularOffice, verbose_name=_("office"), on_delete=models.CASCADE, related_name="districts"
    )
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="districts"
    )
    region = models.CharField(
        _("region"), max_length=100, blank=True, help_text=_("Empty means the whole country.")
    )
    valid_from = models.DateField(_("since"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = ConsularDistrictQuerySet.as_manager()

    class Meta:
        ordering = ["country", "region"]
        verbose_name = _("consular district")
        verbose_name_plural = _("consular districts")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "country", "region", "valid_from"], name="district_once"
            ),
            # Databases hold two empty dates for different, so the undated need a rule of their own.
            models.UniqueConstraint(
                fields=["office", "country", "region"],
                condition=Q(valid_from__isnull=True),
                name="district_once_undated",
            ),
            ordered("district", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.region or self.country}: {self.office}"

    def clean(self) -> None:
        check_order(self.valid_from, self.valid_to)

    def is_valid(self, on: date | None = None) -> bool:
        """Whether the office serves it on a day; today, when none is given."""
        day = on or timezone.localdate()
        return not (self.valid_from and day < self.valid_from) and not (
            self.valid_to and day >= self.valid_to
        )

    @property
    def area(self) -> Country | str:
        """What is served: the region, or the whole country."""
        return self.region or self.country
