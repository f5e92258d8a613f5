"""An office is proposed from country and region, and stays the person's own choice."""

from __future__ import annotations

import re

import pytest

from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
)
from tests.consultations.answering.conftest import Person
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import K, question, text

pytestmark = pytest.mark.django_db
CHOSEN = re.compile(r'name="(?:office|consular_office)" value="([^"]+)" id="[^"]+" checked')
PROPOSAL = "-proposal"

COUNTRIES = ChoiceList("countries", (Choice("IT", text("Italia")), Choice("ES", text("España"))))
OFFICES = ChoiceList(
    "offices",
    (
        Choice("milan", text("Milán"), attributes={"country": "IT"}),
        Choice("san_pablo", text("San Pablo"), attributes={"country": "IT"}),
        Choice("madrid", text("Madrid"), attributes={"country": "ES"}),
    ),
)


def asked_as(office: Question, country: Question) -> Definition:
    """Country and region on one page, the office on the next."""
    region = question("city_or_region", K.SHORT_TEXT)
    return Definition(
        name="places",
        title=text("Lugares"),
        languages=("es", "en"),
        sections=(
            Section("where", (country, region), label=text("Lugar")),
            Section("served", (office,), label=text("Atención")),
        ),
        choice_lists=(COUNTRIES, OFFICES),
    )


def person_asked(office_kind: QuestionKind, country_kind: QuestionKind) -> Person:
    definition = asked_as(
        question(
            "office", office_kind, choice_list="offices", choice_filter="country = ${country_of_residence}"
        ),
        question("country_of_residence", country_kind, choice_list="countries"),
    )
    consultation = ConsultationFactory(open=True)
    VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    person = Person(consultation)
    person.start()
    return person


@pytest.mark.parametrize(
    ("office_kind", "country_kind"), [(K.CONSULAR_OFFICE, K.COUNTRY), (K.SINGLE_CHOICE, K.SINGLE_CHOICE)]
)
def test_office_of_the_region_is_proposed(office_kind: QuestionKind, country_kind: QuestionKind) -> None:
    ConsularDistrictFactory(office=ConsularOfficeFactory(in_milan=True), region="Lombardia")
    person = person_asked(office_kind, country_kind)
    person.post(1, country_of_residence="IT", city_or_region="Bérgamo, Lombardía")

    html = person.look(2)

    assert CHOSEN.findall(html) == ["milan"]
    assert 'aria-describedby="q-office-proposal"' in html


def test_workbooks_write_names_with_underscores() -> None:
    ConsularOfficeFactory(slug="san-pablo", city_es="San Pablo")
    person = person_asked(K.SINGLE_CHOICE, K.SINGLE_CHOICE)
    person.post(1, country_of_residence="IT", city_or_region="San Pablo")

    assert CHOSEN.findall(person.look(2)) == ["san_pablo"]


def test_nothing_is_proposed_where_nobody_can_say() -> None:
    ConsularOfficeFactory(in_milan=True)
    ConsularOfficeFactory(city_es="Roma")
    person = person_asked(K.SINGLE_CHOICE, K.SINGLE_CHOICE)
    person.post(1, country_of_residence="IT", city_or_region="en el campo")

    html = person.look(2)

    assert (CHOSEN.findall(html), PROPOSAL in html) == ([], False)


def test_what_a_filter_withholds_is_not_proposed() -> None:
    """Somebody in Italy whom an office in Spain would serve: this questionnaire does not offer it there."""
    madrid = ConsularOfficeFactory(slug="madrid", city_es="Madrid", country__code="ES")
    ConsularDistrictFactory(office=madrid, country__code="IT", whole_country=True)
    person = person_asked(K.SINGLE_CHOICE, K.SINGLE_CHOICE)
    person.post(1, country_of_residence="IT")

    html = person.look(2)

    assert (CHOSEN.findall(html), PROPOSAL in html) == ([], False)


def test_own_choice_and_own_silence_are_kept() -> None:
    ConsularOfficeFactory(in_milan=True)
    person = person_asked(K.SINGLE_CHOICE, K.SINGLE_CHOICE)
    person.post(1, country_of_residence="IT", city_or_region="Milano")
    person.post(2, office="san_pablo")
    assert CHOSEN.findall(person.look(2)) == ["san_pablo"]

    person.post(2, office="")

    html = person.look(2)
    assert (CHOSEN.findall(html), PROPOSAL in html) == ([], False)
