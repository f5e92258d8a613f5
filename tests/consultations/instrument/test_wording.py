from __future__ import annotations

import pytest

from consultations.instrument.logic import in_words, parse
from consultations.instrument.phrases import PHRASES
from consultations.instrument.tree import BINDING, FUNCTIONS

from .examples import DEFINITION, changed


@pytest.mark.parametrize(
    ("source", "language", "sentence"),
    [
        ("${country} = 'IT'", "en", "“In which country do you live?” is “Italy”"),
        ("${country} = 'IT'", "es", "«¿En qué país vive?» es «Italia»"),
        ("${country} != ''", "it", "«¿En qué país vive?» ha una risposta"),
        ("${consent} = 'OK'", "pt", "foi aceito “Acepto”"),
        (
            "count-selected(${services}) > 0 and not(selected(${services}, 'none'))",
            "es",
            "se eligió al menos una opción en «¿Qué servicios usó?» "
            "y no se eligió «Ninguno» en «¿Qué servicios usó?»",
        ),
        (
            "${year} > 2000 and (${country} = 'IT' or ${country} = 'AR')",
            "en",
            "“In which year did you arrive?” is more than 2000 and "
            "(“In which country do you live?” is “Italy” or “In which country do you live?” is “Argentina”)",
        ),
        ("${wait} = 'bad'", "en", "“The wait” is “Bad”"),
        ("today() - ${arrival} > 365", "en", "today's date minus “Which day?” is more than 365"),
        ("-${year} * (1 + 2) < 3", "en", "−“In which year did you arrive?” times (1 plus 2) is less than 3"),
        ("country = ${country}", "en", "the option's “country” is “In which country do you live?”"),
        ("min(${score}, 3) = 3", "en", "the smallest of “From 0 to 10”, 3 is 3"),
        ("${gone} = 'x'", "en", "“gone” is “x”"),
        ("${country} = 'IT'", "quy", "«¿En qué país vive?» es «Italia»"),
    ],
)
def test_a_rule_reads_as_a_sentence(source: str, language: str, sentence: str) -> None:
    assert in_words(parse(source), DEFINITION, language) == sentence


def test_a_constraint_names_the_options_of_its_own_question() -> None:
    rule = parse("count-selected(.) <= 3 and not(selected(., 'none'))")

    assert in_words(rule, DEFINITION, "en", about=DEFINITION.question("services")) == (
        "the number of options chosen in the answer is at most 3 and “None” was not chosen in the answer"
    )


def test_long_labels_are_cut_at_a_word() -> None:
    definition = changed("country", label={"en": "word " * 40})

    assert in_words(parse("${country} = ''"), definition, "en") == (
        "“" + "word " * 12 + "word…” has no answer"
    )


def test_labels_with_braces_are_left_alone() -> None:
    definition = changed("country", label={"en": "{0} {x}"})

    assert in_words(parse("${country} = 'IT'"), definition, "en") == "“{0} {x}” is “Italy”"


@pytest.mark.parametrize("language", PHRASES)
def test_every_language_has_words_for_everything(language: str) -> None:
    assert set(PHRASES[language]) == set(PHRASES["es"])
    assert (set(FUNCTIONS) | set(BINDING)) - set(PHRASES[language]) == set()
