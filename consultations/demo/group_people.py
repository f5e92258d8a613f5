"""Invented people who signed up for the demonstration's focus groups. Nobody is written to for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import F
from django.utils import timezone

from ..enums import Channel, OfferStatus
from ..enums import RegistrationStatus as S
from ..focus_groups import addresses, consents, seats
from ..focus_groups.screening import version_of
from ..models import Consent, Contact, FocusGroup, FocusGroupSession, Registration, SeatOffer

NAMES = ("Ana", "Beto", "Celia", "Darío", "Elsa", "Fidel", "Gina", "Hugo", "Inés", "Julio", "Kari", "Lalo")
AGES = ("18_24", "25_34", "35_44", "45_54", "55_64", "65_up")
NEEDS = ("", "", "", "", "Local sin escalones", "Cuidado de niños durante la sesión")


def received(
    group: FocusGroup,
    sessions: Sequence[FocusGroupSession],
    count: int,
    *,
    segment: str,
    cities: Sequence[str],
) -> None:
    """People among whom a draw can be made, each able to come to one session or to all."""
    dice = Random(f"{group.slug}:{count}")  # noqa: S311  (invented people, the same each time)
    for registration in _sign_ups(group, count, S.RECEIVED, segment, cities, dice):
        able = [session for session in sessions if dice.random() < 0.7]
        registration.availability.set(able or sessions)


def confirmed(
    group: FocusGroup, session: FocusGroupSession, count: int, *, segment: str, cities: Sequence[str]
) -> None:
    """People who were offered a place and took it."""
    dice = Random(f"{group.slug}:{count}")  # noqa: S311  (invented people, the same each time)
    now = timezone.now()
    for registration in _sign_ups(group, count, S.CONFIRMED, segment, cities, dice):
        registration.availability.set([session])
        seats.take(registration, session)
        SeatOffer.objects.create(
            registration=registration,
            session=session,
            status=OfferStatus.ACCEPTED,
            expires_at=now + timedelta(hours=group.offer_hours),
            answered_at=now,
        )


def _sign_ups(
    group: FocusGroup, count: int, status: S, segment: str, cities: Sequence[str], dice: Random
) -> Iterator[Registration]:
    version, asked = version_of(group), consents.current(group)
    now = timezone.now()
    country = group.countries.values_list("code", flat=True).first() or "PE"
    for number in range(1, count + 1):
        email = f"persona{number:02d}.{group.slug}@demo.example"
        registration = Registration.objects.create(
            group=group,
            status=status,
            channel=Channel.SIMULATED,
            language=dice.choice(("es", "es", "es", "it" if country == "IT" else "en")),
            position=group.last_position + number,
            version=version,
            screening=_answers(country, segment, cities, dice),
            address_digest=addresses.digest_in(group, email),
            confirmed_at=now,
        )
        Contact.objects.create(
            registration=registration,
            name=dice.choice(NAMES),
            email=email,
            timezone=group.timezone,
            needs=dice.choice(NEEDS),
        )
        given = [asked[purpose] for purpose in asked if purpose == "take_part" or dice.random() < 0.8]
        Consent.objects.bulk_create(
            Consent(registration=registration, version=text, language="es", given_at=now) for text in given
        )
        yield registration
    FocusGroup.objects.filter(pk=group.pk).update(last_position=F("last_position") + count)


def _answers(country: str, segment: str, cities: Sequence[str], dice: Random) -> dict[str, Any]:
    return {
        "age_group": dice.choice(AGES),
        "country_of_residence": country,
        "city": dice.choice(cities),
        "gender": dice.choice(("f", "f", "m")),
        "years_abroad": dice.choice(("y2", "y5", "y10", "y19")),
        "segments": [segment],
        "session_languages": ["es"],
        "exclusion_cases": ["none"],
        "registration_understood": "OK",
    }
