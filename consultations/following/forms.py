from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """An address and a language; and a field that only robots fill in."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language of the message"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [code for code, _name in settings.LANGUAGES if code not in settings.PARTIAL_LANGUAGES]
        language = self.fields["language"]
        language.choices = [(code, get_language_info(code)["name_local"].capitalize()) for code in whole]  # type: ignore[attr-defined]  # a ChoiceField
        spoken = get_language()
        language.initial = spoken if spoken in whole else settings.LANGUAGE_CODE
