from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.constraints import one_of

from ..enums import NotePart, ResponseStatus, TextSource, TranslationState
from .consultation import Consultation
from .response import Response
from .session_notes import Excerpt, TopicNote


class PassageQuerySet(models.QuerySet["Passage"]):
    def with_texts(self) -> PassageQuerySet:
        return self.select_related("response", "note", "excerpt").defer("response__changes")

    def coded(self) -> PassageQuerySet:
        return self.filter(judgements__counts=True)

    def uncoded(self) -> PassageQuerySet:
        return self.exclude(pk__in=self.model.objects.coded().values("pk"))


class Passage(models.Model):
    """A text that can be coded, told by where it stands. The words themselves are kept in one place only:
    the answer, the note or the excerpt. What hangs on a passage goes with it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="passages")
    source = models.CharField(_("source"), max_length=10, choices=TextSource.choices)
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.CASCADE, related_name="passages"
    )
    # Of an open answer: its key in the document, and the question that it belongs to.
    answer = models.CharField(_("answer"), max_length=80, blank=True)
    question = models.CharField(_("question"), max_length=80, blank=True)
    note = models.ForeignKey(
        TopicNote, null=True, blank=True, on_delete=models.CASCADE, related_name="passages"
    )
    part = models.CharField(_("part of the note"), max_length=10, choices=NotePart.choices, blank=True)
    excerpt = models.OneToOneField(
        Excerpt, null=True, blank=True, on_delete=models.CASCADE, related_name="passage"
    )
    language = models.CharField(_("language"), max_length=20)
    # Hash of the words: tells that they changed without keeping them.
    digest = models.CharField(max_length=64)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_passages",
    )
    # Who has it on the screen right now, so that the queue gives it to nobody else.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    # Keys of the passages with the most similar words, from the last training.
    similar = models.JSONField(default=list, editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "pk"]
        verbose_name = _("text to code")
        verbose_name_plural = _("texts to code")
        constraints = [
            one_of("passage", "source", TextSource.values),
            models.CheckConstraint(
                condition=(
                    Q(source=TextSource.ANSWER, response__isnull=False, note__isnull=True)
                    & Q(excerpt__isnull=True)
                    & ~Q(answer="")
                )
                | (
                    Q(source=TextSource.NOTE, note__isnull=False, response__isnull=True)
                    & Q(excerpt__isnull=True)
                    & ~Q(part="")
                )
                | Q(
                    source=TextSource.EXCERPT, excerpt__isnull=False, response__isnull=True, note__isnull=True
                ),
                name="passage_of_one_source",
            ),
            models.UniqueConstraint(fields=["response", "answer"], name="passage_once_an_answer"),
            models.UniqueConstraint(fields=["note", "part"], name="passage_once_a_note"),
        ]
        indexes = [models.Index(fields=["consultation", "source", "language"], name="passage_queue")]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.pk}"

    @property
    def text(self) -> str:
        """The words as they stand today; nothing once their author took them back."""
        if self.response is not None:
            return _words(self.response.answers.get(self.answer))
        if self.note is not None:
            return _words(getattr(self.note, self.part))
        return _words(self.excerpt.text if self.excerpt else "")

    @property
    def language_name(self) -> str:
        """In the reader's language; what the portal does not know stays as it is."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def stands(self) -> bool:
        """Whether it still counts: an answer does as long as it is sent."""
        return self.response is None or self.response.status == ResponseStatus.SUBMITTED

    @property
    def is_current(self) -> bool:
        """Whether the words are still those that were found here."""
        return self.digest == digest_of(self.text)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _words(value: Any) -> str:
    # Line breaks come as browsers send them; positions are counted over one sign a break.
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


class PassageTranslation(models.Model):
    """What a person wrote a text to mean in another language; never made by a machine.

    It is shown with who wrote it and whether it was checked, or not at all.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.TextField(_("translation"))
    state = models.CharField(
        _("state"), max_length=10, choices=TranslationState.choices, default=TranslationState.DRAFT
    )
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        ordering = ["passage", "language"]
        verbose_name = _("translation of a text")
        verbose_name_plural = _("translations of texts")
        constraints = [
            one_of("passagetranslation", "state", TranslationState.values),
            models.UniqueConstraint(fields=["passage", "language"], name="translation_once_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.language}"
