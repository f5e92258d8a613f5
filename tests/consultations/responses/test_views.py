"""Who sees what of the responses, and that reading one leaves a trace."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, QuestionnaireVersion
from consultations.responses.visibility import responses_visible_to
from portal.models import AuditEntry
from tests.consultations.staff import signed_in, staff
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db

SECRET = "a secret that could leak"


@pytest.fixture
def version() -> QuestionnaireVersion:
    return VersionFactory()


@pytest.fixture
def consultation(version: QuestionnaireVersion) -> Consultation:
    return ConsultationFactory(open=True, questionnaire=version.questionnaire)


@pytest.fixture
def analyst() -> Client:
    return signed_in(staff("view_consultation", "view_single_responses"))


def detail_url(consultation: Consultation, response: object) -> str:
    return reverse("response_detail", args=[consultation.pk, getattr(response, "pk", response)])


def test_overview_is_for_staff_who_work_with_consultations(consultation: Consultation) -> None:
    url = reverse("responses_overview", args=[consultation.pk])

    assert signed_in(staff("view_consultation")).get(url).status_code == 200
    assert signed_in(staff()).get(url).status_code == 302
    assert Client().get(url).status_code == 302


def test_overview_shows_no_answer_and_marks_what_is_simulated(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    ResponseFactory(
        consultation=consultation, version=version, sent=True, simulated=True, answers={"comment": SECRET}
    )

    page = signed_in(staff("view_consultation")).get(reverse("responses_overview", args=[consultation.pk]))

    assert page.context["overview"].simulated == 1
    assert "help-block help-warning" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_parts_of_the_collection_are_for_who_may_read_single_responses(
    consultation: Consultation, version: QuestionnaireVersion, analyst: Client
) -> None:
    """One answer in Italian would be one person's."""
    ResponseFactory(consultation=consultation, version=version, sent=True, language="it")
    url = reverse("responses_overview", args=[consultation.pk])

    for client, languages in ((analyst, 1), (signed_in(staff("view_consultation")), 0)):
        overview = client.get(url).context["overview"]
        assert (overview.sent, len(overview.languages), len(overview.days)) == (1, languages, languages)


def test_single_responses_need_their_permission(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    response = ResponseFactory(consultation=consultation, version=version, sent=True)
    client = signed_in(staff("change_consultation", "export_responses"))

    assert client.get(reverse("responses_list", args=[consultation.pk])).status_code == 302
    assert client.get(detail_url(consultation, response)).status_code == 302
    assert not AuditEntry.objects.filter(verb="response.opened").exists()


def test_drafts_and_withdrawn_responses_are_read_by_nobody(
    consultation: Consultation, version: QuestionnaireVersion, analyst: Client
) -> None:
    draft = ResponseFactory(consultation=consultation, version=version, answers={"comment": SECRET})
    withdrawn = ResponseFactory(consultation=consultation, version=version, withdrawn=True)

    assert analyst.get(detail_url(consultation, draft), follow=True).status_code == 404
    assert analyst.get(detail_url(consultation, withdrawn), follow=True).status_code == 404
    assert list(responses_visible_to(staff("view_single_responses"))) == []


def test_response_of_another_consultation_is_not_found(consultation: Consultation, analyst: Client) -> None:
    other = ResponseFactory(sent=True)

    assert analyst.get(detail_url(consultation, other), follow=True).status_code == 404


def test_opening_a_response_leaves_a_trace_without_its_answers(
    consultation: Consultation, version: QuestionnaireVersion
) -> None:
    response = ResponseFactory(
        consultation=consultation, version=version, sent=True, answers={"comment": SECRET}
    )
    user = staff("view_single_responses")

    page = signed_in(user).get(detail_url(consultation, response))

    entry = AuditEntry.objects.get(verb="response.opened")
    assert SECRET in page.content.decode()
    assert (entry.by, entry.target_id) == (user, str(response.pk))
    assert SECRET not in f"{entry.target_label}{entry.details}"


def test_sensitive_answers_need_one_more_permission(
    consultation: Consultation, version: QuestionnaireVersion, analyst: Client
) -> None:
    response = ResponseFactory(
        consultation=consultation, version=version, sent=True, answers={"people": "aymara"}
    )
    trusted = signed_in(staff("view_single_responses", "view_sensitive_answers"))

    assert "Aymara" not in analyst.get(detail_url(consultation, response)).content.decode()
    assert "Aymara" in trusted.get(detail_url(consultation, response)).content.decode()


def test_hostile_text_is_shown_as_text(
    consultation: Consultation, version: QuestionnaireVersion, analyst: Client
) -> None:
    response = ResponseFactory(
        consultation=consultation, version=version, sent=True, answers={"comment": "<script>x</script>"}
    )

    page = analyst.get(detail_url(consultation, response)).content.decode()

    assert "&lt;script&gt;x" in page


def test_list_can_be_narrowed_by_language_and_channel(
    consultation: Consultation, version: QuestionnaireVersion, analyst: Client
) -> None:
    part = {"consultation": consultation, "version": version, "sent": True}
    italian = ResponseFactory(language="it", **part)
    ResponseFactory(language="es", **part)
    ResponseFactory(language="it", simulated=True, **part)

    page = analyst.get(
        reverse("responses_list", args=[consultation.pk]), {"language": "it", "channel": "web"}
    )

    assert list(page.context["object_list"]) == [italian]


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    consultation: Consultation,
    version: QuestionnaireVersion,
    analyst: Client,
    number: int,
    django_assert_num_queries: object,
) -> None:
    ResponseFactory.create_batch(number, consultation=consultation, version=version, sent=True)
    url = reverse("responses_list", args=[consultation.pk])
    analyst.get(url)

    with django_assert_num_queries(14):  # type: ignore[operator]  # a fixture
        analyst.get(url)


def test_looking_through_the_list_leaves_a_trace_with_its_filter(
    consultation: Consultation, analyst: Client
) -> None:
    url = reverse("responses_list", args=[consultation.pk])

    analyst.get(url)
    analyst.get(url, {"language": "it", "submitted_on_from": "", "page": "1"})

    entries = AuditEntry.objects.filter(verb__startswith="responses.").order_by("pk")
    assert [(entry.verb, entry.target_id, entry.details) for entry in entries] == [
        ("responses.listed", str(consultation.pk), {}),
        ("responses.filtered", str(consultation.pk), {"language": ["it"]}),
    ]
