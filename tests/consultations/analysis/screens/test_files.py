"""Charts and tables as files: the figures of the screens, under the same protection."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from consultations.analysis.charts import drawing, shapes
from consultations.analysis.screens.files import drawn
from consultations.models import Consultation, WeightingScheme
from portal.models import AuditEntry, User
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db


def fetch(
    client: Client, consultation: Consultation, ending: str, screen: str, key: str, **query: str
) -> Any:
    return client.get(reverse(f"analysis_{ending}", args=[consultation.pk, screen, key]), query)


def table(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_picture_and_table_of_a_question(answered: Consultation, as_analyst: Client) -> None:
    svg = fetch(as_analyst, answered, "svg", "questions", "connection")
    png = fetch(as_analyst, answered, "png", "questions", "connection")

    drawn = ElementTree.fromstring(svg.content)  # noqa: S314  (ours)
    assert drawn.findtext("{*}title") == "¿connection? (en)"
    assert "60 answered of 60" in (drawn.findtext("{*}desc") or "")
    assert png.content.startswith(b"\x89PNG")
    assert table(fetch(as_analyst, answered, "csv", "questions", "connection")) == [
        ["Option", "People", "% of those who answered"],
        ["Born (en)", "40", "66.67"],
        ["Family (en)", "17", "28.33"],
        ["Returned (en)", "3", "5.00"],
    ]
    assert AuditEntry.objects.filter(verb="chart.downloaded").count() == 3


def test_chart_that_was_kept_is_drawn_anew_in_another_language() -> None:
    spec = shapes.bars([shapes.Bar("Costo", 0.004)], axis="")
    found = {}
    for language in ("es", "en"):
        with override(language):
            found[language] = str(drawn(spec, drawing.svg_file))

    assert found["es"] != found["en"]


def test_file_of_the_unit_hides_what_its_screen_hides(answered: Consultation, as_unit: Client) -> None:
    assert table(fetch(as_unit, answered, "csv", "questions", "connection"))[1:] == [
        ["Born (en)", "*", "*"],
        ["Family (en)", "*", "*"],
        ["Returned (en)", "*", "*"],
    ]
    assert ">3<" not in fetch(as_unit, answered, "svg", "questions", "connection").content.decode()


def test_picture_says_which_answers_it_is_of(answered: Consultation, as_analyst: Client) -> None:
    """It travels alone: a filter that nobody reads in it would make its figures those of everybody."""
    family = {"f": "and(connection:is:family)"}
    filtered = fetch(as_analyst, answered, "svg", "questions", "languages", **family).content.decode()
    reach = fetch(as_analyst, answered, "svg", "overview", "sections", **family).content.decode()

    assert "Filter: ¿connection? (en): Family (en)." in filtered
    assert "Filter:" not in reach, "drop-off is of everybody"


def test_weights_are_marked_in_the_picture(
    answered: Consultation, figures: None, as_analyst: Client, analyst: User
) -> None:
    margin = {
        "column": "connection",
        "reference": "connection",
        "match": {"born": "born", "family": "family"},
    }
    scheme = WeightingScheme.objects.create(consultation=answered, name="Vínculo", margins=[margin])

    def picture(key: str) -> str:
        found = fetch(as_analyst, answered, "svg", "questions", key, w=str(scheme.pk))
        return found.content.decode()

    assert "weighted by “Vínculo”" in picture("connection")
    assert 'aria-roledescription="tick"' in picture("connection")
    assert "Unweighted." in picture("channels")


def test_filter_goes_into_the_file(answered: Consultation, as_analyst: Client) -> None:
    found = table(
        fetch(as_analyst, answered, "csv", "questions", "connection", f="and(connection:is:family)")
    )

    assert [row[1] for row in found[1:]] == ["0", "17", "0"]


@pytest.mark.parametrize(
    ("screen", "key", "query"),
    [
        ("overview", "days", {}),
        ("overview", "sections", {}),
        ("overview", "languages", {}),
        ("questions", "rating", {}),
        ("questions", "channels", {}),
        ("questions", "score", {}),
        ("questions", "year", {}),
        ("questions", "comment", {}),
        ("crosstab", "table", {"rows": "connection", "columns": "rating_wait"}),
        ("crosstab", "table1", {"rows": "connection", "columns": "rating_wait", "layers": "languages"}),
        ("sample", "connection", {}),
    ],
)
def test_every_kind_of_chart_has_its_three_files(
    answered: Consultation, figures: None, as_analyst: Client, screen: str, key: str, query: dict[str, str]
) -> None:
    if key == "table1":
        query, key = query | {"layers": "languages"}, "table1"
    answers = {
        ending: fetch(as_analyst, answered, ending, screen, key, **query) for ending in ("svg", "png", "csv")
    }

    assert {ending: response.status_code for ending, response in answers.items()} == {
        "svg": 200,
        "png": 200,
        "csv": 200,
    }
    assert all("attachment" in response["Content-Disposition"] for response in answers.values())


@pytest.mark.parametrize(
    ("screen", "key"),
    [("questions", "nothing"), ("overview", "nothing"), ("elsewhere", "days"), ("crosstab", "table")],
)
def test_unknown_chart_is_not_found(
    answered: Consultation, as_analyst: Client, screen: str, key: str
) -> None:
    assert fetch(as_analyst, answered, "svg", screen, key).status_code == 404


def test_files_need_what_their_screens_need(answered: Consultation) -> None:
    address = ("csv", "questions", "connection")
    stranger = staff_of(UnitFactory(code="PCN"), "view_consultation")

    assert fetch(signed_in(stranger), answered, *address).status_code == 404
    assert fetch(signed_in(staff()), answered, *address).status_code == 302
    assert fetch(Client(), answered, *address).status_code == 302


def test_wrong_filter_is_explained_and_nothing_sent(answered: Consultation, as_unit: Client) -> None:
    for broken in ("and(", "and(connection:is:returned)"):
        response = fetch(as_unit, answered, "csv", "questions", "connection", f=broken)

        assert response.status_code == 400
        assert response["Content-Type"].startswith("text/html")


def test_file_of_a_table_that_cannot_be_made_is_explained(answered: Consultation, as_analyst: Client) -> None:
    response = fetch(as_analyst, answered, "csv", "crosstab", "table", rows="connection", columns="nothing")

    assert response.status_code == 400
    assert "nothing" in response.content.decode()


def test_text_never_becomes_a_formula() -> None:
    from consultations.analysis.screens.files import _harmless

    assert [_harmless(text) for text in ("=1+1", "+1", "@x", "plain")] == ["'=1+1", "'+1", "'@x", "plain"]
