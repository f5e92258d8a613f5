from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin

from .questionnaire import Questionnaire, validate_name

# Several choices travel as words with spaces between, so a name holds none.
validate_choice_name = RegexValidator(
    r"^[^\s,'\"<>&]{1,64}$", _("No spaces, commas or quotation marks; 64 characters at most.")
)


class ChoiceList(RevisionMixin, ClusterableModel):
    """A list of options that several questions of one questionnaire may share."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="choice_lists")
    name = models.CharField(_("name"), max_length=64, validators=[validate_name])

    class Meta:
        ordering = ["questionnaire", "pk"]
        verbose_name = _("list of options")
        verbose_name_plural = _("lists of options")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "name"], name="choice_list_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Choice(Orderable):
    """One option of a list. Its name is stored with every answer and never changes its meaning."""

    choice_list = ParentalKey(ChoiceList, on_delete=models.CASCADE, related_name="choices")
    name = models.CharField(_("code"), max_length=64, validators=[validate_choice_name])
    label = models.CharField(_("label"), max_length=500, blank=True)
    exclusive = models.BooleanField(
        _("excludes the others"), default=False, help_text=_("For instance “None of these”.")
    )
    attributes = models.JSONField(_("filter columns"), default=dict, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [models.UniqueConstraint(fields=["choice_list", "name"], name="choice_name_once")]

    def __str__(self) -> str:
        return str(self.label or self.name)
