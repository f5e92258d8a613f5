"""A note on one topic, with the words that were said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...enums import Agreement
from ...models import Excerpt, FocusGroupSession, TopicNote
from ..notes import Quotation, Written
from .fields import validate_language

ROOM_FOR = 2


class NoteForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    language = forms.CharField(
        label=gettext_lazy("Language of the note"), max_length=20, validators=[validate_language]
    )
    summary = forms.CharField(
        label=gettext_lazy("What was said, in short"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("People appear by the number of their seat. Write no name."),
    )
    agreement = forms.ChoiceField(
        label=gettext_lazy("How far people agreed"),
        required=False,
        choices=[("", "—"), *Agreement.choices],
    )
    surprises = forms.CharField(
        label=gettext_lazy("What was surprising"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_ups = forms.CharField(
        label=gettext_lazy("What to follow up"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def written(self) -> Written:
        names = ("language", "summary", "agreement", "surprises", "follow_ups")
        return Written(**{name: self.cleaned_data[name] for name in names})


class QuotationForm(forms.Form):
    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    speaker = forms.TypedChoiceField(
        label=gettext_lazy("Who said it"), coerce=int, empty_value=None, required=False
    )
    language = forms.CharField(label=gettext_lazy("Language"), max_length=20, validators=[validate_language])
    text = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    translation = forms.CharField(
        label=gettext_lazy("Translation"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    translation_language = forms.ChoiceField(
        label=gettext_lazy("Translated into"), required=False, choices=[("", "—"), *settings.LANGUAGES]
    )

    def __init__(self, *args: Any, seats: int, silent: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.silent = silent
        self.fields["speaker"].choices = [("", _("nobody knows")), *_people(seats, silent)]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("text") and cleaned.get("speaker") in self.silent:
            words = {"number": cleaned["speaker"]}
            self.add_error(
                "speaker",
                _("Participant %(number)s did not agree to be quoted. Say it in the summary, in your words.")
                % words,
            )
        if cleaned.get("translation") and not cleaned.get("translation_language"):
            self.add_error("translation_language", _("Say into which language it was translated."))
        if cleaned.get("translation") and not cleaned.get("text"):
            self.add_error("text", _("Write the words in the language in which they were said, too."))
        return cleaned


def _people(seats: int, silent: set[int]) -> list[tuple[int, str]]:
    return [
        (
            number,
            (_("Participant %s (not to be quoted)") if number in silent else _("Participant %s")) % number,
        )
        for number in range(1, seats + 1)
    ]


_QuotationFormSet = formset_factory(QuotationForm, extra=ROOM_FOR)


def quotation_forms(
    session: FocusGroupSession, note: TopicNote | None, *, silent: set[int], data: Any = None
) -> BaseFormSet[QuotationForm]:
    """Those that there are, and room for two more. An empty text deletes a quotation."""
    language = session.language
    stored = list(note.quotations.order_by("number")) if note else []
    initial = [_as_row(item) for item in stored]
    blanks = [{"language": language}] * ROOM_FOR
    numbers = session.seats.values_list("number", flat=True)
    options = {"seats": max(numbers, default=session.capacity), "silent": silent}
    factory = formset_factory(QuotationForm, extra=0) if data is None else _QuotationFormSet
    return factory(data, initial=[*initial, *blanks], prefix="said", form_kwargs=options)


def quotations(formset: BaseFormSet[QuotationForm]) -> list[Quotation]:
    rows = [form.cleaned_data for form in formset.forms]
    return [Quotation(**row) for row in rows if row.get("text", "").strip()]


def add_missing(data: QueryDict, stored: list[Excerpt]) -> None:
    """Rows for what somebody else added meanwhile, so that saving again does not delete it."""
    total = int(data.get("said-TOTAL_FORMS") or 0)
    known = {data.get(f"said-{number}-key") for number in range(total)}
    for item in stored:
        if str(item.pk) not in known:
            for name, value in _as_row(item).items():
                data[f"said-{total}-{name}"] = "" if value is None else str(value)
            total += 1
    data["said-TOTAL_FORMS"] = str(total)


def _as_row(item: Excerpt) -> dict[str, Any]:
    return {
        "key": item.pk,
        "speaker": item.speaker,
        "language": item.language,
        "text": item.text,
        "translation": item.translation,
        "translation_language": item.translation_language,
    }
