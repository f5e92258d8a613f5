from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..analysis import frame as frames
from ..analysis.frame import Frame
from ..enums import Licence
from ..exports.codebook import ABOUT_THE_RESPONSE
from ..instrument.definition import text_in
from ..models import Consultation
from .cells import can_tell_apart, usually_tell_apart


class OpenDataForm(forms.Form):
    """What could tell people apart in this consultation, and how many they have to be hidden among."""

    quasi_identifiers = forms.MultipleChoiceField(
        label=_("What could tell people apart"),
        help_text=_(
            "Choose what a neighbour, an employer or an official may know of somebody: where they live, how"
            " old they are. The more you choose, the more cells are left out."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    k = forms.IntegerField(
        label=_("Nobody is told from fewer than so many people"),
        help_text=_("At least the smallest number that this consultation shows."),
        max_value=1000,
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices, initial=Licence.CC_BY_4)

    def __init__(self, *args: Any, consultation: Consultation, frame: Frame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quasi_identifiers"].choices = _choices(frame)  # type: ignore[attr-defined]  # it has choices
        self.initial.setdefault("quasi_identifiers", usually_tell_apart(frame))
        least = consultation.minimum_cell
        self.fields["k"].initial = least
        self.fields["k"].min_value = least  # type: ignore[attr-defined]  # an IntegerField
        self.fields["k"].widget.attrs["min"] = least
        self.least = least

    def clean_k(self) -> int:
        k: int = self.cleaned_data["k"]
        if k < self.least:
            raise forms.ValidationError(
                _("Choose %(least)s or more: this consultation shows no smaller numbers.")
                % {"least": self.least}
            )
        return k


def _choices(frame: Frame) -> list[tuple[str, str | Promise]]:
    labels: dict[str, str | Promise] = {
        variable.column.name: _label(variable.column.label, frame, variable.column.name)
        for variable in frame.variables
    }
    labels[frames.LANGUAGE] = ABOUT_THE_RESPONSE[frames.LANGUAGE]
    return [(name, labels[name]) for name in can_tell_apart(frame)]


def _label(text: Any, frame: Frame, name: str) -> str:
    said = text_in(text, get_language() or "", frame.definition.default_language)
    return f"{said} ({name})" if said else name
