"""Signing up, on one page: screening, sessions, how to reach the person, and each permission by itself.

Shows again whatever was sent, valid or not: nothing that somebody filled in is lost on an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.clocks import zone_named
from portal.zones import every_zone_choice

from ..answering.forms import FormError
from ..answering.words import Said
from ..enums import ConsentPurpose
from ..lifecycle import NotAllowed
from ..models import FocusGroup, FocusGroupSession
from . import availability, consents, letters
from .screening_form import screening_form
from .signup import SignUp

LONGEST = {"name": 120, "email": 254, "needs": 1000}


@dataclass(frozen=True)
class Permission:
    """One box to tick, with its own words."""

    purpose: str
    label: str
    text: Said
    number: int
    required: bool
    ticked: bool


class SignUpForm:
    """Unbound it proposes; bound it reads, checks and shows what was sent.

    ``account`` is an address that the person has proved to be theirs.
    """

    def __init__(
        self,
        group: FocusGroup,
        *,
        zone: ZoneInfo | None,
        account: str = "",
        name: str = "",
        data: QueryDict | None = None,
    ) -> None:
        self.group, self.account, self.data, self._zone, self._name = group, account, data, zone, name
        self.screening = screening_form(group, data)
        self.ahead = availability.ahead(group)

    # --- what stands in the fields -------------------------------------------------------------------

    def value(self, field: str) -> str:
        return self.data.get(field, "").strip() if self.data is not None else self._proposed.get(field, "")

    @cached_property
    def _proposed(self) -> dict[str, str]:
        return {
            "name": self._name,
            "language": get_language() or settings.LANGUAGE_CODE,
            "timezone": self._zone.key if self._zone else "",
        }

    @property
    def picked(self) -> list[str]:
        if self.data is not None:
            return self.data.getlist("sessions")
        return [str(self.ahead[0].pk)] if len(self.ahead) == 1 else []

    @property
    def values(self) -> dict[str, str]:
        return {name: self.value(name) for name in ("name", "email", "language", "timezone", "needs")}

    @cached_property
    def choices(self) -> list[availability.Choice]:
        return availability.choices(self.ahead, self.picked, self._zone)

    @property
    def zones(self) -> list[tuple[str, str]]:
        found, own = list(every_zone_choice()), self._proposed["timezone"]
        return found if not own or own in dict(found) else [(own, own), *found]

    @cached_property
    def permissions(self) -> list[Permission]:
        return [
            Permission(
                purpose.value,
                str(purpose.label),
                letters.in_words(version),
                version.number,
                purpose in consents.REQUIRED,
                self._agrees(purpose),
            )
            for purpose, version in consents.asked(self.group)
        ]

    def _agrees(self, purpose: ConsentPurpose) -> bool:
        return self.data is not None and f"consent-{purpose.value}" in self.data

    # --- what is wrong with them ---------------------------------------------------------------------

    @cached_property
    def errors(self) -> list[FormError]:
        """In the order of the page, in the words that stand beside each field."""
        asked = self.screening
        wrong = asked.summary(asked.errors_for(moving_on=True)) if asked else []
        own = [FormError(anchor, Said(), Said(text)) for anchor, text in self.faults.items()]
        return [*wrong, *own]

    @cached_property
    def faults(self) -> dict[str, str]:
        """By the id of the field."""
        return dict(self._find_faults())

    def _find_faults(self) -> Iterator[tuple[str, str]]:
        if self.session_fault:
            yield "sessions-1", self.session_fault
        yield from self._text_faults()
        if self.value("language") not in dict(settings.LANGUAGES):
            yield "language", _("Choose one of the languages shown.")
        if zone_named(self.value("timezone")) is None:
            yield "timezone", _("Choose the place whose clock is yours.")
        if self.consent_fault:
            yield "consent-take_part", self.consent_fault

    def _text_faults(self) -> Iterator[tuple[str, str]]:
        for field, most in LONGEST.items():
            extra = len(self.value(field)) - most
            if extra > 0:
                message = ngettext(
                    "Make your text shorter: it is %(count)d character too long.",
                    "Make your text shorter: it is %(count)d characters too long.",
                    extra,
                )
                yield field, message % {"count": extra}
        if not self.account and not _is_address(self.value("email")):
            yield "email", _("Write an e-mail address like name@example.org.")

    @cached_property
    def session_fault(self) -> str:
        try:
            self.sessions()
        except NotAllowed as refusal:
            return str(refusal)
        return ""

    @property
    def consent_fault(self) -> str:
        if self._agrees(ConsentPurpose.TAKE_PART):
            return ""
        return _("Without your permission to take part we cannot keep your sign-up.")

    # --- what comes of it ----------------------------------------------------------------------------

    def sessions(self) -> list[FocusGroupSession]:
        return availability.chosen(self.group, self.picked, email=self.account)

    def sign_up(self) -> SignUp:
        """Only of a form without errors."""
        asked = self.screening
        return SignUp(
            email=self.account or self.value("email"),
            language=self.value("language"),
            timezone=self.value("timezone"),
            name=self.value("name"),
            needs=self.value("needs"),
            version=asked.part.version if asked else None,
            screening=asked.sheet.answers if asked else {},
            sessions=self.sessions(),
            consents={purpose: self._agrees(purpose) for purpose in ConsentPurpose},
        )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
