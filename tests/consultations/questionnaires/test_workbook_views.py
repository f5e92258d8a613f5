"""Workbooks in the admin: who may bring one in, what they are told, what goes out."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations.models import Questionnaire
from consultations.questionnaires.compile import definition_of
from consultations.questionnaires.importing import import_workbook
from consultations.questionnaires.views import MOST_NOTICES
from consultations.questionnaires.xlsform import read
from portal.models import User
from tests.factories.portal import UserFactory

from .workbooks import workbook

pytestmark = pytest.mark.django_db

GOOD = workbook("type | name | label\ntext | a | ¿A?")
OTHER = workbook("type | name | label\ntext | b | ¿B?")
BAD = workbook("type | name | label\ngeopoint | b | ¿B?\ntext | a | <b>${a}</b>")


def signed_in(*permissions: str) -> Client:
    user: User = UserFactory(is_staff=True)
    codenames = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, source: bytes, **fields: str) -> object:
    file = SimpleUploadedFile("prueba.xlsx", source)
    return client.post(reverse("questionnaire_import"), {"workbook": file, **fields})


def test_a_workbook_becomes_a_questionnaire_and_leads_to_it() -> None:
    response = send(signed_in("add_questionnaire", "change_questionnaire"), GOOD)

    questionnaire = Questionnaire.objects.get()
    assert response.url == reverse(
        "wagtailsnippets_consultations_questionnaire:edit", args=[questionnaire.pk]
    )
    assert definition_of(questionnaire) == read(GOOD).definition


def test_what_cannot_be_taken_is_shown_as_a_table() -> None:
    response = send(signed_in("add_questionnaire"), BAD)

    page = response.content.decode()
    assert response.status_code == 200
    assert not Questionnaire.objects.exists()
    for text in ("geopoint", "${a}", "<td>survey</td>", "<td>2</td>", "<td>3</td>"):
        assert text in page


def test_a_questionnaire_that_exists_is_replaced_only_on_purpose() -> None:
    client = signed_in("add_questionnaire", "change_questionnaire")
    send(client, GOOD)

    refused = send(client, OTHER)
    kept = definition_of(Questionnaire.objects.get())
    send(client, OTHER, replace="on")

    assert refused.status_code == 200
    assert kept == read(GOOD).definition
    assert definition_of(Questionnaire.objects.get()) == read(OTHER).definition


def test_who_may_not_change_questionnaires_cannot_replace_one() -> None:
    import_workbook(source=GOOD, by=None)

    send(signed_in("add_questionnaire"), OTHER, replace="on")

    assert definition_of(Questionnaire.objects.get()) == read(GOOD).definition


def test_a_workbook_may_get_another_identifier() -> None:
    send(signed_in("add_questionnaire", "change_questionnaire"), GOOD, slug="otra")

    assert Questionnaire.objects.get().slug == "otra"


@pytest.mark.parametrize("fields", [{"slug": "¡no!"}, {"workbook": ""}])
def test_a_form_that_is_not_filled_in_well_is_shown_again(fields: dict[str, str]) -> None:
    response = send(signed_in("add_questionnaire"), GOOD, **fields)

    assert response.status_code == 200
    assert not Questionnaire.objects.exists()


def test_the_stored_questionnaire_goes_out_as_a_workbook() -> None:
    questionnaire = import_workbook(source=GOOD, by=None).questionnaire

    response = signed_in("view_questionnaire").get(reverse("questionnaire_export", args=[questionnaire.pk]))

    assert response.headers["Content-Disposition"] == 'attachment; filename="prueba.xlsx"'
    assert read(response.content).definition == read(GOOD).definition


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_permission_nothing_comes_in(method: str) -> None:
    response = getattr(signed_in("view_questionnaire"), method)(reverse("questionnaire_import"))

    assert response.status_code == 302
    assert not Questionnaire.objects.exists()


def test_without_the_permission_nothing_goes_out() -> None:
    questionnaire = import_workbook(source=GOOD, by=None).questionnaire

    response = signed_in().get(reverse("questionnaire_export", args=[questionnaire.pk]))

    assert response.status_code == 302


def test_a_thousand_notices_are_a_few_and_a_number() -> None:
    rows = "\n".join(f"deviceid | d{number} |" for number in range(40))
    source = workbook(f"type | name | label\ntext | a | ¿A?\n{rows}")

    response = send(signed_in("add_questionnaire", "change_questionnaire"), source)

    shown = [str(message) for message in get_messages(response.wsgi_request)]
    assert len(shown) == 1 + MOST_NOTICES + 1
    assert "25" in shown[-1]
