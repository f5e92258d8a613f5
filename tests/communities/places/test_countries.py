import pytest
from django.apps import apps

from communities.models import Country
from communities.places.countries import add_missing

pytestmark = pytest.mark.django_db


def test_every_country_is_there_after_migrating_in_four_languages() -> None:
    italy = Country.objects.get(code="IT")

    assert Country.objects.count() == 249
    assert (italy.name_es, italy.name_en, italy.name_it, italy.name_pt, italy.name_quy) == (
        "Italia",
        "Italy",
        "Italia",
        "Itália",
        None,
    )


def test_adding_again_keeps_what_editors_wrote() -> None:
    Country.objects.filter(code="TR").update(name_es="Turquía")
    Country.objects.filter(code="IT").delete()

    add_missing(apps)

    assert Country.objects.get(code="TR").name_es == "Turquía"
    assert Country.objects.filter(code="IT").exists()
