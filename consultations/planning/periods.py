"""Forms of what is open from one moment to another, in a time zone of its own."""

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


def zone_choices() -> list[tuple[str, str]]:
    """Zones named after a place, and the one of no place."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name)
    return [(name, name) for name in sorted((*names, "UTC"))]


class PeriodForm(WagtailAdminModelForm):
    """With ``opens_at`` and ``closes_at`` in the zone that the form names; makes the short name."""

    timezone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, initial=settings.TIME_ZONE)

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
        return cleaned
