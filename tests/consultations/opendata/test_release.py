"""What is in a data set for everyone, and what never is."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.analysis import frame as frames
from consultations.analysis.building import frame_of
from consultations.analysis.frame import Frame
from consultations.opendata.anonymity import GROUPED, SUPPRESSED
from consultations.opendata.cells import Reason, can_tell_apart, usually_tell_apart
from consultations.opendata.dictionary import dictionary
from consultations.opendata.release import release
from tests.consultations.analysis.frames import frame_from, version_of
from tests.consultations.exports.examples import ANSWERS, DEFINITION

K = 5
SECRET = "Vivo en la calle Los Álamos 123"


def answers(**changes: Any) -> dict[str, Any]:
    return {**ANSWERS, **changes}


@pytest.fixture
def frame() -> Frame:
    many = [answers(year=1990 + place % 10, health=SECRET, city=SECRET) for place in range(40)]
    alone = [answers(country="JP", year=1948, born="1930-01-01", nps=0, best="pass")]
    return frame_from(DEFINITION, [*many, *alone])


def test_words_and_sensitive_answers_stay_at_home(frame: Frame) -> None:
    made = release(frame, quasi=["country"], k=K)

    assert SECRET in str(frame.table.to_dicts())
    assert SECRET not in str(made.table.to_dicts())
    left_out = made.report["left_out"]
    assert {left_out[name] for name in ("city", "used_other")} == {Reason.WORDS}
    assert left_out["health"] == Reason.SENSITIVE
    assert left_out[frames.ID] == left_out[frames.QUOTABLE] == Reason.TELLING


def test_who_stands_alone_is_not_found(frame: Frame) -> None:
    made = release(frame, quasi=["country", "year"], k=K)

    cells = {str(cell) for row in made.table.iter_rows() for cell in row}
    assert not cells & {"JP", "1948", "1930"}
    assert made.report["smallest_set"] >= K


def test_days_become_months_and_numbers_bands(frame: Frame) -> None:
    table = release(frame, quasi=["country"], k=K).table

    assert set(table[frames.DAY]) == {"2026-11"}
    assert set(table["year"]) <= {f"{start}-{start + 1}" for start in range(1990, 2000, 2)} | {
        "<1992",
        GROUPED,
    }


def test_rows_are_shuffled() -> None:
    frame = frame_from(DEFINITION, [answers(nps=place // 30) for place in range(300)])

    shown = release(frame, quasi=["country"], k=K).table["nps"].to_list()

    assert shown != sorted(shown)
    assert sorted(shown, key=int) == [str(place // 30) for place in range(300)]


def test_quasi_identifiers_are_single_answers_from_a_list(frame: Frame) -> None:
    assert can_tell_apart(frame) == [
        frames.LANGUAGE,
        *("country", "best", "wait", "cost", "nps", "year", "rate", "born"),
    ]
    assert usually_tell_apart(frame) == [frames.LANGUAGE, "country"]
    with pytest.raises(ValueError, match="not a quasi-identifier"):
        release(frame, quasi=["city"], k=K)


def test_the_dictionary_explains_every_column(frame: Frame) -> None:
    made = release(frame, quasi=["country"], k=K)

    lines = dictionary(frame, made)

    assert lines["column"].to_list() == made.table.columns
    best = lines.filter(column="best").to_dicts()[0]
    assert best["text_es"] == "¿Cuál?"
    assert best["text_en"] == "Which?"
    # The one who answered otherwise was put together with the others.
    assert best["codes_en"] == f"{GROUPED} = an answer that few people gave"
    country = lines.filter(column="country").to_dicts()[0]
    assert country["quasi_identifier"] == "1"
    assert SUPPRESSED not in country["codes_en"] or SUPPRESSED in set(made.table["country"])


def test_a_consultation_without_answers_makes_an_empty_file() -> None:
    made = release(frame_of([version_of(DEFINITION)], []), quasi=["country"], k=K)

    assert made.table.height == 0
    assert made.report["smallest_set"] == 0
