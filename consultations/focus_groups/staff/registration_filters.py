"""How the list of registrations can be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ...enums import RegistrationStatus
from ...models import FocusGroupSession, Registration


def _sessions(request: Any) -> QuerySet[FocusGroupSession]:
    """Those of the group whose list it is."""
    return FocusGroupSession.objects.select_related("group").filter(group=request.resolver_match.kwargs["pk"])


class RegistrationFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label=_("State"), choices=RegistrationStatus.choices)
    seat = django_filters.ModelChoiceFilter(
        label=_("Place in"), field_name="seat__session", queryset=_sessions
    )
    availability = django_filters.ModelChoiceFilter(label=_("Can come to"), queryset=_sessions)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Registration
        fields: list[str] = []
