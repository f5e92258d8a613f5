from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import QuotationStatus, TranslationState
from .code_frame import Code
from .passage import Passage


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def approved(self) -> QuotationQuerySet:
        return self.filter(status=QuotationStatus.APPROVED)


class Quotation(models.Model):
    """A sentence that may be published, once names and places are gone from it and somebody approved it.

    The original stays where it is, behind the right to read single texts. Use ``quotations.usable``: whether
    the author still allows it is looked up each time.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="quotations")
    code = models.ForeignKey(
        Code,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotations",
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    status = models.CharField(
        _("status"), max_length=10, choices=QuotationStatus.choices, default=QuotationStatus.PROPOSED
    )
    # What may be published; empty until names and places are removed.
    text = models.TextField(_("words for publication"), blank=True)
    # [{"start", "end", "kind", "action", "replacement"}], positions within the quotation.
    redactions = models.JSONField(default=list)
    translation = models.TextField(_("translation"), blank=True)
    translation_language = models.CharField(
        _("language of the translation"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    translation_state = models.CharField(
        _("state of the translation"), max_length=10, choices=TranslationState.choices, blank=True
    )
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        constraints = [
            one_of("quotation", "status", QuotationStatus.values),
            models.UniqueConstraint(fields=["passage", "start", "end"], name="quotation_once"),
            models.CheckConstraint(
                condition=Q(status=QuotationStatus.PROPOSED) | ~Q(text=""),
                name="quotation_redacted_before_use",
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="quotation_of_some_words"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
