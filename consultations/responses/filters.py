"""How the list of responses can be narrowed."""

from __future__ import annotations

import django_filters
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from ..enums import Channel
from ..models import Response


class ResponseFilterSet(WagtailFilterSet):
    submitted_on = django_filters.DateFromToRangeFilter(label=_("Sent on"), widget=DateRangePickerWidget)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices)

    class Meta:
        model = Response
        fields: list[str] = []
