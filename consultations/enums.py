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
    IMPORTED = "imported", _("Brought in from a file")


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    ODS = "ods", "ODS"
    SPSS = "sav", "SPSS (.sav)"
    STATA = "dta", "Stata (.dta)"
    R = "r", "R (.zip)"
    JSON = "json", "JSON"
    PARQUET = "parquet", "Parquet"
    DOCX = "docx", "DOCX"
    PDF = "pdf", "PDF"


class ExportContent(models.TextChoices):
    """What a file that somebody asks for holds. ``protected`` ones hold no single response."""

    RESPONSES = "responses", _("Responses")
    FIGURES = "figures", _("Tables of figures")
    CODEBOOK = "codebook", _("Codebook")
    REPORT = "report", _("Report")

    protected = nonmember(frozenset({"figures", "codebook", "report"}))


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
    over = nonmember(frozenset({"failed", "expired"}))


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


class GroupStatus(models.TextChoices):
    """Of a focus group: the call for participants, and what follows it."""

    DRAFT = "draft", _("In preparation")
    OPEN = "open", _("Taking sign-ups")
    CLOSED = "closed", _("Sign-up closed")
    ENDED = "ended", _("Held")
    CANCELLED = "cancelled", _("Cancelled")

    public = nonmember(frozenset({"open", "closed", "ended"}))
    running = nonmember(frozenset({"open", "closed"}))


class SelectionMode(models.TextChoices):
    FIRST_COME = "first_come", _("First come, within the quotas")
    BALANCED_DRAW = "balanced_draw", _("Balanced draw")


class Modality(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class RegistrationStatus(models.TextChoices):
    """Where a person stands with a focus group; ``focus_groups.states`` says what may follow what."""

    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    RECEIVED = "received", _("Received")
    WAITING = "waiting", _("Waiting list")
    OFFERED = "offered", _("Place offered")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_SELECTED = "not_selected", _("Not selected")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    DECLINED = "declined", _("Declined the place")
    EXPIRED = "expired", _("Offer expired")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Did not come")

    # Holds a seat.
    seated = nonmember(frozenset({"offered", "confirmed", "attended", "absent"}))
    # In the draw, or in the queue for a place.
    hopeful = nonmember(frozenset({"received", "waiting"}))
    # Nothing more follows unless the person signs up again.
    over = nonmember(
        frozenset({"not_selected", "not_eligible", "declined", "expired", "cancelled", "attended", "absent"})
    )


class NotSelectedReason(models.TextChoices):
    """Why somebody has no place; the label is what they are told."""

    BALANCE = "balance", _("The places that are left are for people who bring other experiences.")
    FULL = "full", _("All places are taken.")
    OTHER_GROUP = "other_group", _("Another conversation fits better what you told us.")
    GROUP_OVER = "group_over", _("No place became free before the conversation took place.")


class OfferStatus(models.TextChoices):
    PENDING = "pending", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Taken back")


class ConsentPurpose(models.TextChoices):
    TAKE_PART = "take_part", _("Taking part")
    RECORDING = "recording", _("Recording")
    QUOTING = "quoting", _("Quoting")
    CONTACT_LATER = "contact_later", _("Contact later")


class Agreement(models.TextChoices):
    """How far a group agreed on a topic."""

    FULL = "full", _("Everyone agreed")
    LARGE = "large", _("Most agreed")
    DIVIDED = "divided", _("Opinions were divided")
    OPPOSED = "opposed", _("Most disagreed")


class TranscriptFormat(models.TextChoices):
    TEXT = "txt", _("Plain text")
    DOCX = "docx", "DOCX"
    VTT = "vtt", "WebVTT"
    SRT = "srt", "SubRip (SRT)"


class AnalysisScreen(models.TextChoices):
    """The screens of analysis, in the order of their tabs."""

    OVERVIEW = "overview", _("Overview")
    QUESTIONS = "questions", _("Questions")
    CROSS_TAB = "crosstab", _("Cross-tab")
    SAMPLE = "sample", _("Who answered")


class CodeColour(models.TextChoices):
    """The inks of a theme, dark enough for white letters; the style sheet draws them by these names."""

    INDIGO = "indigo", _("Indigo")
    COCHINEAL = "cochineal", _("Cochineal")
    WALNUT = "walnut", _("Walnut")
    MOSS = "moss", _("Moss")
    OCHRE = "ochre", _("Ochre")
    LAKE = "lake", _("Lake")
    PLUM = "plum", _("Plum")
    STONE = "stone", _("Stone")


class TextSource(models.TextChoices):
    """Where a text that can be coded comes from."""

    ANSWER = "answer", _("Open answer")
    NOTE = "note", _("Focus-group note")
    EXCERPT = "excerpt", _("Focus-group excerpt")


class NotePart(models.TextChoices):
    SUMMARY = "summary", _("Summary")
    SURPRISES = "surprises", _("Surprises")
    FOLLOW_UPS = "follow_ups", _("To follow up")


class JudgementKind(models.TextChoices):
    CODING = "coding", _("Coding")
    BLIND = "blind", _("Second coding, blind")
    DECISION = "decision", _("Decision between two codings")


class CodingOrigin(models.TextChoices):
    HUMAN = "human", _("Chosen by a person")
    CONFIRMED = "confirmed", _("Suggested by the machine, confirmed by a person")


class TranslationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    # Of words that were changed afterwards: nobody passes it on before it was looked at again.
    OUTDATED = "outdated", _("Out of date: the original was changed")


class QuotationStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    REDACTED = "redacted", _("Names and places removed")
    APPROVED = "approved", _("Approved")


class TrainingStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    DONE = "done", _("Ready")
    TOO_LITTLE = "too_little", _("Too little coded text")
    FAILED = "failed", _("Failed")


class PublicFileStatus(models.TextChoices):
    QUEUED = "queued", _("Being made")
    FAILED = "failed", _("Failed")
    READY = "ready", _("To be looked at")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Taken back")


class Licence(models.TextChoices):
    CC_BY_4 = "cc-by-4.0", "Creative Commons BY 4.0"
    CC0_1 = "cc0-1.0", "Creative Commons CC0 1.0"
    ODC_BY_1 = "odc-by-1.0", "Open Data Commons Attribution 1.0"


class WaveStatus(models.TextChoices):
    READING = "reading", _("Being read")
    UNREADABLE = "unreadable", _("Cannot be read")
    UPLOADED = "uploaded", _("Columns to be named")
    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Some rows cannot be taken")
    CHECKED = "checked", _("Ready to be stored")
    STORING = "storing", _("Being stored")
    STORED = "stored", _("Stored")
    GIVEN_UP = "given_up", _("Given up")

    # Its columns are known, and can be named otherwise.
    nameable = nonmember(frozenset({"uploaded", "refused", "checked"}))
    # The file is still there, can be replaced by another or be given up.
    open = nonmember(frozenset({"unreadable", "uploaded", "refused", "checked"}))
    busy = nonmember(frozenset({"reading", "checking", "storing"}))


class ScheduleFrequency(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
