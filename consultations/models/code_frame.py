from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import CodeColour
from .consultation import Consultation

NAME = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Use lower-case letters, digits and underscores, beginning with a letter.")
)


class CodeFrame(models.Model):
    """A tree of themes. Several consultations may share it, so that their themes can be compared."""

    slug = models.SlugField(_("identifier"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("code frame")
        verbose_name_plural = _("code frames")
        permissions = [
            ("code_answers", _("Can read and code open answers and notes")),
            ("approve_quotations", _("Can approve quotations for use")),
        ]

    def __str__(self) -> str:
        return str(self.name or self.slug)


class CodeFrameUse(models.Model):
    """Which frame a consultation is coded with, and which of its questions."""

    consultation = models.OneToOneField(
        Consultation, primary_key=True, on_delete=models.CASCADE, related_name="code_frame_use"
    )
    frame = models.ForeignKey(
        CodeFrame, verbose_name=_("code frame"), on_delete=models.PROTECT, related_name="uses"
    )
    # Names of answers; none means every long text.
    questions = models.JSONField(_("questions"), default=list, blank=True)

    class Meta:
        verbose_name = _("use of a code frame")
        verbose_name_plural = _("uses of code frames")

    def __str__(self) -> str:
        return f"{self.consultation} · {self.frame}"


class CodeQuerySet(models.QuerySet["Code"]):
    def in_use(self) -> CodeQuerySet:
        """Those that can be given to a text today."""
        return self.filter(retired_at__isnull=True)


class Code(models.Model):
    """One theme. Once a text carries it, it is retired or merged, never deleted."""

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="codes")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("above it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    # Stands in exports, so it never changes once it is used.
    name = models.CharField(_("identifier"), max_length=60, validators=[NAME])
    label = models.CharField(_("name"), max_length=150)
    definition = models.TextField(_("definition"), blank=True)
    examples = models.TextField(
        _("examples"), blank=True, help_text=_("One a line. Invent them: an answer is never an example.")
    )
    colour = models.CharField(
        _("colour"), max_length=10, choices=CodeColour.choices, default=CodeColour.INDIGO
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", editable=False
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["frame", "sort_order", "pk"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(fields=["frame", "name"], name="code_name_once"),
            one_of("code", "colour", CodeColour.values),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="code_not_below_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired_at__isnull=False),
                name="code_merged_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label or self.name)

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None
