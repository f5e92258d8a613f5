"""The forms behind the authoring screens. A draft is never refused for a text that is still missing."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms.models import WagtailAdminModelForm

from ..models import Choice, ChoiceList, Question, Questionnaire
from ..models.questionnaire import default_languages
from .fields import AttributesField, LanguagesField
from .places import LIST_OF


class QuestionnaireForm(WagtailAdminModelForm):
    languages = LanguagesField(label=_("Languages switched on"), initial=default_languages)

    class Meta(WagtailAdminModelForm.Meta):
        model = Questionnaire
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        require_a_title(self, cleaned)
        make_a_slug(self, cleaned)
        source, languages = cleaned.get("default_language"), cleaned.get("languages")
        if source and languages is not None and source not in languages:
            self.add_error("languages", _("Switch the source language on, too."))
        return cleaned


def require_a_title(form: forms.ModelForm[Any], cleaned: dict[str, Any]) -> None:
    """One language is enough: staff must be able to find the record again."""
    names = [build_localized_fieldname("title", code) for code, _name in settings.LANGUAGES]
    if not any(cleaned.get(name) for name in names):
        form.add_error(names[0], ValidationError(_("Give it a title in one language at least.")))


def make_a_slug(form: forms.ModelForm[Any], cleaned: dict[str, Any]) -> None:
    """An identifier left empty is made from the first title that there is; a taken one gets a number."""
    if cleaned.get("slug") or "slug" in form.errors:
        return
    titles = (cleaned.get(build_localized_fieldname("title", code)) for code, _name in settings.LANGUAGES)
    base = slugify(next(filter(None, titles), ""))[:70] or "x"
    taken = set(form._meta.model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    free = (slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)
    cleaned["slug"] = next(free)


class QuestionForm(WagtailAdminModelForm):
    """One question inside the questionnaire's form. Its text boxes are plain ones: there are hundreds."""

    class Meta:
        model = Question
        fields: list[str] = []


class ChoiceForm(WagtailAdminModelForm):
    """One option inside the form of its list."""

    attributes = AttributesField(
        required=False,
        label=_("Filter columns"),
        help_text=_("One a line, like country = ES. Conditions on options read them."),
    )

    class Meta:
        model = Choice
        fields: list[str] = []


class ChoiceListForm(WagtailAdminModelForm):
    """A list belongs to its questionnaire for good, so an existing one cannot be moved."""

    class Meta(WagtailAdminModelForm.Meta):
        model = ChoiceList
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "questionnaire" in self.fields and self.instance.pk:
            self.fields["questionnaire"].disabled = True

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in LIST_OF.values():
            raise ValidationError(_("The portal has a list of its own of this name. Choose another one."))
        return name
