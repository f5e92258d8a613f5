import factory

from communities.enums import OfficeKind, OfficeStatus
from communities.models import ConsularDistrict, ConsularOffice, Country


class CountryFactory(factory.django.DjangoModelFactory[Country]):
    """All countries exist after ``migrate``; this finds one of them, or makes it."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "IT"
    name = factory.LazyAttribute(lambda o: f"País {o.code}")


class ConsularOfficeFactory(factory.django.DjangoModelFactory[ConsularOffice]):
    class Meta:
        model = ConsularOffice
        skip_postgeneration_save = True

    class Params:
        suspended = factory.Trait(status=OfficeStatus.SUSPENDED)
        closed = factory.Trait(status=OfficeStatus.CLOSED)
        honorary = factory.Trait(kind=OfficeKind.HONORARY)
        in_milan = factory.Trait(
            slug="milan",
            name_es="Consulado General del Perú en Milán",
            name_en="Consulate General of Peru in Milan",
            city_es="Milán",
            city_en="Milan",
            city_it="Milano",
            is_verified=True,
            source="larepublica.pe, 2026-02-20",
        )

    slug = factory.Sequence(lambda n: f"office-{n}")
    kind = OfficeKind.CONSULATE_GENERAL
    name_es = factory.LazyAttribute(lambda o: f"Consulado General del Perú en {o.city_es}")
    city_es = factory.Sequence(lambda n: f"Ciudad {n}")
    country = factory.SubFactory(CountryFactory)
    timezone = "Europe/Rome"


class ConsularDistrictFactory(factory.django.DjangoModelFactory[ConsularDistrict]):
    class Meta:
        model = ConsularDistrict

    class Params:
        whole_country = factory.Trait(region="")

    office = factory.SubFactory(ConsularOfficeFactory)
    country = factory.SelfAttribute("office.country")
    region = "Lombardia"
