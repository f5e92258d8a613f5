import factory
from django.utils import timezone

from consultations.enums import PublicFileStatus
from consultations.models import PublicFile

from .consultations import ConsultationFactory


class PublicFileFactory(factory.django.DjangoModelFactory[PublicFile]):
    class Meta:
        model = PublicFile

    class Params:
        ready = factory.Trait(status=PublicFileStatus.READY, report={"rows": 40, "responses": 40})
        published = factory.Trait(
            ready=True, status=PublicFileStatus.PUBLISHED, published_at=factory.LazyFunction(timezone.now)
        )

    consultation = factory.SubFactory(ConsultationFactory, closed=True)
    number = factory.Sequence(lambda count: count + 1)
    quasi_identifiers = ["response.language"]
