"""Numbers as people write them in different countries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from consultations.answering.numbers import TwoReadings, two_readings, written
from consultations.instrument.answers import clean
from consultations.instrument.definition import Definition, Section
from tests.consultations.answering.test_kinds import with_question
from tests.factories.definitions import K, question, text

SCRIPT = Path(__file__).parents[3] / "consultations/static/consultations/answers.js"
TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("typed", "whole", "decimal"),
    [
        ("1.500", "1500", "1.5"),
        ("1,500", "1500", "1,5"),
        (" 12.000 ", "12000", "12.0"),
        ("-1.234", "-1234", "-1.2340"),
        ("123 ,456", "123456", "123,4560"),
    ],
)
def test_three_digits_behind_the_mark_are_thousands_or_decimals(typed: str, whole: str, decimal: str) -> None:
    assert two_readings(typed) == TwoReadings(typed.strip(), whole, decimal)
    assert two_readings(whole) is two_readings(decimal) is None


@pytest.mark.parametrize(
    "typed", ["1500", "1.5", "1,50", "0.500", "0,125", "1500.000", "1 500.250", "1.5000", ""]
)
def test_other_numbers_are_read_in_one_way(typed: str) -> None:
    assert two_readings(typed) is None


@pytest.mark.parametrize("language", ["es", "en", "it", "pt"])
@pytest.mark.parametrize("value", [1.125, 12.5, 0.125, 1500.0, 1500, 0.00001, -3.25])
def test_what_is_shown_again_can_be_sent_again(language: str, value: float) -> None:
    asked = question("it", K.DECIMAL)
    definition = Definition(
        name="one", languages=("es",), sections=(Section("only", (asked,), label=text("A")),)
    )

    with translation.override(language):
        shown = written(value)

    assert two_readings(shown) is None
    assert clean(definition, asked, {"it": shown}, {}, today=TODAY).answers == {"it": value}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "fields"), [(K.DECIMAL, {}), (K.SCALE, {"start": 0, "end": 5000, "step": 0.5})]
)
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(kind: K, fields: dict[str, Any]) -> None:
    person = with_question(question("it", kind, **fields))
    person.post(1, it="7")

    refused = person.post(1, it="1.500")
    kept = dict(person.response.answers)
    person.post(1, it="1500")

    html = refused.content.decode()
    assert refused.status_code == 200
    assert 'id="q-it-error"' in html
    assert 'value="1.500"' in html
    assert "1500" in html.split('id="q-it-error"')[1].split("</p>")[0]
    assert kept == {"it": 7}
    assert person.response.answers == {"it": 1500}


@pytest.mark.django_db
def test_the_points_of_a_short_scale_are_no_numbers_to_read() -> None:
    person = with_question(question("it", K.SCALE, start=1, end=2, step=0.125))

    assert person.post(1, it="1.125")["Location"] == person.url("review")
    assert person.response.answers == {"it": 1.125}
    assert 'value="1.125" id="q-it-2" checked' in person.look(1)


@pytest.mark.django_db
def test_an_untouched_number_with_three_decimals_is_sent_again_as_it_is() -> None:
    person = with_question(question("it", K.DECIMAL))
    person.post(1, it="1,1250")

    assert 'value="1,1250"' in person.look(1)
    assert "1,1250" in person.review()


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.add_script_tag(type="module", content=f"{SCRIPT.read_text()}\nwindow.NUMBERS = NUMBERS;")
    page.wait_for_function("window.NUMBERS !== undefined")
    yield page
    page.close()


@pytest.mark.browser
@given(st.sampled_from([K.INTEGER, K.DECIMAL]), st.text("0159.,+- \u00a0\u202fx", max_size=9))
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@example(K.DECIMAL, "1.500")
@example(K.DECIMAL, "-12,345")
@example(K.INTEGER, "1.500")
def test_the_browser_reads_the_same_number(page: Page, kind: K, typed: str) -> None:
    asked = question("it", kind)
    definition = Definition(
        name="one", languages=("es",), sections=(Section("only", (asked,), label=text("A")),)
    )
    found = clean(definition, asked, {"it": typed}, {}, today=TODAY)
    is_good = not found.errors and not (kind is K.DECIMAL and two_readings(typed))

    there = page.evaluate("([kind, text]) => NUMBERS[kind](text) ?? null", [kind.value, typed])

    assert there == (found.answers.get("it") if is_good else None)
