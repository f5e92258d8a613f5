"""A session as it is typed: a day and an hour on the wall of a place, and who does what."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from portal.models import User

from ...enums import Modality, SessionStatus
from ...models import FocusGroupSession
from ...planning.periods import zone_choices
from .. import stages
from ..wall_clock import instant
from .fields import validate_language

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def people_who_run_sessions() -> QuerySet[User]:
    every = User.objects.filter(is_active=True)
    able = [
        User.objects.with_perm(f"consultations.{name}", backend=_BACKEND).values("pk")
        for name in ("facilitate_focus_groups", "manage_focus_groups")
    ]
    return every.filter(Q(pk__in=able[0]) | Q(pk__in=able[1])).order_by("first_name", "email")


class PersonField(forms.ModelChoiceField[User]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        name = obj.get_full_name()
        return f"{name} ({obj.email})" if name else str(obj.email)


class SessionForm(forms.ModelForm[FocusGroupSession]):
    day = forms.DateField(label=gettext_lazy("Day"), widget=AdminDateInput)
    hour = forms.TimeField(
        label=gettext_lazy("Hour"),
        widget=AdminTimeInput,
        help_text=gettext_lazy("As the clocks show it in the time zone of the session."),
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        error_messages={"invalid_choice": gettext_lazy("There is no time zone “%(value)s”.")},
    )
    language = forms.CharField(
        label=gettext_lazy("Language of the conversation"),
        max_length=20,
        initial="es",
        validators=[validate_language],
        help_text=gettext_lazy("Its code, like es, quy or ja."),
    )
    link = forms.URLField(
        label=gettext_lazy("Joining link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only people who confirmed receive it, when it is time."),
    )
    facilitator = PersonField(label=gettext_lazy("Facilitator"))
    observer = PersonField(label=gettext_lazy("Observer"))

    class Meta:
        model = FocusGroupSession
        fields = [
            "day",
            "hour",
            "timezone",
            "duration",
            "modality",
            "place",
            "address",
            "link",
            "link_hours",
            "capacity",
            "invited",
            "language",
            "other_languages",
            "interpreter",
            "facilitator",
            "observer",
            "accessibility",
            "childcare",
        ]
        widgets = {
            "modality": forms.RadioSelect,
            "address": forms.Textarea(attrs={"rows": 3}),
            "accessibility": forms.Textarea(attrs={"rows": 2}),
            "childcare": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "link": gettext_lazy(
                "For an online session. Only people who confirmed receive it, when it is time."
            ),
            "invited": gettext_lazy(
                "How many people you invite, where more are asked than there are places."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = 0
        if self.instance.pk:
            self.taken = self.instance.seats.filter(registration__isnull=False).count()
            local = self.instance.starts_at.astimezone(self.instance.zone)
            self.initial.update(day=local.date(), hour=local.time())
        else:
            self.initial.setdefault("timezone", self.instance.group.timezone)
        for name in ("facilitator", "observer"):
            self.fields[name].queryset = people_who_run_sessions()  # type: ignore[attr-defined]  # a choice field

    def clean_other_languages(self) -> str:
        codes = re.split(r"[\s,;]+", self.cleaned_data["other_languages"].strip())
        for code in filter(None, codes):
            validate_language(code)
        return " ".join(filter(None, codes))

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if capacity < self.taken:
            words = {"taken": self.taken}
            raise ValidationError(
                _("%(taken)s people hold a place already: take some back first, or keep that many.") % words
            )
        return capacity

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._find_the_moment(cleaned)
        if cleaned.get("modality") == Modality.IN_PERSON and not cleaned.get("place"):
            self.add_error("place", _("Say in which city people meet."))
        if cleaned.get("starts_at") and cleaned.get("duration"):
            self._require_free_people(cleaned)
        return cleaned

    def _find_the_moment(self, cleaned: dict[str, Any]) -> None:
        if not all(cleaned.get(name) is not None for name in ("day", "hour", "timezone")):
            return
        try:
            moment = instant(cleaned["day"], cleaned["hour"], ZoneInfo(cleaned["timezone"]))
        except ValidationError as error:
            self.add_error("hour", error)
            return
        cleaned["starts_at"] = moment
        if moment <= timezone.now() and moment != self.instance.starts_at:
            self.add_error("day", _("This moment has passed. Choose one that lies ahead."))

    def _require_free_people(self, cleaned: dict[str, Any]) -> None:
        probe = FocusGroupSession(starts_at=cleaned["starts_at"], duration=cleaned["duration"])
        for name in ("facilitator", "observer"):
            person = cleaned.get(name)
            if person is not None and any(
                _overlap(probe, other) for other in _sessions_of(person, self.instance)
            ):
                self.add_error(name, _("This person has another session at that time."))

    def _post_clean(self) -> None:
        """The instant is a column of the record, and no field of this form."""
        if "starts_at" in self.cleaned_data:
            self.instance.starts_at = self.cleaned_data["starts_at"]
        super()._post_clean()  # type: ignore[misc]  # Django's own step

    @property
    def values(self) -> dict[str, Any]:
        """What the session is to be, for ``stages.reschedule``."""
        names = ["starts_at", *(name for name in self.Meta.fields if name not in ("day", "hour"))]
        return {name: self.cleaned_data[name] for name in names}


def _sessions_of(person: User, session: FocusGroupSession) -> QuerySet[FocusGroupSession]:
    own = FocusGroupSession.objects.planned().filter(Q(facilitator=person) | Q(observer=person))
    return own.exclude(pk=session.pk)


def _overlap(one: FocusGroupSession, other: FocusGroupSession) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def changes_told(stored: FocusGroupSession, values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(what, before, after) of everything that people with a place have to hear of."""
    changed = [name for name in values if name in stages.TOLD and getattr(stored, name) != values[name]]
    moment_only = {"timezone"} if "starts_at" in changed else set()
    return [
        (
            str(stored._meta.get_field(name).verbose_name),  # type: ignore[union-attr]  # plain fields
            _shown(stored, name, getattr(stored, name), stored.timezone),
            _shown(stored, name, values[name], values["timezone"]),
        )
        for name in changed
        if name not in moment_only
    ]


def _shown(stored: FocusGroupSession, name: str, value: Any, zone: str) -> str:
    if isinstance(value, datetime):
        return f"{date_format(value.astimezone(ZoneInfo(zone)), 'DATETIME_FORMAT')} ({zone})"
    if name == "modality":
        return str(Modality(value).label)
    return str(value) or "–"


def fingerprint(values: Mapping[str, Any]) -> str:
    """Of the changes that were shown: what is confirmed is what was seen."""
    written = json.dumps({name: str(value) for name, value in sorted(values.items())})
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def is_over(session: FocusGroupSession) -> bool:
    return session.status != SessionStatus.PLANNED
