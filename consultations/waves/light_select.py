from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Choices = Sequence[tuple[str, str]]


class Options:
    """The options of many lists alike, escaped once."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices

    @cached_property
    def drawn(self) -> str:
        return format_html_join("", '<option value="{}">{}</option>', self.choices)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _label in self.choices)

    def chosen(self, value: str) -> str:
        plain = format_html('<option value="{}">', value)
        return self.drawn.replace(plain, format_html('<option value="{}" selected>', value), 1)


class LightSelect(forms.Select):
    """A drop-down list that needs no template: hundreds of them with a hundred options each took seconds."""

    def __init__(self, options: Options, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.light = options

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        found = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = SafeString(self.light.chosen(str(value or "")))  # made of escaped parts
        return format_html("<select{}>{}</select>", flatatt(found), options)


class LightChoiceField(forms.Field):
    """A choice among ``options``, which many fields share."""

    default_error_messages = forms.ChoiceField.default_error_messages

    def __init__(self, options: Options, **kwargs: Any) -> None:
        super().__init__(widget=LightSelect(options), **kwargs)
        self.options = options

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value not in self.options.names:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
