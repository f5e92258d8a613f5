from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from communities.models import Country
from communities.models.consular_office import validate_time_zone
from portal.constraints import one_of, ordered
from portal.models import Unit

from ..enums import GroupStatus, SelectionMode
from .consultation import Consultation
from .questionnaire import Questionnaire, default_languages, validate_languages

MINUTES_A_DAY = 24 * 60


def default_reminders() -> list[int]:
    """Seven days, one day and two hours before, in minutes."""
    return [7 * MINUTES_A_DAY, MINUTES_A_DAY, 120]


def validate_reminders(minutes: object) -> None:
    """A list of whole minutes before the session, none beyond sixty days, each once."""
    good = isinstance(minutes, list) and all(
        type(item) is int and 0 < item <= 60 * MINUTES_A_DAY for item in minutes
    )
    if not good or len(set(minutes)) != len(minutes):  # type: ignore[call-overload, arg-type]  # a list by now
        raise ValidationError(_("Give each reminder once, in minutes before the session, 60 days at most."))


class FocusGroupQuerySet(models.QuerySet["FocusGroup"]):
    def public(self) -> FocusGroupQuerySet:
        """What anyone may see."""
        return self.filter(status__in=GroupStatus.public)

    def taking_sign_ups(self) -> FocusGroupQuerySet:
        """Open, within their dates, and of the kind that people sign up for on the portal."""
        now = timezone.now()
        return self.filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=now),
            Q(opens_at__isnull=True) | Q(opens_at__lte=now),
            status=GroupStatus.OPEN,
            names_kept=True,
        )

    def for_country(self, code: str) -> FocusGroupQuerySet:
        """For people in that country: aimed at it, or at everyone."""
        return self.filter(Q(countries__isnull=True) | Q(countries=code.upper())).distinct()

    def due_to_close(self) -> FocusGroupQuerySet:
        return self.filter(status=GroupStatus.OPEN, closes_at__lte=timezone.now())


class FocusGroup(index.Indexed, ClusterableModel):
    """A call for a small group of people: who is looked for, how they are chosen, what they consent to."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    # Written by ``focus_groups.stages`` alone, never through a form.
    status = models.CharField(
        _("status"), max_length=10, choices=GroupStatus.choices, default=GroupStatus.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=250)
    segment = models.TextField(_("who we look for"), blank=True)
    purpose = models.TextField(_("what the conversation is about, and why"), blank=True)
    eligibility = models.TextField(_("who can take part"), blank=True, help_text=_("One condition a line."))
    privacy_notice = models.TextField(_("privacy notice"), blank=True)
    consent_take_part = models.TextField(_("consent: taking part"), blank=True)
    consent_recording = models.TextField(_("consent: recording"), blank=True)
    consent_quoting = models.TextField(_("consent: quoting"), blank=True)
    consent_contact_later = models.TextField(_("consent: contact later"), blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("owner unit"), on_delete=models.PROTECT, related_name="focus_groups"
    )
    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="focus_groups",
        help_text=_("Empty for a group that stands alone."),
    )
    screening = models.ForeignKey(
        Questionnaire,
        verbose_name=_("screening questionnaire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="focus_groups",
        help_text=_("A published questionnaire. Its answers are never joined with those of a consultation."),
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), blank=True, help_text=_("None means every country.")
    )
    languages = models.JSONField(_("languages"), default=default_languages, validators=[validate_languages])
    selection = models.CharField(
        _("selection"), max_length=15, choices=SelectionMode.choices, default=SelectionMode.FIRST_COME
    )
    # Said before the draw, so that nobody can choose a seed that suits them (``focus_groups.draws``).
    seed = models.CharField(_("seed of the draw"), max_length=64, blank=True, editable=False)
    opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("sign-up closes"), null=True, blank=True)
    answer_by = models.DateField(_("everyone is answered by"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=50, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    names_kept = models.BooleanField(
        _("sign-up on the portal"),
        default=True,
        help_text=_("Off where no names may be recorded: people are then invited through associations."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a place"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
    )
    reminders = models.JSONField(
        _("reminders"),
        default=default_reminders,
        validators=[validate_reminders],
        help_text=_("Minutes before the session."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days until contact data are deleted"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Counted from the last session. The consent promises it."),
    )
    pause_months = models.PositiveSmallIntegerField(
        _("months between two groups"),
        default=12,
        validators=[MaxValueValidator(60)],
        help_text=_("Who took part in a group within these months is not eligible. 0 turns the rule off."),
    )
    reached = models.PositiveIntegerField(
        _("people reached by the call"),
        null=True,
        blank=True,
        help_text=_("An estimate, for the statistics."),
    )
    # The last place in the order of sign-ups that was given away, under a lock on this row.
    last_position = models.PositiveIntegerField(default=0, editable=False)

    objects = FocusGroupQuerySet.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("status"),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("focus group")
        verbose_name_plural = _("focus groups")
        constraints = [
            one_of("focusgroup", "status", GroupStatus.values),
            one_of("focusgroup", "selection", SelectionMode.values),
            ordered("focusgroup", "opens_at", "closes_at"),
        ]
        permissions = [
            ("manage_focus_groups", _("Can manage focus groups, their registrations and draws")),
            ("facilitate_focus_groups", _("Can run the sessions assigned to them")),
            ("export_registrations", _("Can export registrations and attendance")),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Quota(Orderable):
    """A part of the target composition of each session, over one screening answer.

    With ``options``, it counts the people who answered any of them; without, it holds for each answer by
    itself ("at most four from one city").
    """

    group = ParentalKey(FocusGroup, on_delete=models.CASCADE, related_name="quotas")
    question = models.CharField(
        _("screening question"), max_length=64, help_text=_("Its name in the questionnaire.")
    )
    options = models.JSONField(_("answers"), default=list, blank=True)
    minimum = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("quota")
        verbose_name_plural = _("target composition")
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__isnull=False) | Q(maximum__isnull=False), name="quota_says_something"
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
                name="quota_minimum_up_to_maximum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.options or '*'}: {self.minimum or 0}–{self.maximum or '∞'}"


class ExclusionRule(Orderable):
    """Who cannot take part, as an expression over the screening answers, with the reason that is given."""

    group = ParentalKey(FocusGroup, on_delete=models.CASCADE, related_name="exclusion_rules")
    excluded_when = models.TextField(
        _("not eligible if"), help_text=_("For instance: selected(${exclusion_cases}, 'staff')")
    )
    reason = models.CharField(_("reason given to the person"), max_length=500)

    class Meta(Orderable.Meta):
        verbose_name = _("exclusion rule")
        verbose_name_plural = _("who cannot take part")

    def __str__(self) -> str:
        return str(self.excluded_when)


class GuideTopic(Orderable):
    """A topic of the moderator's guide, with the minutes that it gets."""

    group = ParentalKey(FocusGroup, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("topic"), max_length=250)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15, validators=[MinValueValidator(1)])
    prompts = models.TextField(_("questions and prompts"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("topic of the guide")
        verbose_name_plural = _("moderator's guide")

    def __str__(self) -> str:
        return str(self.title)
