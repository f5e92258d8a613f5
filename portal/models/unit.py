from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A unit of the directorate that owns consultations and answers for measures."""

    code = models.SlugField(_("code"), max_length=20, unique=True, help_text=_("Short, for instance PIM."))
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    email = models.EmailField(_("contact address"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"
