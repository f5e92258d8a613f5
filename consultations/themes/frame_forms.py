"""The forms of code frames: one code in all languages, the frame itself, which frame a consultation uses."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from ..models import Code, CodeFrame, CodeFrameUse, Consultation
from .open_answers import open_answers
from .wording import codes_of

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LABELS = [build_localized_fieldname("label", code) for code in LANGUAGES]
DEFINITIONS = [build_localized_fieldname("definition", code) for code in LANGUAGES]


class CodeForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = Code
        fields = ["name", "parent", "colour", *LABELS, *DEFINITIONS, "examples"]
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in (*DEFINITIONS, "examples")}
        help_texts = {"name": _("Stands in exports. It stays once a text carries the code.")}

    # What the code was when the page was loaded, so that two editors do not overwrite each other unseen.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = fingerprint(self.instance)
        self.fields["seen"].initial = self.now
        self.fields["parent"].choices = [("", _("Nothing: it is a heading")), *self._places()]  # type: ignore[attr-defined]  # a choice field
        for code, label in zip(LANGUAGES, LABELS, strict=True):
            self.fields[label].widget.attrs["lang"] = code
            self.fields[label].required = False

    def _places(self) -> list[tuple[int, str]]:
        codes = codes_of(self.instance.frame)
        own = self.instance.pk
        return [
            (theme.code.pk, f"{'— ' * theme.depth}{theme.number} {theme.label}")
            for theme in codes.in_use
            if theme.depth < 2 and theme.code.pk != own
        ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Code.objects.filter(frame=self.instance.frame, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("Another code of this frame has this identifier."))
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(label) for label in LABELS):
            self.add_error(LABELS[0], _("Give it a name in one language at least."))
        if data.get("seen") and data["seen"] != self.now:
            self.data = {**self.data.dict(), "seen": self.now}  # type: ignore[attr-defined]  # a QueryDict
            raise ValidationError(
                _("Somebody else changed this code meanwhile to “%(name)s”. Save again if yours is right.")
                % {"name": self.instance}
            )
        return data


def fingerprint(code: Code) -> str:
    """Of everything that the form changes; nothing for a new code."""
    if not code.pk:
        return ""
    said = [str(getattr(code, name)) for name in CodeForm.Meta.fields]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


class CodeFrameForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = CodeFrame
        fields = ["slug", *(build_localized_fieldname("name", code) for code in LANGUAGES)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        names = [build_localized_fieldname("name", code) for code in LANGUAGES]
        if not any(data.get(name) for name in names):
            self.add_error(names[0], _("Give it a name in one language at least."))
        return data


class UseForm(forms.Form):
    """Which frame a consultation is coded with, and which of its open answers."""

    frame: forms.ModelChoiceField[CodeFrame] = forms.ModelChoiceField(
        label=_("Code frame"), queryset=CodeFrame.objects.all()
    )
    questions = forms.MultipleChoiceField(
        label=_("Open answers to code"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means every long text."),
    )

    def __init__(self, *args: Any, consultation: Consultation, language: str, **kwargs: Any) -> None:
        use = CodeFrameUse.objects.filter(consultation=consultation).first()
        initial = {"frame": use.frame_id, "questions": use.questions} if use else {}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["questions"].choices = [  # type: ignore[attr-defined]  # a choice field
            (answer.name, f"{answer.label_in(language)} ({answer.name})")
            for answer in open_answers(consultation)
        ]


class FrameFileForm(forms.Form):
    file = forms.FileField(
        label=_("Table of codes"),
        help_text=_("XLSX or CSV in UTF-8, as this page exports it. Codes that are missing in it stay."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
