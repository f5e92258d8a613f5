"""The form that draws a sample for double coding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.models import User

from .pages import coders


class DrawForm(forms.Form):
    percent = forms.IntegerField(
        label=_("Share of the coded texts in percent"), min_value=1, max_value=100, required=False
    )
    number = forms.IntegerField(
        label=_("Or a number of texts"),
        min_value=1,
        required=False,
        help_text=_("Where both are given, the number is drawn."),
    )
    second_coder: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Second coder"),
        queryset=User.objects.none(),
        help_text=_("Sees neither the first codes nor any suggestion until the double coding is closed."),
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=64,
        help_text=_("The same texts and the same seed give the same sample, so that anyone can check it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["second_coder"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type)
        field.queryset = coders()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("percent") and not data.get("number") and not self.errors:
            raise ValidationError(_("Give a share or a number."))
        return data
