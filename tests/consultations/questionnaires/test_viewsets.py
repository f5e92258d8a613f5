"""Writing a questionnaire in the admin: drafts are never refused for what is missing, and lose nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import ChoiceList, Questionnaire
from consultations.questionnaires.compile import definition_of
from consultations.questionnaires.storing import store
from consultations.questionnaires.xlsform import read
from tests.consultations.staff import PageForm, administrator, signed_in, staff
from tests.factories.definitions import journey_definition
from tests.factories.questionnaires import ChoiceListFactory

pytestmark = pytest.mark.django_db

VIEWS = "wagtailsnippets_consultations_questionnaire"
LARGE = Path(__file__).parents[3] / "consultations/demo/questionnaires/necesidades_comunidad.xlsx"
FIRST = "sections-1-questions-0"


@pytest.fixture
def questionnaire() -> Questionnaire:
    return store(journey_definition(), by=None)


@pytest.fixture
def author() -> Client:
    return administrator()


def edit_url(questionnaire: Questionnaire) -> str:
    return reverse(f"{VIEWS}:edit", args=[questionnaire.pk])


def draft_of(questionnaire: Questionnaire) -> Questionnaire:
    draft: Questionnaire = Questionnaire.objects.get(pk=questionnaire.pk).get_latest_revision_as_object()
    return draft


def form_of(client: Client, url: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    return PageForm(page).data | changes


def save(client: Client, questionnaire: Questionnaire, **changes: str | list[str]) -> str:
    """Save the form with some changes; what the editor then says."""
    url = edit_url(questionnaire)
    response = client.post(
        url, form_of(client, url, **changes), headers={"accept-language": "en"}, follow=True
    )
    return str(response.content.decode())


def change(name: str, value: str) -> dict[str, str]:
    return {f"{FIRST}-{name}": value}


def test_saving_without_a_change_changes_nothing(author: Client, questionnaire: Questionnaire) -> None:
    before = definition_of(questionnaire)

    save(author, questionnaire)

    assert questionnaire.revisions.count() == 2
    assert definition_of(draft_of(questionnaire)) == before


def test_questionnaire_of_thirty_two_questions_survives_its_form(author: Client) -> None:
    questionnaire = store(read(LARGE.read_bytes()).definition, by=None)
    before = definition_of(questionnaire)

    save(author, questionnaire)

    assert definition_of(draft_of(questionnaire)) == before


@pytest.mark.parametrize("sections", [1, 3])
def test_form_takes_the_same_queries_for_any_number_of_questions(
    author: Client, sections: int, django_assert_num_queries: object
) -> None:
    whole = journey_definition()
    few = replace(whole, sections=whole.sections[1 : 1 + sections])
    questionnaire = store(few, by=None)
    author.get(edit_url(questionnaire))

    with django_assert_num_queries(33):  # type: ignore[operator]  # a fixture
        author.get(edit_url(questionnaire))


def test_draft_with_a_missing_translation_is_saved(author: Client, questionnaire: Questionnaire) -> None:
    save(author, questionnaire, **change("label_en", ""))

    question = definition_of(draft_of(questionnaire)).question("connection")
    assert question.label == {"es": "¿connection?"}


def test_missing_translation_is_not_filled_with_spanish_by_an_english_session(
    author: Client, questionnaire: Questionnaire
) -> None:
    save(author, questionnaire, **change("label_en", ""))

    data = form_of(author, edit_url(questionnaire))

    assert data[f"{FIRST}-label_en"] == ""
    assert data[f"{FIRST}-label_es"] == "¿connection?"


@pytest.mark.parametrize("name", ["two words", "9lives", ""])
def test_name_is_checked_even_in_a_draft(author: Client, questionnaire: Questionnaire, name: str) -> None:
    page = save(author, questionnaire, **change("name", name))

    assert "error-message" in page
    assert questionnaire.revisions.count() == 1


def test_broken_rule_is_kept_and_its_author_told_where(author: Client, questionnaire: Questionnaire) -> None:
    page = save(author, questionnaire, **change("relevant", "${nobody} = "))

    assert "connection, shown only if" in page
    assert definition_of(draft_of(questionnaire)).question("connection").relevant == "${nobody} ="


def test_plain_publishing_is_closed(author: Client, questionnaire: Questionnaire) -> None:
    save(author, questionnaire, **change("label_es", "¿Otra?"), **{"action-publish": "action-publish"})

    stored = definition_of(Questionnaire.objects.get(pk=questionnaire.pk))
    assert stored.question("connection").label["es"] == "¿connection?"
    assert 'value="action-publish"' not in author.get(edit_url(questionnaire)).content.decode()


def test_languages_are_check_boxes_and_the_source_stays_on(
    author: Client, questionnaire: Questionnaire
) -> None:
    page = save(author, questionnaire, languages=["en"])
    save(author, questionnaire, languages=["es", "it"])

    assert "Switch the source language on, too." in page
    assert draft_of(questionnaire).languages == ["es", "it"]


def test_new_questionnaire_speaks_the_source_language(author: Client) -> None:
    url = reverse(f"{VIEWS}:add")
    fields = form_of(author, url, title_es="¿Qué hace falta?")

    author.post(url, fields)

    assert Questionnaire.objects.get().languages == ["es"]


def test_no_language_at_all_is_refused(author: Client, questionnaire: Questionnaire) -> None:
    page = save(author, questionnaire, languages=[])

    assert "Switch the source language on, too." in page
    assert draft_of(questionnaire).languages == questionnaire.languages


def test_broken_rule_of_a_new_questionnaire_is_told_at_once(author: Client) -> None:
    url = reverse(f"{VIEWS}:add")
    new = {
        "sections-TOTAL_FORMS": "1",
        "sections-0-name": "s",
        "sections-0-relevant": "${nobody} = 1 and (",
        "sections-0-is_group": "on",
        "sections-0-questions-TOTAL_FORMS": "0",
        "sections-0-questions-INITIAL_FORMS": "0",
    }

    response = author.post(url, form_of(author, url, title_es="Nuevo", **new), follow=True)

    assert Questionnaire.objects.count() == 1
    assert "s, " in " ".join(str(message) for message in response.context["messages"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_rows_can_be_hidden_in_every_language(
    author: Client, questionnaire: Questionnaire, language: str
) -> None:
    page = author.get(edit_url(questionnaire), headers={"accept-language": language}).content.decode()

    assert 'data-field="rows"' in page


def test_list_cannot_take_the_name_of_one_of_the_portals(author: Client) -> None:
    options = ChoiceListFactory(choices=("yes", "no"))
    url = reverse("wagtailsnippets_consultations_choicelist:edit", args=[options.pk])

    author.post(url, form_of(author, url, name="portal_offices"))

    options.refresh_from_db()
    assert options.name != "portal_offices"


def test_new_questionnaire_gets_an_identifier_from_its_title(author: Client) -> None:
    url = reverse(f"{VIEWS}:add")

    author.post(url, form_of(author, url, title_es="¿Qué hace falta?"))
    author.post(url, form_of(author, url, title_es="¿Qué hace falta?"))

    slugs = Questionnaire.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["que-hace-falta", "que-hace-falta-2"]


def test_questionnaire_without_any_title_is_refused(author: Client) -> None:
    url = reverse(f"{VIEWS}:add")

    response = author.post(url, form_of(author, url, slug="nameless"))

    assert response.status_code == 200
    assert not Questionnaire.objects.exists()


def test_list_of_options_reads_its_filter_columns_as_lines(author: Client) -> None:
    options = ChoiceListFactory(choices=("yes", "no"))
    url = reverse("wagtailsnippets_consultations_choicelist:edit", args=[options.pk])

    author.post(url, form_of(author, url, **{"choices-0-attributes": "country = ES\nregion = Madrid"}))

    yes = ChoiceList.objects.get().choices.get(name="yes")
    assert yes.attributes == {"country": "ES", "region": "Madrid"}


def test_list_of_options_starts_with_its_questionnaire_and_stays_with_it(
    author: Client, questionnaire: Questionnaire
) -> None:
    url = reverse("wagtailsnippets_consultations_choicelist:add")

    data = form_of(author, f"{url}?questionnaire={questionnaire.pk}", name="new_list")

    assert data["questionnaire"] == str(questionnaire.pk)
    author.post(url, data)
    assert ChoiceList.objects.get(name="new_list").questionnaire == questionnaire


def test_who_only_reads_questionnaires_cannot_change_them(questionnaire: Questionnaire) -> None:
    client = signed_in(staff("view_questionnaire"))

    assert client.get(edit_url(questionnaire)).status_code == 302
    assert client.get(reverse(f"{VIEWS}:list")).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    author: Client, number: int, django_assert_num_queries: object
) -> None:
    for at in range(number):
        store(replace(journey_definition(), name=f"journey-{at}"), by=None)
    author.get(reverse(f"{VIEWS}:list"))

    with django_assert_num_queries(8):  # type: ignore[operator]  # a fixture
        author.get(reverse(f"{VIEWS}:list"))
