from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import Channel, ResponseStatus
from .consultation import Consultation
from .questionnaire_version import QuestionnaireVersion


class ResponseQuerySet(models.QuerySet["Response"]):
    def submitted(self) -> ResponseQuerySet:
        return self.filter(status=ResponseStatus.SUBMITTED)

    def drafts(self) -> ResponseQuerySet:
        return self.filter(status=ResponseStatus.DRAFT)

    def not_in_snapshot(self) -> ResponseQuerySet:
        """Sent, sent again or withdrawn since the snapshot for analysis was made."""
        return self.filter(~Q(status=ResponseStatus.DRAFT), snapshot_ticket__gt=Response.KEPT)


class Response(models.Model):
    """One person's answers to one version. Holds no account, e-mail, address or IP; its id is random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="responses")
    status = models.CharField(
        _("status"), max_length=10, choices=ResponseStatus.choices, default=ResponseStatus.DRAFT
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    answers = models.JSONField(_("answers"), default=dict)
    # Names of the sections that were saved at least once, in order: completion and drop-off count these.
    sections = models.JSONField(_("sections saved"), default=list)
    # [{"purpose", "version", "digest", "language", "given_on"}]: which text was agreed to, never by whom.
    consents = models.JSONField(_("consents"), default=list)
    # Edits to a response that was already sent: {"answers", "sections", "consents", "language"}. They count
    # only once they are sent in turn, so that what is counted has always passed validation.
    changes = models.JSONField(_("changes not sent yet"), null=True, blank=True)
    # Grows by one at each save, so that two windows cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=0)
    # Days, not moments: a time of day could be joined with a server log.
    started_on = models.DateField(_("started on"))
    saved_on = models.DateField(_("last saved on"))
    submitted_on = models.DateField(_("sent on"), null=True, blank=True)
    # Whether the snapshot for analysis holds this state: ``KEPT``, ``CHANGED``, or the ticket of whoever is
    # reading it right now. A mark and not a number that grows: it must not tell in which order people sent.
    snapshot_ticket = models.PositiveIntegerField(default=1, editable=False)

    KEPT, CHANGED = 0, 1

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_on", "id"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [
            models.Index(fields=["consultation", "status", "submitted_on"], name="response_by_day"),
            models.Index(
                fields=["consultation"],
                condition=Q(snapshot_ticket__gt=0) & ~Q(status=ResponseStatus.DRAFT),
                name="response_not_in_snapshot",
            ),
        ]
        constraints = [
            one_of("response", "status", ResponseStatus.values),
            models.CheckConstraint(
                condition=~Q(status=ResponseStatus.SUBMITTED) | Q(submitted_on__isnull=False),
                name="response_submitted_has_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ParticipationCode(models.Model):
    """The only key to a response. The code itself is never stored, just its keyed hash (HMAC-SHA256, hex)."""

    digest = models.CharField(max_length=64, primary_key=True)
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="code")

    class Meta:
        verbose_name = _("participation code")
        verbose_name_plural = _("participation codes")

    def __str__(self) -> str:
        return "…"
