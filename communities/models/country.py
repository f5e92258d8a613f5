from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Country(models.Model):
    """A country or territory, by its ISO 3166-1 code."""

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters."))],
    )
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ["name"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """The name in every language that has one."""
        fields = (f"name_{language}" for language in settings.MODELTRANSLATION_LANGUAGES)
        return tuple(filter(None, (getattr(self, field) for field in fields)))
