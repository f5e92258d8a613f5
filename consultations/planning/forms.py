"""The form of a consultation. Its moments are read and shown in the consultation's own time zone."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from ..models import Consultation
from ..questionnaires.fields import LanguagesField
from ..questionnaires.forms import make_a_slug, require_a_title


class ZonedDateTimeField(forms.DateTimeField):
    """A moment typed and shown in ``zone``, whatever zone the person at the keyboard lives in."""

    widget = AdminDateTimeInput
    zone: tzinfo | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.make_naive(value, self.zone)
        return value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)


def _zone_choices() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(zoneinfo.available_timezones()) if "/" in name]


class ConsultationForm(WagtailAdminModelForm):
    languages = LanguagesField(
        label=_("Languages"), help_text=_("In which languages people are invited to take part.")
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=_zone_choices, initial=settings.TIME_ZONE)
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
        self.fields["slug"].required = False
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = self._zone()

    def _zone(self) -> tzinfo:
        name = self.data.get(self.add_prefix("timezone")) if self.is_bound else self.instance.timezone
        known = zoneinfo.available_timezones()
        return zoneinfo.ZoneInfo(name if name in known else settings.TIME_ZONE)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        require_a_title(self, cleaned)
        make_a_slug(self, cleaned)
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It has to close after it opens."))
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
