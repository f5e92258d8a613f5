from datetime import timedelta

import factory
from django.utils import timezone

from consultations.enums import ConsultationStatus
from consultations.models import Consultation, Questionnaire, QuestionnaireVersion

from .definitions import journey_definition
from .portal import UnitFactory


class QuestionnaireFactory(factory.django.DjangoModelFactory[Questionnaire]):
    class Meta:
        model = Questionnaire

    slug = factory.Sequence(lambda n: f"questionnaire-{n}")
    title = "¿Qué necesita?"


class VersionFactory(factory.django.DjangoModelFactory[QuestionnaireVersion]):
    """A frozen questionnaire: ``VersionFactory(questionnaire=…, definition=…)``."""

    class Meta:
        model = QuestionnaireVersion

    class Params:
        definition = factory.LazyFunction(journey_definition)

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    document = factory.LazyAttribute(lambda o: o.definition.to_json())
    digest = factory.LazyAttribute(lambda o: o.definition.digest())


class ConsultationFactory(factory.django.DjangoModelFactory[Consultation]):
    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    class Params:
        open = factory.Trait(
            status=ConsultationStatus.OPEN,
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
            closes_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=20)),
        )
        # With a frozen questionnaire, so that it can be answered.
        answerable = factory.Trait(
            open=True,
            version=factory.RelatedFactory(
                VersionFactory, "", questionnaire=factory.SelfAttribute("..questionnaire")
            ),
        )
        closed = factory.Trait(
            status=ConsultationStatus.CLOSED,
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=30)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )

    slug = factory.Sequence(lambda n: f"consultation-{n}")
    title = "¿Qué necesita la comunidad?"
    unit = factory.SubFactory(UnitFactory, code="PIM")
    questionnaire = factory.SubFactory(QuestionnaireFactory)
    live = True
