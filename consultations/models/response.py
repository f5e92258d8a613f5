from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
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

    @transaction.atomic(savepoint=False)
    def bulk_create(self, objs: Iterable[Response], *args: Any, **kwargs: Any) -> list[Response]:
        """As Django's, and the snapshot for analysis learns of them."""
        created = super().bulk_create(objs, *args, **kwargs)
        SnapshotMark.objects.changed(created)
        return created


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
    # The section that its owner left before having gone on from it: there they go on another day.
    left_in = models.CharField(max_length=64, blank=True)
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

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_on", "id"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [
            models.Index(fields=["consultation", "status", "submitted_on"], name="response_by_day"),
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

    @transaction.atomic(savepoint=False)
    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, and the snapshot for analysis learns of what was sent, sent again or withdrawn."""
        super().save(*args, **kwargs)
        SnapshotMark.objects.changed([self])


class SnapshotMarkQuerySet(models.QuerySet["SnapshotMark"]):
    def waiting(self) -> SnapshotMarkQuerySet:
        """Of responses that were sent, sent again or withdrawn since the snapshot was made."""
        return self.filter(ticket__gt=SnapshotMark.KEPT)

    def changed(self, responses: Iterable[Response]) -> None:
        marks = [
            SnapshotMark(response=response, consultation_id=response.consultation_id)
            for response in responses
            if response.status != ResponseStatus.DRAFT
        ]
        self.bulk_create(marks, update_conflicts=True, unique_fields=["response"], update_fields=["ticket"])


class SnapshotMark(models.Model):
    """Whether the snapshot for analysis holds the present state of a response; drafts have no mark.

    A narrow row beside the answers: a hundred thousand marks are set in tenths of a second. A mark and not
    a number that grows: it must not tell in which order people sent.
    """

    KEPT, CHANGED = 0, 1

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, primary_key=True, related_name="snapshot_mark"
    )
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+", db_index=False)
    # ``KEPT``, ``CHANGED``, or the ticket of whoever is reading the response right now.
    ticket = models.PositiveIntegerField(default=CHANGED)

    objects = SnapshotMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot of answers")
        verbose_name_plural = _("snapshots of answers")
        indexes = [
            models.Index(fields=["consultation"], condition=Q(ticket__gt=0), name="snapshot_mark_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.ticket}"


class ParticipationCode(models.Model):
    """The only key to a response. The code itself is never stored, just its keyed hash (HMAC-SHA256, hex)."""

    digest = models.CharField(max_length=64, primary_key=True)
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="code")

    class Meta:
        verbose_name = _("participation code")
        verbose_name_plural = _("participation codes")

    def __str__(self) -> str:
        return "…"
