"""Weightings are tried, kept and used beside the unweighted figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, WeightingScheme
from portal.models import AuditEntry
from tests.consultations.staff import PageForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures")]


def new(consultation: Consultation) -> str:
    return reverse("analysis_weighting_new", args=[consultation.pk])


def filled(client: Client, consultation: Consultation, **changes: Any) -> dict[str, Any]:
    page = client.get(new(consultation)).content.decode()
    return PageForm(page, "weighting").data | {"name": "By connection"} | changes


def keep(client: Client, consultation: Consultation, **changes: Any) -> Any:
    return client.post(new(consultation), filled(client, consultation, **changes) | {"keep": "1"})


def test_margin_suggests_itself_by_its_name(answered: Consultation, as_analyst: Client) -> None:
    keep(as_analyst, answered)

    assert WeightingScheme.objects.get().margins == [
        {
            "column": "connection",
            "reference": "connection",
            "match": {"born": "born", "family": "family", "returned": "other"},
        }
    ]
    assert AuditEntry.objects.filter(verb="weighting.made").count() == 1


def test_trying_shows_the_cost_and_keeps_nothing(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.post(new(answered), filled(as_analyst, answered) | {"try": "1"})

    report = {label: value for label, value, _unit in page.context["report"]}
    assert report["Responses"] == 60
    # Weights are share over share: 50 of 66.7, 40 of 28.3, 10 of 5 percent.
    squares = 40 * 0.75**2 + 17 * (24 / 17) ** 2 + 3 * 2**2
    assert report["Effective size"] == round(60**2 / squares)
    assert not WeightingScheme.objects.exists()


def test_weighted_figures_stand_beside_the_unweighted(answered: Consultation, as_analyst: Client) -> None:
    keep(as_analyst, answered)
    scheme = WeightingScheme.objects.get()

    page = as_analyst.get(reverse("analysis_questions", args=[answered.pk]), {"w": scheme.pk})

    exhibit = page.context["questions"][0]["exhibits"][0]
    assert [tuple(round(value, 6) for value in row.values) for row in exhibit.rows] == [
        (40, 66.666667, 50.0),
        (17, 28.333333, 40.0),
        (3, 5.0, 10.0),
    ]


def test_sample_stands_beside_the_population(answered: Consultation, as_analyst: Client) -> None:
    page = as_analyst.get(reverse("analysis_sample", args=[answered.pk]))

    exhibit = page.context["exhibits"][0]
    assert [(row.label, row.values[0], row.values[2]) for row in exhibit.rows] == [
        ("Born (en)", 40, 50.0),
        ("Family (en)", 17, 40.0),
        ("Other", 3, 10.0),
    ]
    assert "A census" in exhibit.notes[0]


def test_unit_sees_no_group_of_the_sample_that_the_tally_hides(
    answered: Consultation, as_unit: Client
) -> None:
    page = as_unit.get(reverse("analysis_sample", args=[answered.pk]))

    assert [row.values[0] for row in page.context["exhibits"][0].rows] == [None, None, None]


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"lowest": "2"}, {"highest": "0.5"}, {"highest": "x"}, {"field_connection": ""}]
)
def test_what_makes_no_weighting_is_said(
    answered: Consultation, as_analyst: Client, changes: dict[str, str]
) -> None:
    page = keep(as_analyst, answered, **changes)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not WeightingScheme.objects.exists()


def test_name_is_given_once(answered: Consultation, as_analyst: Client) -> None:
    keep(as_analyst, answered)
    page = keep(as_analyst, answered)

    assert page.context["form"].errors["name"]
    assert WeightingScheme.objects.count() == 1


def test_weighting_is_changed_and_deleted(answered: Consultation, as_analyst: Client) -> None:
    keep(as_analyst, answered)
    scheme = WeightingScheme.objects.get()
    address = reverse("analysis_weighting", args=[answered.pk, scheme.pk])
    data = PageForm(as_analyst.get(address).content.decode(), "weighting").data

    as_analyst.post(address, data | {"highest": "3", "keep": "1"})
    scheme.refresh_from_db()
    assert (scheme.highest, len(scheme.margins[0]["match"])) == (3, 3)
    as_analyst.post(address, {"delete": "1"})
    assert not WeightingScheme.objects.exists()
    assert (
        as_analyst.get(reverse("analysis_overview", args=[answered.pk]), {"w": scheme.pk}).status_code == 200
    )


def test_weightings_are_made_by_who_may(answered: Consultation, as_unit: Client) -> None:
    assert as_unit.get(new(answered)).status_code == 302
    assert new(answered) not in as_unit.get(reverse("analysis_sample", args=[answered.pk])).content.decode()


def test_question_without_reference_is_offered_no_margin(answered: Consultation, as_analyst: Client) -> None:
    """Several answers a person fit no margin."""
    form = as_analyst.get(new(answered)).context["form"]

    offered = {name for name, _label in form.fields["field_connection"].choices}
    assert "connection" in offered
    assert not {"languages", "comment"} & offered
