"""The browser computes what the server computes: proven on generated cases in a real Chromium."""

from __future__ import annotations

import gzip
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from consultations.instrument.answers import options, prune, visible
from consultations.instrument.browser import rules_for_page
from consultations.instrument.definition import Choice, Definition
from consultations.instrument.evaluation import RULES
from consultations.instrument.logic import Expression, evaluate, parse, to_json, truth

from .conftest import SCRIPT
from .generated import answer_documents, answer_values, answered, expressions

pytestmark = pytest.mark.browser

TODAY = date(2026, 3, 31)
many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
CHOICES = (Choice("red", attributes={"country": "any"}), Choice("1"), None)


def _comparable(value: Any) -> tuple[str, Any]:
    """Told apart by type, since ``True == 1`` here; not-a-number is itself."""
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, int | float):
        return "number", "NaN" if math.isnan(value) else float(value)
    return ("list", list(value)) if isinstance(value, list | tuple) else ("text", value)


def _in_browser(
    page: Page, expression: Expression, answers: Any, this: Any, choice: Choice | None
) -> tuple[Any, bool]:
    given_choice = {**choice.attributes, "name": choice.name} if choice else None
    value, is_true = page.evaluate(
        """([rule, answers, scope]) => {
            const value = logic.evaluate(rule, answers, scope);
            return [value, logic.truth(value)];
        }""",
        [to_json(expression), answers, {"today": TODAY.isoformat(), "this": this, "choice": given_choice}],
    )
    return value, is_true


@given(expressions, answer_documents, answer_values, st.sampled_from(CHOICES))
@settings(many, max_examples=15000)
@example(parse("string(0.1 + 0.2) = '0.30000000000000004'"), {}, "", None)
@example(parse("string(10000000000 * 1000000000000)"), {}, "", None)
@example(parse("string(0.0000000123)"), {}, "", None)
@example(parse("round(0.49999999999999994)"), {}, "", None)
@example(parse("1 div -0"), {}, "", None)
@example(parse("1 div int(-0.5)"), {}, "", None)
@example(parse("1 div min(0, -0)"), {}, "", None)
@example(parse("-7 mod 3"), {}, "", None)
@example(parse("today() - ${born}"), {"born": "2024-02-29"}, "", None)
def test_every_expression_has_the_same_value(
    page: Page, expression: Expression, answers: dict[str, Any], this: Any, choice: Choice | None
) -> None:
    here = evaluate(expression, answers, this=this, choice=choice, today=TODAY)

    there, is_true = _in_browser(page, expression, answers, this, choice)

    assert _comparable(there) == _comparable(here)
    assert is_true == truth(here)


@given(answered())
@settings(many, max_examples=4000)
def test_every_questionnaire_shows_and_keeps_the_same(
    page: Page, case: tuple[Definition, dict[str, Any]]
) -> None:
    definition, answers = case
    here = visible(definition, answers, today=TODAY)

    there = page.evaluate(
        """([form, answers, today]) => {
            const { sections, questions, answers: kept } = logic.visible(form, answers, today);
            const offers = form.sections.flatMap((section) => section.questions)
                .filter((question) => question.filter !== undefined)
                .map((question) => [question.name, logic.offered(question, kept, today)]);
            return { sections: [...sections], questions: [...questions], kept, offers };
        }""",
        [rules_for_page(definition), answers, TODAY.isoformat()],
    )

    assert (set(there["sections"]), set(there["questions"])) == (here.sections, here.questions)
    assert there["kept"] == prune(definition, answers, today=TODAY)
    for name, offered in there["offers"]:
        expected = options(definition, definition.question(name), answers, today=TODAY)
        assert offered == [choice.name for choice in expected]


def test_the_browser_knows_the_same_functions(page: Page) -> None:
    assert set(page.evaluate("Object.keys(logic.RULES)")) == set(RULES)


def test_the_script_is_light_on_the_wire() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes())) < 3_000
