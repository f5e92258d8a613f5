"""The page of a consultation and the list of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from consultations.models import Consultation, ConsultationIndexPage
from portal.models import HomePage
from portal.planting import plant
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import journey_definition

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConsultationIndexPage:
    plant()
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="es"))
    return home.add_child(instance=ConsultationIndexPage(title="Consultas", slug="consultas"))


def get(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_consultation_lies_under_the_list_of_its_language(
    client: Client, index: ConsultationIndexPage
) -> None:
    ConsultationFactory(answerable=True, slug="necesidades", purpose="Para saber.", audience="Usted.\nYo.")

    html = get(client, "/es/consultas/necesidades/")

    assert "Para saber." in html
    assert "<li>Yo.</li>" in html
    assert 'href="/es/consultas/"' in html


def test_the_short_address_leads_to_the_list_of_the_language(
    client: Client, index: ConsultationIndexPage
) -> None:
    ConsultationFactory(answerable=True, slug="necesidades")

    assert client.get("/es/responder/necesidades/")["Location"].endswith("/es/consultas/necesidades/")
    assert client.get("/en/respond/necesidades/").status_code == 200


def test_the_list_separates_open_coming_and_closed(client: Client, index: ConsultationIndexPage) -> None:
    ConsultationFactory(open=True, title="Abierta")
    ConsultationFactory(closed=True, title="Cerrada")
    ConsultationFactory(title="Pronto", opens_at=timezone.now() + timedelta(days=3))
    ConsultationFactory(title="Secreta")
    ConsultationFactory(open=True, title="Sin publicar", live=False)

    html = get(client, "/es/consultas/")

    assert html.index("Abierta") < html.index("Pronto") < html.index("Cerrada")
    assert "Secreta" not in html
    assert "Sin publicar" not in html


def test_past_its_closing_moment_none_is_listed_as_open(client: Client, index: ConsultationIndexPage) -> None:
    """Whoever keeps to the dates runs once a minute, and may be down."""
    ConsultationFactory(open=True, title="Vencida", closes_at=timezone.now() - timedelta(seconds=1))
    ConsultationFactory(open=True, title="Sin fin", closes_at=None)

    html = get(client, "/es/consultas/")

    assert html.index("Sin fin") < html.index("Vencida")
    assert html.count("tag good") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client: Client, index: ConsultationIndexPage, django_assert_max_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        ConsultationFactory(open=True)
    client.get("/es/consultas/")

    with django_assert_max_num_queries(12):
        client.get("/es/consultas/?again")


def test_the_page_of_a_consultation_is_kept_for_the_next_reader(
    client: Client, index: ConsultationIndexPage, django_assert_max_num_queries: Any
) -> None:
    ConsultationFactory(answerable=True, slug="necesidades")
    get(client, "/es/consultas/necesidades/")

    with django_assert_max_num_queries(2):
        get(Client(), "/es/consultas/necesidades/")


def test_a_device_with_a_code_is_offered_to_go_on(client: Client, index: ConsultationIndexPage) -> None:
    ConsultationFactory(answerable=True, slug="necesidades")
    get(client, "/es/consultas/necesidades/")
    client.post("/es/responder/necesidades/empezar/")

    assert "/olvidar/" in get(client, "/es/consultas/necesidades/")
    assert "/olvidar/" not in get(Client(), "/es/consultas/necesidades/")


@pytest.mark.parametrize("fields", [{"closed": True}, {"opens_at": timezone.now() + timedelta(days=2)}])
def test_what_is_not_open_says_so_and_has_no_button(client: Client, fields: dict[str, Any]) -> None:
    consultation: Consultation = ConsultationFactory(slug="otra", **fields)
    VersionFactory(questionnaire=consultation.questionnaire)

    html = get(client, "/es/responder/otra/")

    assert "/empezar/" not in html
    assert "notice" in html
    assert client.post("/es/responder/otra/empezar/").status_code == 403


def test_a_consultation_in_preparation_is_not_found(client: Client) -> None:
    ConsultationFactory(slug="borrador")

    assert client.get("/es/responder/borrador/").status_code == 404


def test_a_language_without_questions_says_which_there_are(client: Client) -> None:
    consultation = ConsultationFactory(open=True, slug="solo", title="Solo en español")
    VersionFactory(questionnaire=consultation.questionnaire, definition=journey_definition())

    html = get(client, "/it/rispondere/solo/")

    assert '<a href="/en/respond/solo/" lang="en"' in html
    assert '<span lang="es">Solo en español</span>' in html


def test_the_closing_moment_stands_on_two_clocks(client: Client) -> None:
    ConsultationFactory(answerable=True, slug="necesidades")
    client.cookies["timezone"] = "Europe/Rome"

    html = get(client, "/es/responder/necesidades/")

    assert html.index("Roma") < html.index("Lima")


def test_lists_and_language_links_lead_straight_to_the_page(
    client: Client, index: ConsultationIndexPage
) -> None:
    ConsultationFactory(answerable=True, slug="necesidades")

    for url in ("/es/", "/es/consultas/"):
        html = get(client, url)
        assert 'href="/es/consultas/necesidades/"' in html
        assert 'href="/es/responder/necesidades/"' not in html
    assert '<a href="/es/consultas/necesidades/"' in get(client, "/en/respond/necesidades/")
