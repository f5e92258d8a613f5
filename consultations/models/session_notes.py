from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import Agreement, TranscriptFormat
from .focus_group import GuideTopic
from .focus_group_session import FocusGroupSession


def private_storage() -> Storage:
    return storages["private"]


class TopicNote(models.Model):
    """What was said on one topic of the guide, without names."""

    session = models.ForeignKey(FocusGroupSession, on_delete=models.CASCADE, related_name="notes")
    topic = models.ForeignKey(GuideTopic, on_delete=models.PROTECT, related_name="notes")
    language = models.CharField(_("language"), max_length=20)
    summary = models.TextField(_("summary"), blank=True)
    agreement = models.CharField(_("agreement"), max_length=10, choices=Agreement.choices, blank=True)
    surprises = models.TextField(_("surprises"), blank=True)
    follow_ups = models.TextField(_("to follow up"), blank=True)
    # Grows by one at each save, so that two note-takers cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        ordering = ["session", "topic__sort_order"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [models.UniqueConstraint(fields=["session", "topic"], name="note_once_a_topic")]

    def __str__(self) -> str:
        return str(self.topic)


class Transcript(models.Model):
    """A transcript that was uploaded, and split into excerpts."""

    session = models.ForeignKey(FocusGroupSession, on_delete=models.CASCADE, related_name="transcripts")
    format = models.CharField(_("format"), max_length=5, choices=TranscriptFormat.choices)
    language = models.CharField(_("language"), max_length=20)
    file = models.FileField(_("file"), storage=private_storage, upload_to="transcripts")
    digest = models.CharField(_("content hash"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        ordering = ["session", "uploaded_at"]
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        constraints = [
            one_of("transcript", "format", TranscriptFormat.values),
            models.UniqueConstraint(fields=["session", "digest"], name="transcript_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session} ({self.format})"


class ExcerptQuerySet(models.QuerySet["Excerpt"]):
    def quotations(self) -> ExcerptQuerySet:
        return self.filter(is_quotation=True)


class Excerpt(models.Model):
    """A piece of what was said in a session: a quotation in a note, or a turn of a transcript.

    Coded together with open answers. Speakers appear by the number of their seat alone.
    """

    session = models.ForeignKey(FocusGroupSession, on_delete=models.CASCADE, related_name="excerpts")
    note = models.ForeignKey(
        TopicNote, null=True, blank=True, on_delete=models.CASCADE, related_name="quotations"
    )
    transcript = models.ForeignKey(
        Transcript, null=True, blank=True, on_delete=models.CASCADE, related_name="excerpts"
    )
    number = models.PositiveIntegerField(_("number"))
    # The seat's number; nothing for the moderator or where nobody knows.
    speaker = models.PositiveSmallIntegerField(_("participant"), null=True, blank=True)
    is_moderator = models.BooleanField(_("said by the moderator"), default=False)
    is_quotation = models.BooleanField(_("word for word"), default=True)
    language = models.CharField(_("language"), max_length=20)
    text = models.TextField(_("words"))
    translation = models.TextField(_("translation"), blank=True)
    translation_language = models.CharField(_("language of the translation"), max_length=10, blank=True)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Milliseconds from the beginning, where the transcript tells.
    begins = models.PositiveIntegerField(_("begins"), null=True, blank=True)
    ends = models.PositiveIntegerField(_("ends"), null=True, blank=True)

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        ordering = ["session", "transcript", "note", "number"]
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=True) | Q(transcript__isnull=True), name="excerpt_of_one_source"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)[:60]
