from __future__ import annotations

import json

import pytest

from consultations.instrument.browser import rules_for_page
from consultations.instrument.logic import parse, to_source

from .examples import DEFINITION, RULES_IN_USE


def test_a_page_gets_the_rules_of_its_sections_and_what_they_read() -> None:
    assert rules_for_page(DEFINITION, ["end"]) == {
        "sections": [
            {
                "name": "end",
                "questions": [
                    {"name": "consent", "answers": ["consent"]},
                    {
                        "name": "illness",
                        "answers": ["illness"],
                        "relevant": ["=", ["$", "consent"], "OK"],
                    },
                    {"name": "comment", "answers": ["comment"]},
                ],
            }
        ],
        "reads": [],
    }
    assert rules_for_page(DEFINITION, ["service"])["reads"] == ["country"]


def test_filters_come_with_the_columns_of_their_choices() -> None:
    (section,) = rules_for_page(DEFINITION, ["profile"])["sections"]
    consulate = next(question for question in section["questions"] if question["name"] == "consulate")

    assert consulate["choices"] == [
        {"country": "AR", "name": "la_plata"},
        {"country": "IT", "name": "roma"},
        {"country": "any", "name": "unsure"},
    ]


def test_no_text_travels_with_the_rules() -> None:
    assert "vive" not in json.dumps(rules_for_page(DEFINITION), ensure_ascii=False)


@pytest.mark.parametrize(("field", "source"), RULES_IN_USE)
def test_rules_of_our_questionnaires_are_read_and_written_back(field: str, source: str) -> None:
    assert to_source(parse(source)) == source
