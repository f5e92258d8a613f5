"""People at an office see the figures of their district, and never what one person said."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from consultations.analysis import snapshot
from consultations.instrument.definition import Definition, QuestionKind, Section
from consultations.models import Consultation, OfficeStaff
from tests.consultations.staff import staff, staff_of
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import listed, question
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

K = QuestionKind
DEFINITION = Definition(
    "district",
    sections=(
        Section(
            "one",
            questions=(
                question("office", K.CONSULAR_OFFICE, choice_list="office"),
                question("help", K.SINGLE_CHOICE, choice_list="help"),
                question("words", K.LONG_TEXT),
            ),
        ),
    ),
    choice_lists=(listed("office", "milan", "rome"), listed("help", "yes", "no")),
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    consultation = ConsultationFactory(open=True, unit=UnitFactory(code="PIM"), minimum_cell=5)
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    for office, people in (("milan", 20), ("rome", 33)):
        for number in range(people):
            answers = {"office": office, "help": "no" if number else "yes", "words": f"from {office}"}
            ResponseFactory(sent=True, consultation=consultation, version=version, answers=answers)
    snapshot.refresh(consultation)
    return consultation


def at_the_office(client: Client, *permissions: str) -> Client:
    office = ConsularOfficeFactory(in_milan=True)
    ConsularDistrictFactory(office=office, whole_country=True)
    user = staff_of(None, "view_consultation", *permissions)
    OfficeStaff.objects.create(user=user, office=office)
    client.force_login(user)
    return client


@pytest.mark.parametrize("more", [(), ("view_single_responses", "view_sensitive_answers")])
def test_office_sees_its_district_under_the_minimum(
    client: Client, consultation: Consultation, more: tuple[str, ...]
) -> None:
    at_the_office(client, *more)
    address = reverse("analysis_csv", args=[consultation.pk, "questions", "help"])

    overview = client.get(reverse("analysis_overview", args=[consultation.pk]), HTTP_ACCEPT_LANGUAGE="en")
    # Of drafts nobody knows the district; and the twenty are the office's own, said to be so.
    assert overview.context["facts"] == [("Sent", "21")]
    assert "the district of your office alone" in overview.content.decode()
    answer = client.get(address)

    figures = set(re.findall(r"\d+", answer.content.decode("utf-8-sig")))
    assert answer.status_code == 200
    # One of the twenty in the district said yes: neither that one nor the nineteen others are told.
    assert figures.isdisjoint({"1", "19", "33", "51", "53"})
    client.force_login(staff("view_consultation", "view_single_responses"))
    assert "51" in client.get(address).content.decode()


def test_office_reads_no_words_even_with_the_right_to_single_responses(
    client: Client, consultation: Consultation
) -> None:
    at_the_office(client, "view_single_responses", "view_sensitive_answers")

    assert client.get(reverse("analysis_texts", args=[consultation.pk, "words"])).status_code == 404
