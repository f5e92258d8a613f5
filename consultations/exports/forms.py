from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import User

from .. import rules
from ..models import Consultation, ExportJob


class ExportForm(forms.ModelForm[ExportJob]):
    """How somebody wants the answers, and what for."""

    purpose = forms.CharField(
        label=_("What will you use it for?"),
        help_text=_("One sentence. It is kept with the record of this export."),
        min_length=5,
        max_length=300,
    )

    class Meta:
        model = ExportJob
        fields = ["format", "values", "language", "sensitive", "purpose"]
        widgets = {"format": forms.RadioSelect, "values": forms.RadioSelect}
        help_texts = {
            "values": _("Labels are for reading, codes for statistics programs. The codebook has both."),
            "language": _("Of the labels, the titles and the codebook’s explanations."),
            "sensitive": _("Without them, their columns are left out."),
        }

    def __init__(self, *args: Any, consultation: Consultation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.consultation = consultation
        if rules.may_read_sensitive_answers(user):
            self.initial.setdefault("sensitive", True)
        else:
            del self.fields["sensitive"]
