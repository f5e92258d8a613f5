from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from consultations.enums import (
    ConsentPurpose,
    GroupStatus,
    Modality,
    RegistrationStatus,
    SelectionMode,
)
from consultations.focus_groups import addresses, consents, seats
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
)
from consultations.models import Contact, FocusGroup, FocusGroupSession, Registration

from .consultations import QuestionnaireFactory, VersionFactory
from .portal import UnitFactory

K = QuestionKind
GENDER = ChoiceList(
    "gender", (Choice("f", {"es": "Mujer", "en": "Woman"}), Choice("m", {"es": "Hombre", "en": "Man"}))
)
CASES = ChoiceList(
    "cases", (Choice("staff", {"es": "Trabajo en un consulado"}), Choice("none", {"es": "Ninguno"}))
)
SCREENING = Definition(
    name="screening",
    title={"es": "Inscripción", "en": "Sign-up"},
    languages=("es", "en"),
    sections=(
        Section(
            "about",
            (
                Question(
                    "gender", K.SINGLE_CHOICE, {"es": "¿Género?", "en": "Gender?"}, choice_list="gender"
                ),
                Question("city", K.SHORT_TEXT, {"es": "¿Ciudad?", "en": "City?"}),
                Question("cases", K.MULTIPLE_CHOICE, {"es": "¿Casos?", "en": "Cases?"}, choice_list="cases"),
            ),
            {"es": "Sobre usted", "en": "About you"},
        ),
    ),
    choice_lists=(GENDER, CASES),
)


class FocusGroupFactory(factory.django.DjangoModelFactory[FocusGroup]):
    """A group in preparation; ``open=True`` takes sign-ups, ``drawn=True`` chooses by a balanced draw."""

    class Meta:
        model = FocusGroup
        skip_postgeneration_save = True

    class Params:
        open = factory.Trait(status=GroupStatus.OPEN)
        closed = factory.Trait(status=GroupStatus.CLOSED)
        drawn = factory.Trait(selection=SelectionMode.BALANCED_DRAW)
        # With a frozen screening questionnaire: gender, city, cases.
        screened = factory.Trait(
            screening=factory.SubFactory(QuestionnaireFactory),
            version=factory.RelatedFactory(
                VersionFactory, "", questionnaire=factory.SelfAttribute("..screening"), definition=SCREENING
            ),
        )

    slug = factory.Sequence(lambda n: f"group-{n}")
    title = "Familias en Milán"
    consent_take_part = "Acepto participar."
    consent_quoting = "Acepto que me citen."
    languages = ["es"]
    unit = factory.SubFactory(UnitFactory, code="PCN")

    @factory.post_generation
    def consent_texts(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and self.status != GroupStatus.DRAFT:
            consents.freeze(self)


class SessionFactory(factory.django.DjangoModelFactory[FocusGroupSession]):
    """A session in two weeks, with a row a place."""

    class Meta:
        model = FocusGroupSession
        skip_postgeneration_save = True

    class Params:
        online = factory.Trait(modality=Modality.ONLINE, link="https://meet.example.org/room")
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=3)))

    group = factory.SubFactory(FocusGroupFactory, open=True)
    starts_at = factory.LazyFunction(lambda: (timezone.now() + timedelta(days=14)).replace(microsecond=0))
    timezone = "Europe/Rome"
    place = "Milán"
    capacity = 2

    @factory.post_generation
    def places(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            seats.make(self)


class RegistrationFactory(factory.django.DjangoModelFactory[Registration]):
    """A sign-up whose address is confirmed and which waits; ``seated_in=session`` holds a place."""

    class Meta:
        model = Registration
        skip_postgeneration_save = True

    class Params:
        unconfirmed = factory.Trait(status=RegistrationStatus.UNCONFIRMED, position=None, confirmed_at=None)
        received = factory.Trait(status=RegistrationStatus.RECEIVED)
        email = factory.Sequence(lambda n: f"rosa{n}@example.org")

    group = factory.SubFactory(FocusGroupFactory, open=True)
    status = RegistrationStatus.WAITING
    language = "es"
    position = factory.Sequence(lambda n: n + 1)
    confirmed_at = factory.LazyFunction(timezone.now)
    address_digest = factory.LazyAttribute(lambda o: addresses.digest_in(o.group, o.email))

    @factory.post_generation
    def contact(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is not False:
            email = kwargs.pop("email", f"{self.pk.hex}@example.org")
            self.address_digest = addresses.digest_in(self.group, email)
            self.save(update_fields=["address_digest"])
            Contact.objects.create(
                **{"registration": self, "name": "Rosa", "email": email, "timezone": "Europe/Rome"} | kwargs
            )

    @factory.post_generation
    def sessions(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.availability.set(extracted)

    @factory.post_generation
    def seated_in(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            seats.take(self, extracted)
            if self.status == RegistrationStatus.WAITING:
                self.status = RegistrationStatus.CONFIRMED
                self.save(update_fields=["status"])

    @factory.post_generation
    def agrees_to(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        for purpose in extracted or ():
            consents.give(registration=self, purpose=ConsentPurpose(purpose))
