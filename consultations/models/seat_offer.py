from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import OfferStatus
from .focus_group import FocusGroup
from .focus_group_session import FocusGroupSession
from .registration import Registration


class SeatOfferQuerySet(models.QuerySet["SeatOffer"]):
    def pending(self) -> SeatOfferQuerySet:
        return self.filter(status=OfferStatus.PENDING)

    def overdue(self) -> SeatOfferQuerySet:
        return self.pending().filter(expires_at__lte=timezone.now())


class SeatOffer(models.Model):
    """A place that was offered, until when, and what became of it. Kept for the statistics."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="offers")
    session = models.ForeignKey(FocusGroupSession, on_delete=models.CASCADE, related_name="offers")
    status = models.CharField(
        _("status"), max_length=10, choices=OfferStatus.choices, default=OfferStatus.PENDING
    )
    offered_at = models.DateTimeField(_("offered at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("to be answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at", "-pk"]
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        constraints = [
            one_of("seatoffer", "status", OfferStatus.values),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(status="pending"), name="offer_one_pending_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.status}"


class Draw(models.Model):
    """A balanced draw as it was made: seed, algorithm, what went in and what came out. Never changed.

    ``entries``: [{"id": pseudonym, "profile": {question: value | [values]}, "sessions": [pk]}], in order of
    the pseudonyms. ``result``: {session pk: [pseudonym]}. ``chances``: [{"profile", "people", "chance"}].
    Whoever holds entries, seed and algorithm can repeat it.
    """

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="draws")
    # The group's published seed and the hash of the entries, with a colon between them.
    seed = models.CharField(_("seed"), max_length=130)
    algorithm = models.CharField(_("algorithm"), max_length=40)
    entries = models.JSONField(_("who was in the draw"))
    quotas = models.JSONField(_("quotas"))
    result = models.JSONField(_("result"))
    chances = models.JSONField(_("chances"), default=list)
    # {pseudonym: registration id}; never published.
    key = models.JSONField(default=dict)
    digest = models.CharField(_("hash of the entries"), max_length=64)
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("offers sent at"), null=True, blank=True)

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return f"{self.group} · {timezone.localtime(self.drawn_at):%Y-%m-%d %H:%M}"


class DrawOverride(models.Model):
    """One change that staff made to what was drawn, with its reason."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="overrides")
    session = models.ForeignKey(FocusGroupSession, on_delete=models.CASCADE, related_name="+")
    # Exchanged: one of them may be missing, to add or to leave out somebody.
    taken_out = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    put_in = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("change to a draw")
        verbose_name_plural = _("changes to draws")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_out__isnull=False) | Q(put_in__isnull=False), name="override_says_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.reason)


class SentNotice(models.Model):
    """That a mail of a kind went to a person once: what makes reminders safe to run twice."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices")
    # For instance "offer:12" or "reminder:7:1440:2": kind, subject, and the session's revision.
    key = models.CharField(max_length=80)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["registration", "key"], name="notice_once")]

    def __str__(self) -> str:
        return str(self.key)
