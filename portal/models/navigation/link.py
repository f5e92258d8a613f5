from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Orderable, Page

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


def in_every_language(field: str, heading: StrOrPromise) -> MultiFieldPanel:
    """One text in all its languages, one under the other."""
    fields: list[Panel] = [FieldPanel(f"{field}_{code}") for code, _name in settings.LANGUAGES]
    return MultiFieldPanel(fields, heading=heading)


class Link(Orderable):
    """A place to go: a page in the reader's language, or an address."""

    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("In any language: readers get the page in theirs."),
    )
    path = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        help_text=_("When it is not a page: /search/ within this site (without the language), or https://…"),
    )
    label = models.CharField(
        _("label"), max_length=60, blank=True, help_text=_("Empty takes the title of the page.")
    )

    panels = [FieldPanel("page"), FieldPanel("path"), in_every_language("label", _("Label"))]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label or self.path or str(self.page)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.path):
            raise ValidationError(_("Choose a page or write an address, one of the two."))
        if self.path and not self.path.startswith(("/", "https://")):
            raise ValidationError({"path": _("Begin with / or https://")})
        if self.path and not self.label:
            raise ValidationError(_("An address needs a label."))


def leads_somewhere(model: str) -> models.CheckConstraint:
    """A link has a page or an address, never both and never neither."""
    page = models.Q(page__isnull=False, path="")
    address = models.Q(page__isnull=True) & ~models.Q(path="")
    return models.CheckConstraint(condition=page | address, name=f"{model}_leads_somewhere")
