from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..enums import QUESTION_KIND_CHOICES
from .questionnaire import Section, validate_name


class Question(Orderable, ClusterableModel):
    """One question as staff write it. ``questionnaires.compile`` turns rows into a definition."""

    section = ParentalKey(Section, on_delete=models.CASCADE, related_name="questions")
    name = models.CharField(_("name"), max_length=64, validators=[validate_name])
    kind = models.CharField(_("kind"), max_length=20, choices=QUESTION_KIND_CHOICES)
    label = models.TextField(_("question"), blank=True)
    hint = models.TextField(_("hint"), blank=True)
    required = models.BooleanField(_("required"), default=False)
    required_message = models.CharField(_("message when it is left empty"), max_length=500, blank=True)
    relevant = models.TextField(_("shown only if"), blank=True)
    constraint = models.TextField(_("accepted only if"), blank=True)
    constraint_message = models.CharField(_("message when it is not accepted"), max_length=500, blank=True)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    # By name, not by key: drafts and copies keep pointing at the list of their own questionnaire.
    choice_list = models.CharField(_("list of options"), max_length=64, blank=True)
    choice_filter = models.TextField(_("options shown only if"), blank=True)
    appearance = models.CharField(_("appearance"), max_length=100, blank=True)
    or_other = models.BooleanField(_("with “other, please specify”"), default=False)
    min_choices = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    max_choices = models.PositiveSmallIntegerField(
        _("at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    start = models.DecimalField(_("from"), max_digits=14, decimal_places=4, null=True, blank=True)
    end = models.DecimalField(_("to"), max_digits=14, decimal_places=4, null=True, blank=True)
    step = models.DecimalField(
        _("in steps of"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    low_label = models.CharField(_("label of the low end"), max_length=200, blank=True)
    high_label = models.CharField(_("label of the high end"), max_length=200, blank=True)
    max_length = models.PositiveIntegerField(
        _("characters at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return str(self.label or self.name)


class MatrixRow(Orderable):
    """One row of a matrix; its name is an answer key of its own."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="rows")
    name = models.CharField(_("name"), max_length=64, validators=[validate_name])
    label = models.CharField(_("row"), max_length=500, blank=True)
    required = models.BooleanField(_("required"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("row")
        verbose_name_plural = _("rows")

    def __str__(self) -> str:
        return str(self.label or self.name)
