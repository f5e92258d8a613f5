"""Form fields of the focus-group screens."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ...models.focus_group import MINUTES_A_DAY, validate_reminders

# BCP 47, as far as anybody needs it.
validate_language = RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("Write a code like es, quy or ja."))

_UNITS = {"d": MINUTES_A_DAY, "h": 60, "min": 1}
_REMINDER = re.compile(r"(\d{1,5})\s*(d|h|min)")


class OptionsField(forms.CharField):
    """Answers by their codes, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != list(initial or []))


class RemindersField(forms.CharField):
    """How long before the session, as ``7 d, 1 d, 2 h``; kept in minutes."""

    default_error_messages = {"written": _("Write them like 7 d, 1 d, 2 h, 30 min.")}

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(written, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = [part.strip() for part in str(value or "").split(",") if part.strip()]
        found = [_REMINDER.fullmatch(part) for part in parts]
        if not all(found):
            raise ValidationError(self.error_messages["written"], code="written")
        minutes = [int(item[1]) * _UNITS[item[2]] for item in found if item]
        validate_reminders(minutes)
        return sorted(minutes, reverse=True)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def written(minutes: int) -> str:
    """In the largest unit that gives a whole number."""
    unit = next(name for name, size in _UNITS.items() if minutes % size == 0)
    return f"{minutes // _UNITS[unit]} {unit}"
