"""Who sees which figures on the screens of analysis."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.analysis import snapshot
from consultations.models import AnswerSnapshot, Consultation, QuestionnaireVersion
from portal.models import AuditEntry
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.consultations import ConsultationFactory
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

from .conftest import SECRET, answer

pytestmark = pytest.mark.django_db

SCREENS = ("analysis_overview", "analysis_questions", "analysis_crosstab", "analysis_sample")
CROSSED = {"rows": "connection", "columns": "rating_wait"}


def url(name: str, consultation: Consultation, *args: Any) -> str:
    return reverse(name, args=[consultation.pk, *args])


@pytest.mark.parametrize("screen", SCREENS)
def test_screens_are_for_staff_who_work_with_consultations(answered: Consultation, screen: str) -> None:
    address = url(screen, answered)

    assert signed_in(staff("view_consultation")).get(address).status_code == 200
    assert signed_in(staff()).get(address).status_code == 302
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("screen", SCREENS)
def test_consultation_of_another_unit_does_not_exist(answered: Consultation, screen: str) -> None:
    stranger = signed_in(staff_of(UnitFactory(code="PCN"), "view_consultation"))

    assert stranger.get(url(screen, answered)).status_code == 404


@pytest.mark.parametrize("screen", SCREENS)
def test_page_says_that_answers_are_being_prepared(
    consultation: Consultation, as_analyst: Client, screen: str
) -> None:
    page = as_analyst.get(url(screen, consultation))

    assert page.status_code == 200
    assert "data-analysis-ready" in page.content.decode()
    assert not AnswerSnapshot.objects.exists(), "nothing is built in the request"
    assert as_analyst.get(url("analysis_ready", consultation)).json() == {"ready": False}


def test_prepared_answers_are_announced(answered: Consultation, as_analyst: Client) -> None:
    assert as_analyst.get(url("analysis_ready", answered)).json() == {"ready": True}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    "broken", ["f=and(", "f=nothing:is:1", "f=connection:is:unheard", "f=year:range:a|b"]
)
def test_bad_address_is_explained(
    answered: Consultation, as_analyst: Client, screen: str, broken: str
) -> None:
    page = as_analyst.get(f"{url(screen, answered)}?{broken}")

    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()


def test_filter_narrows_every_figure(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.get(url("analysis_questions", answered), {"f": "and(connection:is:family)"})

    found = exhibit_of(page, "connection")
    assert page.context["people"]["number"] == 17
    assert {row.label: row.values[0] for row in found.rows} == {
        "Born (en)": 0,
        "Family (en)": 17,
        "Returned (en)": 0,
    }


def exhibit_of(page: Any, name: str) -> Any:
    questions = page.context["questions"]
    return next(question["exhibits"][0] for question in questions if question["name"] == name)


def test_small_numbers_are_hidden_from_the_unit_alone(
    answered: Consultation, as_analyst: Client, as_unit: Client
) -> None:
    """All who did not return were asked about services: what is hidden of one side is hidden of both."""
    address = url("analysis_questions", answered)

    def counts(client: Client, name: str) -> list[Any]:
        return [row.values[0] for row in exhibit_of(client.get(address), name).rows]

    assert counts(as_analyst, "connection") == [40, 17, 3]
    assert counts(as_unit, "connection") == [None, None, None]
    assert counts(as_unit, "languages") == counts(as_analyst, "languages") == [60, 30, 0]


@pytest.mark.parametrize("screen", SCREENS)
def test_unit_reads_no_text_and_finds_no_way_to_single_responses(
    answered: Consultation, as_unit: Client, screen: str
) -> None:
    page = as_unit.get(url(screen, answered), CROSSED | {"section": "services"}).content.decode()

    assert SECRET not in page
    assert url("responses_list", answered) not in page
    assert "/texts/" not in page


def test_rare_word_is_shown_to_who_may_read_it(answered: Consultation, as_analyst: Client) -> None:
    """So that the test above has something that could leak."""
    page = as_analyst.get(url("analysis_questions", answered), {"section": "services"}).content.decode()

    assert SECRET in page


def test_filter_that_would_tell_of_few_is_refused_to_the_unit(
    answered: Consultation, as_unit: Client, as_analyst: Client
) -> None:
    address = url("analysis_overview", answered)

    assert as_unit.get(address, {"f": "and(connection:is:returned)"}).status_code == 400
    assert as_unit.get(address, {"f": "and(connection:not:returned)"}).status_code == 400
    assert as_unit.get(address, {"f": "and(people:is:quechua)"}).status_code == 400
    assert as_analyst.get(address, {"f": "and(connection:is:returned)"}).status_code == 200


def test_fields_that_the_unit_may_not_filter_by_are_not_offered(
    answered: Consultation, as_unit: Client, as_analyst: Client
) -> None:
    def offered(client: Client) -> set[str]:
        groups = client.get(url("analysis_overview", answered)).context["field_groups"]
        return {field.name for group in groups for field in group.fields}

    assert offered(as_analyst) - offered(as_unit) == {"people", "income", "comment"}


def test_what_one_person_was_shown_is_not_kept_for_another(
    answered: Consultation, as_analyst: Client, as_unit: Client
) -> None:
    """The analyst looks first, so that figures lie ready in the cache."""
    query = {"rows": "connection", "columns": "languages", "show": "count"}
    as_analyst.get(url("analysis_crosstab", answered), query)

    page = as_unit.get(url("analysis_crosstab", answered), query)

    rows = page.context["table"]["tables"][0]["rows"]
    assert [[box.main for box in row["boxes"]] for row in rows] == [["60", "30", "0"]]


def test_cross_tab_hatches_what_is_hidden_with_a_word(answered: Consultation, as_unit: Client) -> None:
    query = {"rows": "year", "columns": "languages"}
    page = as_unit.get(url("analysis_crosstab", answered), query).content.decode()

    assert "exhibit__hidden" in page
    assert "(hidden to protect people)" in page


@pytest.mark.parametrize(
    "query",
    [
        {"rows": "connection", "columns": "connection"},
        {"rows": "connection", "columns": "comment"},
        {"rows": "connection", "columns": "nothing"},
    ],
)
def test_table_that_cannot_be_made_is_explained(
    answered: Consultation, as_analyst: Client, query: dict[str, str]
) -> None:
    assert as_analyst.get(url("analysis_crosstab", answered), query).status_code == 400


def test_nobody_has_answered_is_said_on_every_screen(consultation: Consultation, as_analyst: Client) -> None:
    snapshot.refresh(consultation)
    for screen in ("analysis_overview", "analysis_questions", "analysis_sample"):
        page = as_analyst.get(url(screen, consultation)).content.decode()
        assert "Nobody has sent an answer yet." in page, screen

    crossed = as_analyst.get(url("analysis_crosstab", consultation), CROSSED).content.decode()

    assert "there is nothing to cross" in crossed
    assert "exhibit__table" not in crossed


def test_links_to_files_of_a_table_say_of_which(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.get(url("analysis_crosstab", answered), CROSSED | {"layers": "languages"})

    links = re.findall(r">((?:SVG|PNG|CSV)<span[^<]*)<", page.content.decode())
    assert len(links) == len(set(links)) == 9


def test_cross_tab_says_what_it_does_not_mean(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.get(url("analysis_crosstab", answered), CROSSED | {"layers": "languages", "ci": "1"})

    assert page.status_code == 200
    assert "nobody was drawn by lot" in page.content.decode()
    assert len(page.context["table"]["tables"]) == 3


def test_overview_counts_drafts_and_shows_where_people_stopped(
    answered: Consultation, as_analyst: Client
) -> None:
    page = as_analyst.get(url("analysis_overview", answered))

    sections = next(exhibit for exhibit in page.context["exhibits"] if exhibit.key == "sections")
    assert page.context["counts"]["draft"] == 12
    assert [row.values for row in sections.rows] == [
        (72, 100.0, 12),
        (60, pytest.approx(100 * 60 / 72), 0),
        (60, pytest.approx(100 * 60 / 72), 0),
    ]


def test_overview_tells_how_many_completed(answered: Consultation, as_analyst: Client) -> None:
    """Sixty sent and twelve began: five in six."""
    facts = dict(as_analyst.get(url("analysis_overview", answered)).context["facts"])

    assert facts == {
        "Sent": "60",
        "Begun, not sent yet": "12",
        "Withdrawn": "0",
        "Completed, of those who began": "83.3\u00a0%",
    }


def test_few_drafts_are_told_as_few_and_with_them_the_rate_is_hidden(
    consultation: Consultation, version: QuestionnaireVersion, as_unit: Client
) -> None:
    for _person in range(30):
        ResponseFactory(sent=True, consultation=consultation, version=version, answers={"connection": "born"})
    ResponseFactory(consultation=consultation, version=version, sections=["profile"])
    snapshot.refresh(consultation)

    facts = dict(as_unit.get(url("analysis_overview", consultation)).context["facts"])

    assert facts["Begun, not sent yet"] == "fewer than 10"
    assert facts["Completed, of those who began"] == "*"


def test_unit_reads_what_the_sign_of_hidden_figures_means(
    answered: Consultation, as_unit: Client, as_analyst: Client
) -> None:
    address = url("analysis_questions", answered)

    assert "* stands for a figure that is hidden" in as_unit.get(address).content.decode()
    assert "* stands for" not in as_analyst.get(address).content.decode()


def test_counts_of_who_was_asked_are_rounded_under_a_filter(answered: Consultation, as_unit: Client) -> None:
    """Thirty and thirty by their languages; exact numbers of two filters could be subtracted."""
    page = as_unit.get(url("analysis_overview", answered), {"f": "and(response.language:is:es)"})

    skipped = next(exhibit for exhibit in page.context["exhibits"] if exhibit.key == "skipped")
    counts = [value for row in skipped.rows for value in row.values[:2] if value is not None]
    assert page.status_code == 200
    assert counts
    assert all(count % 5 == 0 for count in counts)


def test_box_that_was_not_ticked_is_not_skipped(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.get(url("analysis_overview", answered))

    skipped = next(exhibit for exhibit in page.context["exhibits"] if exhibit.key == "skipped")
    labels = [row.label for row in skipped.rows]
    assert not any("agree" in label.casefold() for label in labels)
    assert len(labels) > 5


def test_earlier_wave_stands_beside_this_one(
    answered: Consultation, version: QuestionnaireVersion, as_analyst: Client
) -> None:
    answered.previous_wave = answer(
        ConsultationFactory(questionnaire=version.questionnaire), version, people=40
    )
    answered.save()

    page = as_analyst.get(url("analysis_overview", answered))

    wave = next(exhibit for exhibit in page.context["waves"] if exhibit.key == "wave.connection")
    assert wave.rows[0].values == (100.0, pytest.approx(200 / 3), pytest.approx(200 / 3 - 100))
    picture = url("analysis_svg", answered, "overview", "wave.connection")
    assert as_analyst.get(picture).content.startswith(b"<svg")


def test_earlier_wave_of_few_people_is_no_table_of_hidden_cells(
    answered: Consultation, version: QuestionnaireVersion, as_unit: Client
) -> None:
    answered.previous_wave = answer(
        ConsultationFactory(questionnaire=version.questionnaire, unit=answered.unit), version, people=6
    )
    answered.save()

    page = as_unit.get(url("analysis_overview", answered))

    assert page.context["waves"] == []
    assert "so few people answered that all figures are hidden" in page.content.decode()


def test_percentages_of_a_row_without_people_are_none(answered: Consultation, as_analyst: Client) -> None:
    query = CROSSED | {"f": "and(connection:is:born)"}
    rows = as_analyst.get(url("analysis_crosstab", answered), query).context["table"]["tables"][0]["rows"]

    assert [box.main for box in rows[1]["boxes"]] == ["–", "–"]
    assert not any(box.is_hidden for box in rows[1]["boxes"])


def test_earlier_wave_of_another_unit_stays_unseen(
    answered: Consultation, version: QuestionnaireVersion, as_unit: Client
) -> None:
    other = ConsultationFactory(
        questionnaire=version.questionnaire, unit=UnitFactory(code="PCN"), title="Ajena"
    )
    answered.previous_wave = answer(other, version, people=40)
    answered.save()

    page = as_unit.get(url("analysis_overview", answered))

    assert page.context["waves"] == []
    assert "Ajena" not in page.content.decode()


def test_reading_list_needs_its_right_and_leaves_a_trace(
    answered: Consultation, as_analyst: Client, as_unit: Client
) -> None:
    address = url("analysis_texts", answered, "comment")

    assert as_unit.get(address).status_code == 302
    page = as_analyst.get(address, {"f": "and(comment:contains:" + SECRET + ")"})

    assert [text["text"] for text in page.context["texts"]] == [SECRET]
    entry = AuditEntry.objects.get(verb="texts.opened")
    assert entry.details == {"question": "comment", "filtered_by": ["comment"]}


def test_only_texts_have_a_reading_list(answered: Consultation, as_analyst: Client) -> None:
    assert as_analyst.get(url("analysis_texts", answered, "connection")).status_code == 404
    assert as_analyst.get(url("analysis_texts", answered, "nothing")).status_code == 404


def test_labels_come_in_any_language_of_the_consultation(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.get(url("analysis_questions", answered), {"lang": "es"})

    assert [row.label for row in exhibit_of(page, "connection").rows] == ["Born", "Family", "Returned"]
    assert as_analyst.get(url("analysis_questions", answered), {"lang": "xx"}).status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
def test_number_of_queries_does_not_grow_with_answers(
    answered: Consultation, version: QuestionnaireVersion, as_unit: Client, screen: str
) -> None:
    address = url(screen, answered)

    def queries() -> int:
        as_unit.get(address, CROSSED)
        with CaptureQueriesContext(connection) as found:
            assert as_unit.get(address, CROSSED).status_code == 200
        return len(found)

    few = queries()
    for _more in range(20):
        ResponseFactory(sent=True, consultation=answered, version=version, answers={"connection": "born"})
    snapshot.refresh(answered)

    assert queries() == few
    assert few <= 40
