"""A condition as it is filled in: the form has what its field takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..filters import WITHOUT_VALUES, Condition, Operator
from .fields import OPERATORS, Field, Takes
from .phrases import OPERATOR_LABELS

MOST_WORDS = 10


class ConditionForm(forms.Form):
    """``condition`` is what was filled in, once it is valid."""

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = field
        operators = OPERATORS[field.takes]
        self.fields["operator"] = forms.ChoiceField(
            label=_("Comparison"),
            choices=[(op.value, OPERATOR_LABELS[op]) for op in operators],
            initial=operators[0].value,
            widget=forms.RadioSelect,
        )
        self.fields.update(_inputs(field))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "operator" in cleaned and not self.errors:
            values = () if cleaned["operator"] in WITHOUT_VALUES else self._values(cleaned)
            if cleaned["operator"] not in WITHOUT_VALUES and not any(values):
                self.add_error(_first_input(self.about.takes), _say_what_is_missing(self.about.takes))
            self.condition = Condition(self.about.name, Operator(cleaned["operator"]), values)
        return cleaned

    def _values(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        if self.about.takes is Takes.OPTIONS:
            return tuple(cleaned["options"])
        if self.about.takes is Takes.WORDS:
            words = (word.strip() for word in cleaned["words"].split(","))
            return tuple(word for word in words if word)[:MOST_WORDS]
        low, high = cleaned["low"], cleaned["high"]
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The second value has to be at least the first."))
        return (_as_text(low), _as_text(high))


def _inputs(field: Field) -> dict[str, forms.Field]:
    if field.takes is Takes.OPTIONS:
        box = forms.CheckboxSelectMultiple
        return {
            "options": forms.MultipleChoiceField(
                label=_("Options"), choices=field.options, widget=box, required=False
            )
        }
    if field.takes is Takes.WORDS:
        help_text = _("Several words with commas between them: one of them is enough. Accents do not matter.")
        return {
            "words": forms.CharField(label=_("Words"), help_text=help_text, required=False, max_length=200)
        }
    if field.takes is Takes.DAYS:
        day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return {
            "low": forms.DateField(label=_("From"), widget=day, required=False),
            "high": forms.DateField(label=_("To"), widget=day, required=False),
        }
    return {
        "low": forms.DecimalField(label=_("From"), required=False, localize=False),
        "high": forms.DecimalField(label=_("To"), required=False, localize=False),
    }


def _first_input(takes: Takes) -> str:
    return {Takes.OPTIONS: "options", Takes.WORDS: "words"}.get(takes, "low")


def _say_what_is_missing(takes: Takes) -> str:
    if takes is Takes.OPTIONS:
        return _("Tick at least one option.")
    return _("Write a word.") if takes is Takes.WORDS else _("Fill in one of the two.")


def _as_text(value: Any) -> str:
    """Numbers without an exponent, days as YYYY-MM-DD."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else f"{value.normalize():f}"
