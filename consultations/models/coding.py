from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.constraints import both_or_neither, one_of

from ..enums import CodingOrigin, JudgementKind, TrainingStatus
from .code_frame import Code
from .consultation import Consultation
from .passage import Passage


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def done(self) -> JudgementQuerySet:
        return self.filter(done_at__isnull=False)

    def counting(self) -> JudgementQuerySet:
        return self.filter(counts=True)


class Judgement(models.Model):
    """What one person found in one text: its codes hang on it. No codes at all is a judgement, too.

    Each coder has their own, so that nobody overwrites anybody; one of them counts (``counts``): the first
    that was finished, or the decision that was taken between two.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="judgements")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="judgements"
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=JudgementKind.choices, default=JudgementKind.CODING
    )
    counts = models.BooleanField(_("counts"), default=False)
    doubtful = models.BooleanField(_("doubtful"), default=False)
    note = models.TextField(_("analyst's note"), blank=True, max_length=2000)
    # Grows by one at each save, so that two windows of one coder cannot overwrite each other unseen.
    revision = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["passage", "pk"]
        verbose_name = _("judgement of a text")
        verbose_name_plural = _("judgements of texts")
        constraints = [
            one_of("judgement", "kind", JudgementKind.values),
            models.UniqueConstraint(fields=["passage", "coder", "kind"], name="judgement_once_a_coder"),
            models.UniqueConstraint(
                fields=["passage"], condition=Q(counts=True), name="judgement_one_counts"
            ),
            models.CheckConstraint(
                condition=Q(counts=False) | (Q(done_at__isnull=False) & ~Q(kind=JudgementKind.BLIND)),
                name="judgement_counts_when_done",
            ),
        ]
        indexes = [models.Index(fields=["coder", "done_at"], name="judgement_last_of_coder")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def codes(self) -> list[Code]:
        """Each once, however many stretches of the text it lies on."""
        return list(dict.fromkeys(coding.code for coding in self.codings.all()))


class Coding(models.Model):
    """A code on a text, or on a stretch of it (``start`` to ``end``, counted in characters)."""

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=CodingOrigin.choices, default=CodingOrigin.HUMAN
    )
    # The code that the coder chose, where that was merged into this one afterwards.
    given_as = models.ForeignKey(
        Code, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering = ["judgement", F("start").asc(nulls_first=True), "code__sort_order"]
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = [
            one_of("coding", "origin", CodingOrigin.values),
            both_or_neither("coding", "start", "end"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__lt=F("end")), name="coding_span_forward"
            ),
            models.UniqueConstraint(
                fields=["judgement", "code"], condition=Q(start__isnull=True), name="coding_once_a_text"
            ),
            models.UniqueConstraint(fields=["judgement", "code", "start", "end"], name="coding_once_a_span"),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} [{self.start}:{self.end}]" if self.start is not None else str(self.code_id)


class DoubleCoding(models.Model):
    """A sample of coded texts that a second person codes without seeing the first codes or any suggestion.

    While it is open, everyone sees their own judgements of these texts alone.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="double_codings")
    seed = models.CharField(_("seed"), max_length=64)
    second_coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second coder"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="second_codings",
    )
    passages = models.ManyToManyField(Passage, related_name="double_codings")
    drawn_from = models.PositiveIntegerField(_("texts it was drawn from"), default=0)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        ordering = ["-drawn_at"]
        verbose_name = _("double coding")
        verbose_name_plural = _("double codings")

    def __str__(self) -> str:
        return f"{self.consultation} · {localtime(self.drawn_at):%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Adjudication(models.Model):
    """The decision between two codings of a text, and why it was taken."""

    judgement = models.OneToOneField(
        Judgement, primary_key=True, on_delete=models.CASCADE, related_name="adjudication"
    )
    double_coding = models.ForeignKey(
        DoubleCoding, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    decided_at = models.DateTimeField(_("decided at"), auto_now=True)

    class Meta:
        verbose_name = _("decision between two codings")
        verbose_name_plural = _("decisions between codings")

    def __str__(self) -> str:
        return str(self.judgement_id)


class CodingSession(models.Model):
    """A stretch of work in which somebody opened single texts; the audit trail names it once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="coding_sessions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="coding_sessions"
    )
    began_at = models.DateTimeField(_("began at"), auto_now_add=True)
    last_at = models.DateTimeField(_("last text opened at"))
    # Keys of the passages, in the order in which they were first opened.
    opened = models.JSONField(_("texts opened"), default=list)

    class Meta:
        ordering = ["-began_at"]
        verbose_name = _("coding session")
        verbose_name_plural = _("coding sessions")

    def __str__(self) -> str:
        return str(self.id)


class Training(models.Model):
    """One time that the machine on this very server learned from what people coded."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="trainings")
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=10, choices=TrainingStatus.choices, default=TrainingStatus.QUEUED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    texts = models.PositiveIntegerField(_("coded texts it learned from"), default=0)
    # [{"code": key, "texts", "precision", "recall"}], by cross-validation, of the codes with enough texts.
    quality = models.JSONField(default=list)
    # [{"terms": [...], "texts": n}]: words that go together in texts that nobody coded yet.
    term_groups = models.JSONField(default=list)
    # Of everything that was learned from and came out: the same texts and codes give the same digest.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["consultation", "-number"]
        verbose_name = _("training of suggestions")
        verbose_name_plural = _("trainings of suggestions")
        constraints = [
            one_of("training", "status", TrainingStatus.values),
            models.UniqueConstraint(fields=["consultation", "number"], name="training_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.number}"


class Suggestion(models.Model):
    """What the machine proposes for a text. It never counts: only a person's coding does."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="suggestions")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="suggestions")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="suggestions")
    # 0 to 1
    score = models.FloatField(_("certainty"))
    # The words of the text that weighed most.
    because = models.JSONField(default=list)

    class Meta:
        ordering = ["passage", "-score"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [models.UniqueConstraint(fields=["passage", "code"], name="suggestion_once_a_text")]

    def __str__(self) -> str:
        return f"{self.code_id} {self.score:.2f}"
