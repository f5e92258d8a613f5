from __future__ import annotations

import zoneinfo
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from portal.constraints import both_or_neither, one_of, ordered

from ..enums import OfficeKind, OfficeStatus
from .country import Country

if TYPE_CHECKING:
    from .consular_district import ConsularDistrict


def validate_time_zone(name: str) -> None:
    """Refuse a zone that the IANA database does not have."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(zone)s is not a time zone. Write it like America/Lima."), params={"zone": name}
        )


def check_order(valid_from: date | None, valid_to: date | None) -> None:
    """Refuse dates of validity that end before they begin."""
    if valid_from and valid_to and valid_from >= valid_to:
        raise ValidationError({"valid_to": _("It ends before it begins.")})


class ConsularOfficeQuerySet(models.QuerySet["ConsularOffice"]):
    def in_country(self, code: str) -> ConsularOfficeQuerySet:
        return self.filter(country_id=code.upper())

    def current(self, on: date | None = None) -> ConsularOfficeQuerySet:
        """Offices that exist on a day: not closed, and within their dates."""
        day = on or timezone.localdate()
        return self.exclude(status=OfficeStatus.CLOSED).filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class ConsularOffice(ClusterableModel):
    """An office that serves Peruvians in a district abroad. Offices open, are suspended, close."""

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=OfficeStatus.choices, default=OfficeStatus.OPEN
    )
    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="offices"
    )
    city = models.CharField(_("city"), max_length=100)
    timezone = models.CharField(_("time zone"), max_length=50, validators=[validate_time_zone])
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where one can read that this office exists.")
    )
    is_verified = models.BooleanField(
        _("verified"), default=False, help_text=_("Somebody checked it against the source.")
    )
    # What the last import wrote. What differs from it was edited by hand, and the next import keeps it.
    imported = models.JSONField(default=dict, blank=True, editable=False)

    objects = ConsularOfficeQuerySet.as_manager()

    class Meta:
        ordering = ["country", "city", "name"]
        verbose_name = _("consular office")
        verbose_name_plural = _("consular offices")
        constraints = [
            one_of("office", "kind", OfficeKind.values),
            one_of("office", "status", OfficeStatus.values),
            ordered("office", "valid_from", "valid_to"),
            both_or_neither("office", "latitude", "longitude"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Say in words what the constraints would only refuse."""
        check_order(self.valid_from, self.valid_to)
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(
                {"longitude": _("Latitude and longitude are filled together or not at all.")}
            )

    @property
    def choice_name(self) -> str:
        """The name of this office as an option of a question: ``buenos_aires``. Never changes."""
        return self.slug.replace("-", "_")

    @property
    def district(self) -> list[ConsularDistrict]:
        """What the office serves today: whole countries first, then regions."""
        parts = [part for part in self.districts.all() if part.is_valid()]
        return sorted(parts, key=lambda part: (bool(part.region), part.region or str(part.country)))

    @property
    def district_sources(self) -> list[str]:
        """Where one can read what the office serves."""
        return list(dict.fromkeys(part.source for part in self.district if part.source))
