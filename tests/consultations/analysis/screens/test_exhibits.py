"""What screens and files show of a question, kind by kind, from answers that can be counted by hand."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from django.utils.translation import override

from consultations.analysis.charts import drawing
from consultations.analysis.charts.shapes import Part
from consultations.analysis.disclosure import protected_tally
from consultations.analysis.protection import Protection
from consultations.analysis.screens.answers import exhibits_of
from consultations.analysis.screens.choices import Base
from consultations.analysis.screens.exhibits import Exhibit, Heading, Row, Shape, Stack, Unit
from consultations.analysis.screens.labels import Labels
from consultations.analysis.screens.saying import Saying
from consultations.analysis.screens.writing import measure
from consultations.analysis.tallies import tally
from consultations.instrument.definition import Choice, ChoiceList, Definition, QuestionKind, Section
from consultations.templatetags.analysis import cells as cells_tag
from consultations.templatetags.analysis import first_parts
from tests.factories.definitions import journey_definition, question, text

from ..frames import frame_from
from ..people import frame_of_crowd

PEOPLE: list[dict[str, Any]] = [
    {"connection": "born", "year": 1980, "languages": ["spanish", "quechua"], "channels": ["web", "desk"]},
    {
        "connection": "born",
        "year": 1990,
        "languages": ["spanish"],
        "rating_wait": "bad",
        "comment": "buen trato",
    },
    {
        "connection": "family",
        "languages": ["spanish"],
        "channels": ["desk"],
        "rating_wait": "good",
        "score": 7,
    },
    {"connection": "returned", "score": 7},
]


def shown(name: str, people: list[dict[str, Any]] = PEOPLE, **saying: Any) -> Exhibit:
    frame = frame_from(journey_definition(), people)
    with override("en"):
        return exhibits_of(tally(frame, name), Saying(Labels(frame, "en"), **saying))[0]


def cells(exhibit: Exhibit) -> list[tuple[Any, ...]]:
    return [(row.label, *row.values) for row in exhibit.rows]


def test_options_are_counted_one_by_one_on_a_stated_base() -> None:
    exhibit = shown("languages")

    assert exhibit.shape is Shape.BARS
    assert cells(exhibit) == [
        ("Spanish (en)", 3, 100.0),
        ("Quechua (en)", 1, pytest.approx(100 / 3)),
        ("None (en)", 0, 0.0),
    ]
    assert exhibit.base == "3 answered of 4 who were asked."
    assert cells(shown("languages", base=Base.ASKED))[0] == ("Spanish (en)", 3, 75.0)


def test_matrix_lies_around_its_middle() -> None:
    exhibit = shown("rating")

    assert exhibit.shape is Shape.SCALE
    assert cells(exhibit)[0] == ("Espera (en)", 2, 50.0, 50.0, 1.5)
    assert [part.share for part in exhibit.stacks[0].parts] == [0.5, 0.5]
    assert exhibit.stacks[1].parts == ()


def test_ranking_has_points_first_places_and_mean_rank() -> None:
    assert cells(shown("channels")) == [
        ("Desk (en)", 1.5, 1, 2, 1.5, 3),
        ("Web (en)", 1.0, 1, 1, 1.0, 2),
        ("Phone (en)", 0.0, 0, 0, pytest.approx(float("nan"), nan_ok=True), 0),
    ]


def test_numbers_have_quartiles_beside_their_bars() -> None:
    exhibit = shown("year")

    facts = {label: value for label, value, _unit in exhibit.facts}
    assert exhibit.shape is Shape.PICTURE
    assert facts["Median"] == 1985.0
    assert sum(row.values[0] for row in exhibit.rows) == 2  # type: ignore[misc]


def test_scale_shows_every_step() -> None:
    exhibit = shown("score")

    assert [row.label for row in exhibit.rows] == [str(step) for step in range(11)]
    assert cells(exhibit)[7] == ("7", 2, 100.0)


def test_texts_are_shown_by_words_alone() -> None:
    exhibit = shown("comment")

    assert [row.label for row in exhibit.rows] == ["buen", "trato"]
    assert {label: value for label, value, _unit in exhibit.facts}["Texts"] == 1


def test_nobody_answered_is_said_without_a_table() -> None:
    exhibit = shown("comment", [{"connection": "born"}])

    assert exhibit.rows == ()
    assert exhibit.base == "0 answered of 1 who were asked."


def test_step_that_is_none_stays_out_of_bars_and_means() -> None:
    """A scale of one to five with "does not apply" as its last option."""
    steps = ChoiceList("steps", tuple(Choice(name, text(name)) for name in ("1", "2", "3", "na")))
    asked = question("care", QuestionKind.SINGLE_CHOICE, choice_list="steps", appearance="likert")
    frame = frame_from(
        Definition(name="q", sections=(Section("s", (asked,)),), choice_lists=(steps,)),
        [{"care": "1"}, {"care": "3"}, {"care": "na"}, {"care": "na"}],
    )

    with override("en"):
        exhibit = exhibits_of(tally(frame, "care"), Saying(Labels(frame, "en")))[0]

    assert [(part.label, part.share) for part in exhibit.stacks[0].parts] == [
        ("1 (en)", 0.25),
        ("2 (en)", 0.0),
        ("3 (en)", 0.25),
    ]
    assert exhibit.rows[0].values == (4, 25.0, 0.0, 25.0, 50.0, 2.0)


def test_share_of_nobody_is_no_share() -> None:
    """A filter that lets nobody through leaves no percentages, and nothing that looks hidden."""
    options, matrix = shown("languages", []), shown("rating", [])

    assert cells(options)[0] == ("Spanish (en)", 0, pytest.approx(float("nan"), nan_ok=True))
    assert options.base == "Nobody was asked."
    assert not matrix.stacks[0].is_hidden
    assert all(value == 0 or value != value for row in matrix.rows for value in row.values)
    assert options.draw is not None
    assert "<svg" in drawing.svg_file(options.draw())


@pytest.mark.parametrize("people", [[], [{"connection": "born", "rating_wait": "good"}] * 3])
def test_agreement_of_nobody_and_hidden_agreement_have_no_picture(people: list[dict[str, Any]]) -> None:
    """Without a bar it would have no size, and a file of it could not be drawn."""
    assert protected("rating", people).draw is None


def test_points_of_nobody_are_not_drawn_as_hidden() -> None:
    exhibit = shown("channels", [{"connection": "born"}])

    assert exhibit.draw is not None
    assert {bar["text"] for bar in exhibit.draw()["data"]["values"]} == {"–"}


@pytest.mark.parametrize("count", range(2, 12))
def test_no_two_levels_have_the_same_shade_on_a_page(count: int) -> None:
    parts = tuple(Part(str(level), 1 / count) for level in range(count))

    shades = [level["shade"] for level in first_parts((Stack("a", parts),))]

    assert len({(shade.step, shade.over) for shade in shades}) == count
    # In grey, both ends are as dark: one side is hatched.
    assert [shade.against for shade in shades] == [place < count // 2 for place in range(count)]


def test_box_is_told_of_those_who_were_asked() -> None:
    """All who answer a box have ticked it: 100 % would say nothing."""
    exhibit = shown("agrees", [{"agrees": "OK"}, {}, {}, {}])

    assert cells(exhibit) == [("I agree", 1, 25.0)]
    assert exhibit.says == ""


def test_weighted_share_has_the_base_of_the_one_beside_it() -> None:
    """Who answered weighs 3 and 1, who was only asked weighs 4."""
    people = [{"languages": ["spanish"]}, {"languages": ["quechua"]}, {}]
    frame = frame_from(journey_definition(), people)
    figures = tally(frame, "languages", weights=pl.Series([3.0, 1.0, 4.0]))

    def weighted(base: Base) -> Any:
        saying = Saying(Labels(frame, "en"), base=base, weighted=True)
        return exhibits_of(figures, saying)[0].rows[0].values[2]

    assert weighted(Base.ANSWERED) == 75.0
    assert weighted(Base.ASKED) == 37.5


def test_options_that_were_chosen_alike_are_both_named() -> None:
    exhibit = shown("languages", [{"languages": ["spanish"]}, {"languages": ["quechua"]}])

    assert exhibit.says == "Chosen most: Spanish (en) and Quechua (en) (50.0\u00a0%)."


def test_marks_of_pairs_keep_off_the_ends() -> None:
    """At nothing and at the largest share half a mark would be cut off."""
    headings = tuple(Heading(name, Unit.PERCENT) for name in ("Option", "Then", "Now"))
    row = Row("a", (0.0, 40.0))
    pair = Exhibit("k", "Title", headings, (row,), shape=Shape.PAIRS, second=1)

    first = cells_tag(pair, row)[0]

    assert (first.length, first.second) == ("6.00", "94.00")


RANKED = [{"channels": ["desk", "web"]}] * 18 + [{"channels": ["web", "desk"]}] * 11


def protected(name: str, people: list[dict[str, Any]], *, coarse: bool = False) -> Exhibit:
    frame = frame_from(journey_definition(), people)
    with override("en"):
        figures = protected_tally(tally(frame, name), Protection(10, coarse=coarse))
        return exhibits_of(figures, Saying(Labels(frame, "en")))[0]


def test_ranking_keeps_its_order_where_points_in_all_are_hidden() -> None:
    """Under a filter; in the questionnaire the web comes before the desk."""
    exhibit = protected("channels", RANKED, coarse=True)

    assert [row.label for row in exhibit.rows] == ["Desk (en)", "Web (en)", "Phone (en)"]
    assert exhibit.says == "First in points: Desk (en)."


def test_nothing_is_called_first_where_something_is_hidden() -> None:
    exhibit = protected("channels", RANKED[:3])

    assert all(row.values[0] is None for row in exhibit.rows)
    assert exhibit.says == ""


def test_numbers_of_few_people_make_no_empty_picture() -> None:
    exhibit = protected("year", [{"connection": "born", "year": 1980}] * 3)

    assert (exhibit.rows, exhibit.draw) == ((), None)
    assert exhibit.base == "How many answered is hidden to protect people."


def test_no_statement_is_called_the_strongest_beside_a_hidden_one() -> None:
    people = [{"connection": "born", "rating_wait": "good", "rating_care": "good"}] * 20
    people += [{"connection": "born", "rating_wait": "good", "rating_care": "bad"}] * 3

    exhibit = protected("rating", people)

    assert [stack.is_hidden for stack in exhibit.stacks] == [False, True]
    assert exhibit.says == ""


def test_options_that_few_chose_are_one_line_and_named_below() -> None:
    people = 60 * [{"a": "s"}] + 4 * [{"a": "p"}] + 7 * [{"a": "q"}]
    frame = frame_of_crowd(people)

    with override("en"):
        figures = protected_tally(tally(frame, "a"), Protection(10))
        exhibit = exhibits_of(figures, Saying(Labels(frame, "en")))[0]

    assert cells(exhibit) == [
        ("R (en)", 0, 0.0),
        ("S (en)", 60, pytest.approx(6000 / 71)),
        ("Other options (2 of them)", 11, pytest.approx(1100 / 71)),
    ]
    assert exhibit.notes[0].endswith("with as many others as that takes: P (en), Q (en).")
    assert exhibit.says == "Largest figure shown: S (en) (84.5 %)."
    assert not exhibit.keeps_back


DATED = Definition(name="dates", sections=(Section("all", (question("came", QuestionKind.DATE),)),))


def dated(days: list[str], *, minimum: int = 0) -> Exhibit:
    frame = frame_from(DATED, [{"came": day} for day in days])
    figures = tally(frame, "came")
    if minimum:
        figures = protected_tally(figures, Protection(minimum))
    with override("en"):
        return exhibits_of(figures, Saying(Labels(frame, "en")))[0]


def test_dates_of_many_years_are_shown_by_year() -> None:
    """A bar a day would be a hair."""
    exhibit = dated(["1990-05-01", "1990-06-01", "2015-01-01"])

    assert [heading.text for heading in exhibit.headings] == ["Year", "People"]
    assert cells(exhibit) == [("1990", 2), ("2015", 1)]


def test_dates_of_a_year_are_shown_by_month() -> None:
    assert cells(dated(["2015-01-01", "2015-12-24"])) == [("January 2015", 1), ("December 2015", 1)]


def test_dates_that_are_all_hidden_have_no_picture() -> None:
    exhibit = dated(["2015-01-01"] * 4 + ["2015-12-24"] * 7, minimum=10)

    assert (exhibit.shape, exhibit.draw) == (Shape.TABLE, None)
    assert [row.values for row in exhibit.rows] == [(None,), (None,)]


def test_hidden_month_has_a_sign_in_the_picture() -> None:
    exhibit = dated(["2015-01-01"] * 4 + ["2015-08-24"] * 12 + ["2015-12-24"] * 70, minimum=10)

    assert exhibit.draw is not None
    assert drawing.svg_file(exhibit.draw()).count(">*</text>") == 2


def test_numbers_far_out_are_told_of() -> None:
    sums = Definition(name="sums", sections=(Section("all", (question("sum", QuestionKind.INTEGER),)),))
    frame = frame_from(sums, [{"sum": 100 + 7 * number} for number in range(60)] + [{"sum": 10**9}])

    with override("en"):
        exhibit = exhibits_of(tally(frame, "sum"), Saying(Labels(frame, "en")))[0]

    assert exhibit.rows[-1].label.endswith(" or more")
    assert exhibit.notes == (
        "Some numbers lie far from most: the bar at the end holds them, however far out they are.",
    )


def test_large_numbers_are_written_in_full() -> None:
    with override("es"):
        written = [measure(value) for value in (1980.0, 2_500_000.0, 0.5, 1e12)]

    assert written == ["1980", "2500000", "0,5", "1000000000000"]


@pytest.mark.parametrize(
    "name", ["connection", "languages", "rating", "channels", "score", "year", "comment"]
)
def test_every_picture_can_be_drawn_also_with_what_is_hidden(name: str) -> None:
    frame = frame_from(journey_definition(), [*PEOPLE * 4, {"connection": "family", "score": 1}])
    hidden = protected_tally(tally(frame, name), Protection(10))

    with override("en"):
        for figures in (tally(frame, name), hidden):
            for exhibit in exhibits_of(figures, Saying(Labels(frame, "en"))):
                assert exhibit.draw is None or "<svg" in drawing.svg_file(exhibit.draw())
