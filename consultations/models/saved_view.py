from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of
from portal.models import Unit

from ..enums import AnalysisScreen
from .consultation import Consultation


class SavedView(models.Model):
    """How somebody looked at the answers, by a name: a screen with the filter and choices of its address.

    ``unit`` is set where the view is shared with the people of that unit. A view holds no figures: whoever
    opens it sees what their own rights let them see.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("shared with"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="saved_views",
    )
    name = models.CharField(_("name"), max_length=120)
    screen = models.CharField(_("screen"), max_length=20, choices=AnalysisScreen.choices)
    # The part of the address behind the question mark.
    query = models.TextField(_("choices"), blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "owner", "name"], name="saved_view_once"),
            one_of("savedview", "screen", AnalysisScreen.values),
        ]

    def __str__(self) -> str:
        return self.name
