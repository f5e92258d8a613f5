"""Form fields of the authoring screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from .xlsform.columns import CHOICE_COLUMNS, NAME, REFUSED_CHOICE_COLUMNS


def language_choices() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class LanguagesField(forms.MultipleChoiceField):
    """Which of the portal's languages are switched on, as check boxes; kept in the portal's order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)


class AttributesField(forms.CharField):
    """The filter columns of an option, written one a line as ``column = value``."""

    widget = forms.Textarea(attrs={"rows": 2, "cols": 20})
    default_error_messages = {
        "line": _("Write one column a line, like country = ES."),
        "column": _("“%(name)s” cannot be a filter column. Use letters, digits and underscores."),
    }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{name} = {text}" for name, text in value.items())
        return value

    def to_python(self, value: Any) -> Any:
        lines = [line.partition("=") for line in str(value or "").splitlines() if line.strip()]
        if any(not sign or not name.strip() for name, sign, _text in lines):
            raise ValidationError(self.error_messages["line"], code="line")
        columns = {name.strip(): text.strip() for name, _sign, text in lines}
        # A workbook must be able to carry it as a column of its own.
        for name in columns:
            if not NAME.fullmatch(name) or name.lower() in CHOICE_COLUMNS | REFUSED_CHOICE_COLUMNS:
                raise ValidationError(self.error_messages["column"], code="column", params={"name": name})
        return columns

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or {}))
        except ValidationError:
            return True
