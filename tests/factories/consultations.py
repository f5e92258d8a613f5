from datetime import timedelta

import factory
from django.utils import timezone

from consultations.enums import ConsultationStatus
from consultations.models import Consultation, Questionnaire

from .portal import UnitFactory


class QuestionnaireFactory(factory.django.DjangoModelFactory[Questionnaire]):
    class Meta:
        model = Questionnaire

    slug = factory.Sequence(lambda n: f"questionnaire-{n}")
    title = "¿Qué necesita?"


class ConsultationFactory(factory.django.DjangoModelFactory[Consultation]):
    class Meta:
        model = Consultation

    class Params:
        open = factory.Trait(
            status=ConsultationStatus.OPEN,
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
            closes_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=20)),
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
