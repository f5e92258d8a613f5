from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .consultation import Consultation


class ReferenceFigure(models.Model):
    """The share of a category in the whole population, as somebody else counted it."""

    variable = models.CharField(_("variable"), max_length=60)
    category = models.CharField(_("category"), max_length=60)
    share = models.DecimalField(
        _("share in percent"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    population = models.PositiveBigIntegerField(_("people in all"), null=True, blank=True)
    definition = models.CharField(_("who is counted"), max_length=250)
    source = models.CharField(_("source"), max_length=250)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    status = models.CharField(
        _("standing"), max_length=20, blank=True, help_text=_("Such as: official, secondary, derived.")
    )

    class Meta:
        ordering = ["variable", "-share", "category"]
        verbose_name = _("reference figure")
        verbose_name_plural = _("reference figures")
        constraints = [
            models.UniqueConstraint(fields=["variable", "category"], name="reference_figure_once"),
            models.CheckConstraint(
                condition=Q(share__gte=0) & Q(share__lte=100), name="reference_figure_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variable}: {self.category}"


class WeightingScheme(models.Model):
    """How a sample is made to look like its population: over which margins, and within which bounds.

    ``margins``: ``[{"column": "residence", "reference": "country"}, …]``, a column of the frame beside the
    variable of the reference figures that it is matched with.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="weighting_schemes")
    name = models.CharField(_("name"), max_length=120)
    margins = models.JSONField(_("margins"), default=list)
    # In multiples of the mean weight.
    lowest = models.DecimalField(_("lowest weight"), max_digits=6, decimal_places=3, default=Decimal("0.2"))
    highest = models.DecimalField(_("highest weight"), max_digits=6, decimal_places=3, default=Decimal(5))

    class Meta:
        ordering = ["consultation", "name"]
        verbose_name = _("weighting")
        verbose_name_plural = _("weightings")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "name"], name="weighting_scheme_once"),
            models.CheckConstraint(
                condition=Q(lowest__gte=0)
                & Q(lowest__lte=1)
                & Q(highest__gte=1)
                & Q(lowest__lt=F("highest")),
                name="weighting_scheme_bounds_hold_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name
