"""A response in words: each kind of answer reads as its author wrote it, in the reader's language."""

from typing import Any

import pytest

from consultations.instrument.definition import QuestionKind
from consultations.models import Response
from consultations.responses.reading import WORDS, Reader, Reading
from tests.factories.definitions import journey_definition

ANSWERS: dict[str, Any] = {
    "connection": "born",
    "year": 1999,
    "languages": ["spanish", "quechua"],
    "rating_wait": "bad",
    "channels": ["phone", "web"],
    "comment": "Todo bien",
    "agrees": "OK",
    "people": "quechua",
    "score": 7,
}


def readings(language: str = "es", *, sensitive: bool = False, **answers: Any) -> dict[str, Reading]:
    response = Response(answers=answers or ANSWERS)
    sections = Reader(journey_definition(), language, sensitive=sensitive).read(response)
    return {reading.label: reading for section in sections for reading in section.readings}


def test_every_kind_of_question_can_be_read() -> None:
    assert set(WORDS) == set(QuestionKind)


def test_answers_are_read_with_their_labels() -> None:
    read = readings()

    assert read["¿connection?"].answers == ["Born"]
    assert read["¿languages?"].answers == ["Spanish", "Quechua"]
    assert read["¿channels?"].answers == ["Phone", "Web"]
    assert read["¿channels?"].is_ranked
    assert read["¿rating?"].rows == [("Espera", "Bad")]
    assert read["¿comment?"].answers == ["Todo bien"]
    assert read["¿comment?"].is_free_text
    assert read["¿year?"].answers == ["1999"]


def test_labels_follow_the_reader_and_fall_back_to_the_source_language() -> None:
    assert readings("en")["¿connection? (en)"].answers == ["Born (en)"]
    assert readings("it")["¿connection?"].answers == ["Born"]


def test_sensitive_answers_are_hidden_unless_permitted() -> None:
    hidden, shown = readings(), readings(sensitive=True)

    assert hidden["¿people?"].hidden
    assert hidden["¿people?"].answers == []
    assert shown["¿people?"].answers == ["Quechua"]


def test_option_that_no_longer_exists_is_read_by_its_code() -> None:
    assert readings(connection="gone")["¿connection?"].answers == ["gone"]


def test_questions_without_an_answer_are_left_out() -> None:
    assert list(readings(score=0)) == ["¿score?"]


@pytest.mark.parametrize("text", ["<script>", "a\nb"])
def test_free_text_is_kept_as_it_was_written(text: str) -> None:
    assert readings(comment=text)["¿comment?"].answers == [text]
