"""The form of a consultation. Its moments are read and shown in the consultation's own time zone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ..models import Consultation
from ..models.questionnaire import default_languages
from ..questionnaires.fields import LanguagesField
from .periods import PeriodForm, ZonedDateTimeField


class ConsultationForm(PeriodForm):
    languages = LanguagesField(
        label=_("Languages"),
        help_text=_("In which languages people are invited to take part."),
        initial=default_languages,
    )
    opens_at = ZonedDateTimeField(
        label=_("Opens"),
        required=False,
        help_text=_("In the time zone of the consultation. It opens by itself at that moment."),
    )
    closes_at = ZonedDateTimeField(
        label=_("Closes"),
        required=False,
        help_text=_("In the time zone of the consultation. It closes by itself at that moment."),
    )

    class Meta(WagtailAdminModelForm.Meta):
        model = Consultation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Mostly the unit of whoever begins one. Not as ``initial`` of a stored one: that stands as it is.
        if not self.instance.pk and self.for_user:
            self.fields["unit"].initial = self.for_user.unit_id

    def clean_languages(self) -> list[str]:
        """A draft may lack much; without a language it could not even be shown."""
        languages: list[str] = self.cleaned_data["languages"]
        if not languages:
            raise ValidationError(self.fields["languages"].error_messages["required"], code="required")
        return languages

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._comes_back(cleaned.get("previous_wave")):
            self.add_error(
                "previous_wave", _("A consultation cannot follow itself, nor one that follows it.")
            )
        return cleaned

    def _comes_back(self, earlier: Consultation | None) -> bool:
        """Whether going back from wave to wave would arrive here again."""
        seen: set[int] = set()
        while earlier is not None and earlier.pk not in seen:
            if earlier.pk == self.instance.pk:
                return True
            seen.add(earlier.pk)
            earlier = earlier.previous_wave
        return False
