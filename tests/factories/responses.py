from datetime import date

import factory

from consultations.enums import Channel, ResponseStatus
from consultations.models import Response

from .consultations import ConsultationFactory, VersionFactory


class ResponseFactory(factory.django.DjangoModelFactory[Response]):
    """A response to a consultation; its version belongs to the consultation's questionnaire."""

    class Meta:
        model = Response

    class Params:
        sent = factory.Trait(status=ResponseStatus.SUBMITTED, submitted_on=date(2026, 11, 3))
        withdrawn = factory.Trait(status=ResponseStatus.WITHDRAWN)
        simulated = factory.Trait(channel=Channel.SIMULATED)

    consultation = factory.SubFactory(ConsultationFactory, open=True)
    version = factory.SubFactory(
        VersionFactory, questionnaire=factory.SelfAttribute("..consultation.questionnaire")
    )
    language = "es"
    started_on = date(2026, 11, 2)
    saved_on = date(2026, 11, 3)
