"""A filter is made condition by condition, with presses of buttons alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation

pytestmark = pytest.mark.django_db


def step(client: Client, consultation: Consultation, **given: Any) -> Any:
    return client.get(reverse("analysis_filter", args=[consultation.pk]), {"screen": "questions"} | given)


def filter_in(response: Any) -> str:
    return parse_qs(urlsplit(response.url).query).get("f", [""])[0]


@pytest.mark.parametrize(
    ("field", "given", "condition"),
    [
        ("connection", {"operator": "any", "options": ["born", "family"]}, "connection:any:born|family"),
        ("languages", {"operator": "not", "options": ["quechua"]}, "languages:not:quechua"),
        ("year", {"operator": "range", "low": "1970", "high": "1980"}, "year:range:1970|1980"),
        ("score", {"operator": "range", "low": "", "high": "7.50"}, "score:range:|7.5"),
        ("comment", {"operator": "contains", "words": "cita, trato"}, "comment:contains:cita|trato"),
        ("comment", {"operator": "unanswered", "words": "left over"}, "comment:unanswered"),
        ("rating_wait", {"operator": "any", "options": ["good"]}, "rating_wait:any:good"),
        ("response.language", {"operator": "any", "options": ["en"]}, "response.language:any:en"),
        (
            "response.day",
            {"operator": "range", "low": "2026-10-01", "high": "2026-10-05"},
            "response.day:range:2026-10-01|2026-10-05",
        ),
    ],
)
def test_condition_leads_back_to_the_screen_with_the_filter(
    answered: Consultation, as_analyst: Client, field: str, given: dict[str, Any], condition: str
) -> None:
    response = step(as_analyst, answered, field=field, add="1", section="services", **given)

    address = urlsplit(response.url)
    assert address.path == reverse("analysis_questions", args=[answered.pk])
    assert parse_qs(address.query)["section"] == ["services"]
    assert filter_in(response) == f"and({condition})"
    assert as_analyst.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("connection", {"operator": "any"}),
        ("connection", {"operator": "any", "options": ["unheard"]}),
        ("connection", {"operator": "contains", "options": ["born"]}),
        ("year", {"operator": "range", "low": "", "high": ""}),
        ("year", {"operator": "range", "low": "1990", "high": "1980"}),
        ("year", {"operator": "range", "low": "x", "high": ""}),
        ("response.day", {"operator": "range", "low": "2026-13-01", "high": ""}),
        ("comment", {"operator": "contains", "words": " , "}),
    ],
)
def test_what_is_no_condition_is_said_in_the_form(
    answered: Consultation, as_analyst: Client, field: str, given: dict[str, Any]
) -> None:
    page = step(as_analyst, answered, field=field, add="1", **given)

    assert page.status_code == 200
    assert page.context["form"].errors


def test_form_has_the_options_of_its_field(answered: Consultation, as_analyst: Client) -> None:
    page = step(as_analyst, answered, field="connection")

    assert [code for code, _label in page.context["form"].fields["options"].choices] == [
        "born",
        "family",
        "returned",
    ]


def test_conditions_are_taken_out_turned_and_grouped(answered: Consultation, as_analyst: Client) -> None:
    tree = "and(connection:is:born,languages:is:quechua)"
    add = {"operator": "any", "options": ["en"], "field": "response.language", "add": "1"}

    assert filter_in(step(as_analyst, answered, f=tree, remove="0")) == "and(languages:is:quechua)"
    assert filter_in(step(as_analyst, answered, f=tree, turn="")) == tree.replace("and(", "or(")
    assert filter_in(step(as_analyst, answered, f=tree, into="new", **add)) == (
        "and(connection:is:born,languages:is:quechua,or(response.language:any:en))"
    )


def test_refused_condition_is_said_in_its_form_and_the_filter_stays(
    answered: Consultation, as_unit: Client
) -> None:
    """Three returned: what lies before must not have to be made again."""
    tree = "and(response.language:any:es)"
    add = {"operator": "any", "options": ["returned"], "field": "connection", "add": "1"}

    page = step(as_unit, answered, f=tree, **add)

    assert page.status_code == 200
    assert "it would tell of fewer than 10 people" in page.content.decode()
    assert ("f", tree) in page.context["hidden_fields"]


def test_filter_that_grows_too_long_is_said(answered: Consultation, as_analyst: Client) -> None:
    tree = "and(comment:contains:" + "|".join(["palabra"] * 745) + ")"
    add = {
        "operator": "contains",
        "words": "cita,trato,espera,costo,pasaporte",
        "field": "comment",
        "add": "1",
    }

    page = step(as_analyst, answered, f=tree, **add)

    assert page.status_code == 200
    assert "too long" in page.content.decode()


def test_unknown_field_is_explained(answered: Consultation, as_analyst: Client, as_unit: Client) -> None:
    assert step(as_analyst, answered, field="nothing").status_code == 400
    assert step(as_analyst, answered).status_code == 404
    assert step(as_unit, answered, field="people").status_code == 400


def test_filter_stands_on_the_page_in_words(answered: Consultation, as_analyst: Client) -> None:
    tree = "and(connection:any:born|family,or(year:range:1970|,languages:not:quechua))"

    page = as_analyst.get(reverse("analysis_overview", args=[answered.pk]), {"f": tree})

    outline = page.context["outline"]
    assert outline["parts"][0]["words"] == "¿connection? (en): Born (en) or Family (en)"
    assert [part["words"] for part in outline["parts"][1]["parts"]] == [
        "¿year? (en): from 1970 on",
        "¿languages? (en): not Quechua (en)",
    ]
