from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _

from .instrument.definition import QuestionKind


class ConsultationType(models.TextChoices):
    SURVEY = "survey", _("Survey")
    POLL = "poll", _("Short poll")
    OPEN_QUESTION = "open_question", _("Open question")
    DRAFT_TEXT = "draft_text", _("Draft text")
    EARLY_IMPACT = "early_impact", _("Early consultation on impact")
    FOCUS_GROUP_CALL = "focus_group_call", _("Call for focus groups")


class ConsultationStatus(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    REPORTED = "reported", _("Results published")

    public = nonmember(frozenset({"open", "closed", "reported"}))


class ResponseStatus(models.TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SUBMITTED = "submitted", _("Sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Channel(models.TextChoices):
    WEB = "web", _("Web")
    SIMULATED = "simulated", _("Simulated")


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class CellValues(models.TextChoices):
    LABELS = "labels", _("Labels")
    CODES = "codes", _("Codes")


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")

    unfinished = nonmember(frozenset({"queued", "running"}))


QUESTION_KIND_LABELS = {
    QuestionKind.SINGLE_CHOICE: _("One option"),
    QuestionKind.MULTIPLE_CHOICE: _("Several options"),
    QuestionKind.SCALE: _("Scale"),
    QuestionKind.MATRIX: _("Matrix"),
    QuestionKind.RANKING: _("Ranking"),
    QuestionKind.INTEGER: _("Whole number"),
    QuestionKind.DECIMAL: _("Decimal number"),
    QuestionKind.DATE: _("Date"),
    QuestionKind.SHORT_TEXT: _("Short text"),
    QuestionKind.LONG_TEXT: _("Long text"),
    QuestionKind.COUNTRY: _("Country"),
    QuestionKind.CONSULAR_OFFICE: _("Consular office"),
    QuestionKind.ACKNOWLEDGE: _("Acknowledgement"),
    QuestionKind.NOTE: _("Note"),
}
QUESTION_KIND_CHOICES = [(kind.value, label) for kind, label in QUESTION_KIND_LABELS.items()]
