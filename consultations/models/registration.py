from __future__ import annotations

import hashlib
import hmac
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models.consular_office import validate_time_zone
from portal.constraints import one_of

from ..enums import Channel, ConsentPurpose, RegistrationStatus
from .focus_group import FocusGroup
from .questionnaire_version import QuestionnaireVersion

# Without signs that look or sound alike.
DOOR_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
DOOR_CODE_LENGTH = 6


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def seated(self) -> RegistrationQuerySet:
        return self.filter(status__in=RegistrationStatus.seated)

    def waiting(self) -> RegistrationQuerySet:
        """In the order in which places are offered."""
        return self.filter(status=RegistrationStatus.WAITING).order_by("position")

    def hopeful(self) -> RegistrationQuerySet:
        return self.filter(status__in=RegistrationStatus.hopeful)


class Registration(models.Model):
    """One person's wish to take part in a focus group, without saying who it is.

    Who it is stands in ``Contact``, which is deleted on the promised day; this row stays, for statistics.
    It has no tie to any response of a consultation, ever.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="registrations")
    status = models.CharField(
        _("status"),
        max_length=15,
        choices=RegistrationStatus.choices,
        default=RegistrationStatus.UNCONFIRMED,
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    # Its place in the strict order of sign-ups, from the moment that the address was confirmed.
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)
    version = models.ForeignKey(
        QuestionnaireVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    screening = models.JSONField(_("screening answers"), default=dict)
    # The sessions that the person can come to.
    availability = models.ManyToManyField(
        "consultations.FocusGroupSession",
        verbose_name=_("can come to"),
        blank=True,
        related_name="available_registrations",
    )
    # Keyed hash of address and group: one sign-up a person and group. Emptied when the person is forgotten.
    address_digest = models.CharField(max_length=64, blank=True)
    # Grows with each change of state, so that a link in an old mail can tell that it is old.
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    rule = models.ForeignKey(
        "consultations.ExclusionRule", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Proposed to somebody who was not selected.
    alternative = models.ForeignKey(
        "consultations.FocusGroupSession",
        verbose_name=_("another session instead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("signed up at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("contact data deleted at"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["group", "position", "created_at"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            one_of("registration", "status", RegistrationStatus.values),
            models.UniqueConstraint(
                fields=["group", "address_digest"],
                condition=~Q(address_digest=""),
                name="registration_once_a_person",
            ),
            models.UniqueConstraint(fields=["group", "position"], name="registration_strict_order"),
            models.CheckConstraint(
                condition=Q(status__in=["unconfirmed", "cancelled"]) | Q(position__isnull=False),
                name="registration_confirmed_has_position",
            ),
        ]
        indexes = [models.Index(fields=["group", "status", "position"], name="registration_queue")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def door_code(self) -> str:
        """What a confirmed person shows at the door. Made from the random id with a key, stored nowhere."""
        key = settings.PARTICIPATION_CODE_KEY or settings.SECRET_KEY
        digest = hmac.new(key.encode(), f"door:{self.pk}".encode(), hashlib.sha256).digest()
        return "".join(DOOR_SIGNS[byte % len(DOOR_SIGNS)] for byte in digest[:DOOR_CODE_LENGTH])


class Contact(models.Model):
    """Who a registration is, and how to reach them: the only personal data, in a table of its own."""

    registration = models.OneToOneField(
        Registration, primary_key=True, on_delete=models.CASCADE, related_name="contact"
    )
    name = models.CharField(_("name used in the session"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="focus_group_contacts",
    )
    timezone = models.CharField(_("time zone"), max_length=50, validators=[validate_time_zone])
    needs = models.TextField(_("what the person needs to take part"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return "…"


class ConsentVersion(models.Model):
    """A consent text as it stood when people were asked: immutable, numbered by purpose within a group."""

    group = models.ForeignKey(FocusGroup, on_delete=models.CASCADE, related_name="consent_versions")
    purpose = models.CharField(_("purpose"), max_length=15, choices=ConsentPurpose.choices)
    number = models.PositiveIntegerField(_("number"))
    # {language: text}
    texts = models.JSONField(_("texts"))
    digest = models.CharField(_("content hash"), max_length=64)
    created_at = models.DateTimeField(_("in force from"), auto_now_add=True)

    class Meta:
        ordering = ["group", "purpose", "-number"]
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(fields=["group", "purpose", "number"], name="consent_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"


class Consent(models.Model):
    """A consent that a person gave, to the very words, and perhaps withdrew."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="consents")
    version = models.ForeignKey(ConsentVersion, on_delete=models.PROTECT, related_name="consents")
    language = models.CharField(_("language"), max_length=10)
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return str(self.version)


class PastParticipant(models.Model):
    """That somebody took part lately, by the keyed hash of an address: tied to no group, gone when over."""

    digest = models.CharField(max_length=64, primary_key=True)
    took_part_on = models.DateField(_("took part on"))

    class Meta:
        verbose_name = _("past participant")
        verbose_name_plural = _("past participants")

    def __str__(self) -> str:
        return "…"
