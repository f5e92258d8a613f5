from datetime import date

import factory

from consultations.models import Follower

from .consultations import ConsultationFactory


class FollowerFactory(factory.django.DjangoModelFactory[Follower]):
    class Meta:
        model = Follower

    class Params:
        confirmed = factory.Trait(confirmed_on=date(2026, 11, 3))

    consultation = factory.SubFactory(ConsultationFactory, answerable=True)
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    language = "es"
    asked_on = date(2026, 11, 2)
