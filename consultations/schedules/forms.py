from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User

from ..exports.forms import ExportForm
from ..models import Consultation, ExportSchedule
from ..planning.periods import zone_choices


class ScheduleForm(ExportForm):
    """The export, its rhythm, and who gets it."""

    class Meta(ExportForm.Meta):
        model = ExportSchedule  # type: ignore[assignment]  # it has the same fields
        fields = [
            *ExportForm.Meta.fields,
            *("frequency", "weekday", "day", "at", "timezone", "recipients"),
        ]
        widgets: dict[str, Any] = {
            **ExportForm.Meta.widgets,
            "frequency": forms.RadioSelect,
            "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "day": forms.NumberInput(attrs={"min": 1, "max": 31}),
            "timezone": forms.Select,
            "recipients": forms.CheckboxSelectMultiple,
        }
        labels = {**ExportForm.Meta.labels, "at": _("At what time")}
        help_texts = {
            **ExportForm.Meta.help_texts,
            "weekday": _("For an export of every week."),
            "day": _("For an export of every month; 31 stands for its last day."),
            "timezone": _("The clock by which it runs; it follows summer time by itself."),
            "recipients": _(
                "Those who may export these responses. Each gets a mail with the way to a file of their own."
            ),
        }

    def __init__(self, *args: Any, consultation: Consultation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, consultation=consultation, user=user, **kwargs)
        people = self.fields["recipients"]
        assert isinstance(people, forms.ModelMultipleChoiceField)  # noqa: S101  (for mypy)
        people.queryset = may_receive(consultation)
        self.initial.setdefault("recipients", [user.pk])
        zones = cast(forms.Select, self.fields["timezone"].widget)
        own = str(self.get_initial_for_field(self.fields["timezone"], "timezone"))
        zones.choices = [*zone_choices(), *([] if "/" in own or own == "UTC" else [(own, own)])]

    def parts(self) -> Iterator[tuple[Promise, list[forms.BoundField]]]:
        """The fields under the questions that they answer."""
        for heading, names in _PARTS:
            yield heading, [self[name] for name in names if name in self.fields]


_PARTS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("When"), ("frequency", "weekday", "day", "at", "timezone")),
    (_("Who gets it"), ("recipients", "purpose")),
    (_("What it holds"), tuple(name for name in ExportForm.Meta.fields if name != "purpose")),
)


def may_receive(consultation: Consultation) -> QuerySet[User]:
    """Active staff who may export the responses of a consultation: ``rules`` and ``scope``, of everybody."""
    in_scope = _holding("see_every_unit") | Q(unit=consultation.unit_id)
    people = User.objects.filter(Q(is_superuser=True) | (_holding("export_responses") & in_scope))
    return people.filter(is_active=True).distinct().order_by("email")


def _holding(codename: str) -> Q:
    held = Permission.objects.filter(content_type__app_label="consultations", codename=codename)
    people = User.objects.filter(Q(user_permissions__in=held) | Q(groups__permissions__in=held))
    # By key: two permissions may come from two groups, which one join could not see.
    return Q(pk__in=people.values("pk"))
