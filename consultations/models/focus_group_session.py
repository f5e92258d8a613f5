from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.consular_office import validate_time_zone
from portal.constraints import one_of

from ..enums import Modality, SessionStatus
from .focus_group import FocusGroup
from .registration import Registration


class FocusGroupSessionQuerySet(models.QuerySet["FocusGroupSession"]):
    def upcoming(self) -> FocusGroupSessionQuerySet:
        return self.filter(status=SessionStatus.PLANNED, starts_at__gt=timezone.now())

    def planned(self) -> FocusGroupSessionQuerySet:
        return self.filter(status=SessionStatus.PLANNED)


class FocusGroupSession(models.Model):
    """One conversation: when (an instant, and the zone in which it was set), where, and for how many."""

    group = models.ForeignKey(
        FocusGroup, verbose_name=_("focus group"), on_delete=models.CASCADE, related_name="sessions"
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=SessionStatus.choices,
        default=SessionStatus.PLANNED,
        editable=False,
    )
    starts_at = models.DateTimeField(_("begins"))
    timezone = models.CharField(_("time zone"), max_length=50, validators=[validate_time_zone])
    duration = models.PositiveSmallIntegerField(
        _("duration in minutes"), default=90, validators=[MinValueValidator(15), MaxValueValidator(8 * 60)]
    )
    # Of the conversation, any language at all (BCP 47): a group may speak Japanese.
    language = models.CharField(_("language of the conversation"), max_length=20, default="es")
    other_languages = models.CharField(
        _("other languages"), max_length=60, blank=True, help_text=_("Codes, separated by spaces.")
    )
    modality = models.CharField(
        _("modality"), max_length=10, choices=Modality.choices, default=Modality.IN_PERSON
    )
    place = models.CharField(_("city"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    # Sent to confirmed people alone, ``link_hours`` before the session, and never shown to anybody else.
    link = models.URLField(_("joining link"), max_length=500, blank=True)
    link_hours = models.PositiveSmallIntegerField(
        _("hours before, when the link is sent"), default=24, validators=[MinValueValidator(1)]
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), default=8, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    invited = models.PositiveSmallIntegerField(_("people invited"), null=True, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("facilitator"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="facilitated_sessions",
    )
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("observer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="observed_sessions",
    )
    interpreter = models.CharField(
        _("interpreter"), max_length=250, blank=True, help_text=_("Of which languages.")
    )
    accessibility = models.TextField(_("accessibility"), blank=True)
    childcare = models.TextField(_("childcare"), blank=True)
    # SEQUENCE of the calendar file: grows with each change that people have to know of.
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = FocusGroupSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            one_of("focusgroupsession", "status", SessionStatus.values),
            one_of("focusgroupsession", "modality", Modality.values),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.starts_at.astimezone(self.zone):%Y-%m-%d %H:%M} {self.timezone}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.duration)

    @property
    def is_past(self) -> bool:
        return self.starts_at <= timezone.now()


class Seat(models.Model):
    """One place of a session. There are as many rows as places: what is not there cannot be given away.

    Its number is the pseudonym under which the person appears in notes ("Participante 3").
    """

    session = models.ForeignKey(FocusGroupSession, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    registration = models.OneToOneField(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="seat"
    )

    class Meta:
        ordering = ["session", "number"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="seat_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.number}"
