"""Each kind of question: shown, read as people write it, and put right in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from consultations.answering.fields import FIELD_TYPES
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    MatrixRow,
    Question,
    QuestionKind,
    Section,
)
from tests.consultations.answering.conftest import Person
from tests.factories.communities import ConsularOfficeFactory
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import K, listed, question, text

pytestmark = pytest.mark.django_db


def with_question(*questions: Question, lists: tuple[ChoiceList, ...] = ()) -> Person:
    """Somebody before a page with these questions."""
    definition = Definition(
        name="kinds",
        title=text("Tipos"),
        languages=("es",),
        sections=(Section("only", questions, label=text("Todo")),),
        choice_lists=(listed("abc", "a", "b", "c"), *lists),
    )
    consultation = ConsultationFactory(open=True)
    VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    person = Person(consultation)
    person.start()
    return person


def test_every_kind_has_its_field_and_its_template() -> None:
    assert set(FIELD_TYPES) == set(QuestionKind)


CASES: list[tuple[QuestionKind, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (K.SINGLE_CHOICE, {"choice_list": "abc"}, {"it": "b"}, {"it": "b"}),
    (
        K.SINGLE_CHOICE,
        {"choice_list": "abc", "or_other": True},
        {"it": "other", "it_other": " Otra cosa "},
        {"it": "other", "it_other": "Otra cosa"},
    ),
    (K.MULTIPLE_CHOICE, {"choice_list": "abc"}, {"it": ["c", "a"]}, {"it": ["a", "c"]}),
    (K.SCALE, {"start": 0, "end": 10, "step": 1}, {"it": "0"}, {"it": 0}),
    (K.SCALE, {"start": 0, "end": 100, "step": 0.5}, {"it": "99,5"}, {"it": 99.5}),
    (K.MATRIX, {"choice_list": "abc", "rows": (MatrixRow("r1"), MatrixRow("r2"))}, {"r2": "c"}, {"r2": "c"}),
    (K.RANKING, {"choice_list": "abc"}, {"it": ["b", "a"]}, {"it": ["b", "a"]}),
    (K.INTEGER, {}, {"it": " 1 999 "}, {"it": 1999}),
    (K.DECIMAL, {}, {"it": "3,25"}, {"it": 3.25}),
    (K.DECIMAL, {}, {"it": "3.25"}, {"it": 3.25}),
    (K.DATE, {}, {"it-day": "1", "it-month": "2", "it-year": "2024"}, {"it": "2024-02-01"}),
    (K.SHORT_TEXT, {}, {"it": "  Lima\n"}, {"it": "Lima"}),
    (K.LONG_TEXT, {}, {"it": "Uno\r\nDos"}, {"it": "Uno\nDos"}),
    (K.COUNTRY, {"choice_list": "abc"}, {"it": "a"}, {"it": "a"}),
    (K.CONSULAR_OFFICE, {"choice_list": "abc"}, {"it": "c"}, {"it": "c"}),
    (K.ACKNOWLEDGE, {}, {"it": "OK"}, {"it": "OK"}),
    (K.NOTE, {}, {"it": "x"}, {}),
]


@pytest.mark.parametrize(("kind", "fields", "sent", "stored"), CASES)
def test_what_people_send_is_stored_and_shown_again(
    kind: QuestionKind, fields: dict[str, Any], sent: dict[str, Any], stored: dict[str, Any]
) -> None:
    person = with_question(question("it", kind, **fields), question("more", K.SHORT_TEXT))

    answer = person.post(1, **sent)
    again = person.post(1)

    assert answer["Location"] == person.url("review")
    assert again.status_code == 302
    person.post(1, page=person.look(1), **sent)
    assert person.response.answers == stored
    assert person.client.get(person.url("review")).status_code == 200


@pytest.mark.parametrize(
    ("kind", "fields", "sent", "anchor"),
    [
        (K.INTEGER, {}, {"it": "doce"}, "q-it-input"),
        (K.DECIMAL, {}, {"it": "3,2,1"}, "q-it-input"),
        (K.DATE, {}, {"it-day": "31", "it-month": "2", "it-year": "2024"}, "q-it-day"),
        (K.DATE, {}, {"it-day": "31"}, "q-it-day"),
        (K.LONG_TEXT, {"max_length": 5}, {"it": "demasiado"}, "q-it-input"),
        (K.MULTIPLE_CHOICE, {"choice_list": "abc", "max_choices": 1}, {"it": ["a", "b"]}, "q-it-1"),
        (K.SINGLE_CHOICE, {"choice_list": "abc", "or_other": True}, {"it": "other"}, "q-it-other"),
        (K.SCALE, {"start": 0, "end": 100, "step": 1}, {"it": "101"}, "q-it-input"),
        (K.ACKNOWLEDGE, {"required": True}, {}, "q-it-input"),
        (K.MATRIX, {"choice_list": "abc", "required": True, "rows": (MatrixRow("r1"),)}, {}, "q-it-1-1"),
        (K.RANKING, {"choice_list": "abc", "required": True}, {}, "q-it"),
    ],
)
def test_what_is_wrong_is_said_beside_the_question_and_on_top(
    kind: QuestionKind, fields: dict[str, Any], sent: dict[str, Any], anchor: str
) -> None:
    person = with_question(question("it", kind, **fields))

    html = person.post(1, **sent).content.decode()

    assert f'href="#{anchor}"' in html
    assert f'id="{anchor}"' in html
    assert 'id="q-it-error"' in html or 'id="q-it-other-error"' in html
    for value in sent.values():
        assert all(
            f'value="{v}"' in html or f">{v}<" in html for v in ([value] if isinstance(value, str) else value)
        )


def test_an_exclusive_option_stands_after_the_others() -> None:
    person = with_question(
        question("it", K.MULTIPLE_CHOICE, choice_list="few"), lists=(listed("few", "a", exclusive="none"),)
    )

    html = person.post(1, it=["a", "none"]).content.decode()

    assert html.index('value="a"') < html.index('class="or"') < html.index('value="none"')
    assert 'href="#q-it-1"' in html


def test_a_long_list_is_a_native_select_in_alphabetical_order_of_the_page() -> None:
    names = [f"país {n:02}" for n in range(20)]
    countries = ChoiceList(
        "countries",
        (
            *(Choice(f"c{n}", {"es": name}) for n, name in enumerate(names)),
            Choice("other", {"es": "Aún otro"}),
        ),
    )
    person = with_question(question("it", K.COUNTRY, choice_list="countries"), lists=(countries,))

    html = person.look(1)

    assert "<select" in html
    assert "data-search" in html
    assert html.index("país 19") < html.index("Aún otro")


def test_an_office_is_proposed_from_the_country_and_can_be_changed() -> None:
    office = ConsularOfficeFactory(country__code="IT")
    offices = ChoiceList("offices", (Choice(office.slug, {"es": "Roma"}), Choice("otra", {"es": "Otra"})))
    countries = ChoiceList("countries", (Choice("IT", {"es": "Italia"}),))
    definition = Definition(
        name="places",
        languages=("es",),
        sections=(
            Section("one", (question("where", K.COUNTRY, choice_list="countries"),), label=text("Uno")),
            Section(
                "two", (question("office", K.CONSULAR_OFFICE, choice_list="offices"),), label=text("Dos")
            ),
        ),
        choice_lists=(offices, countries),
    )
    consultation = ConsultationFactory(open=True)
    VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    person = Person(consultation)
    person.start()
    person.post(1, where="IT")

    proposed = person.look(2)
    person.post(2, office="otra")

    assert f'value="{office.slug}" id="q-office-1" checked' in proposed
    assert person.response.answers == {"where": "IT", "office": "otra"}
    assert 'value="otra" id="q-office-2" checked' in person.look(2)


def test_an_office_on_the_page_of_the_country_is_proposed_before_going_on() -> None:
    office = ConsularOfficeFactory(country__code="IT")
    person = with_question(
        question("where", K.COUNTRY, choice_list="countries"),
        question("office", K.CONSULAR_OFFICE, choice_list="offices"),
        lists=(
            ChoiceList("countries", (Choice("IT", {"es": "Italia"}),)),
            ChoiceList("offices", (Choice(office.slug, {"es": "Roma"}), Choice("otra", {"es": "Otra"}))),
        ),
    )

    proposed = person.post(1, where="IT").content.decode()
    left_blank = person.post(1, where="IT")

    assert f'value="{office.slug}" id="q-office-1" checked' in proposed
    assert "data-focus" in proposed
    assert left_blank["Location"] == person.url("review")
    assert person.response.answers == {"where": "IT"}


def test_a_ranking_of_what_was_picked_on_the_same_page() -> None:
    person = with_question(
        question("picked", K.MULTIPLE_CHOICE, choice_list="abc"),
        question(
            "order",
            K.RANKING,
            choice_list="abc",
            relevant="count-selected(${picked}) > 1",
            choice_filter="selected(${picked}, name)",
        ),
    )

    page = person.post(1, picked=["a", "c"]).content.decode()
    person.post(1, page=page, picked=["a", "c"], order=["c", "a"])
    both = dict(person.response.answers)
    person.post(1, picked=["a", "b"], order=["c", "a"])

    assert both == {"picked": ["a", "c"], "order": ["c", "a"]}
    assert person.response.answers == {"picked": ["a", "b"], "order": ["a"]}


def filtered(**fields: Any) -> Person:
    places = ChoiceList(
        "places",
        tuple(
            Choice(n, text(n.upper()), attributes={"of": of})
            for n, of in (("x", "a"), ("y", "a"), ("z", "b"))
        ),
    )
    return with_question(
        question("group", K.SINGLE_CHOICE, choice_list="abc"),
        question("place", K.SINGLE_CHOICE, choice_list="places", choice_filter="of = ${group}", **fields),
        lists=(places,),
    )


def test_a_list_that_another_answer_fills_is_shown_once_it_has_options() -> None:
    person = filtered()
    first = person.look(1)

    again = person.post(1, page=first, group="b")
    html = again.content.decode()
    gone_on = person.post(1, page=html, group="b", place="z")

    assert 'id="q-place" data-question="place" data-kind="single_choice" hidden' in first
    assert again.status_code == 200
    assert 'data-question="place" data-kind="single_choice">' in html
    assert gone_on["Location"] == person.url("review")
    assert person.response.answers == {"group": "b", "place": "z"}


@pytest.mark.parametrize("required", [True, False])
def test_a_list_without_options_is_neither_asked_nor_checked(required: bool) -> None:
    person = filtered(required=required)

    answer = person.post(1, group="c")

    assert answer["Location"] == person.url("review")
    assert "¿place?" not in person.review()
    assert person.send()["Location"] == person.url("receipt")


@pytest.mark.parametrize(("required", "optional"), [(True, 0), (False, 2)])
def test_only_an_order_that_is_not_required_can_be_left_as_it_is(required: bool, optional: int) -> None:
    person = with_question(question("order", K.RANKING, choice_list="abc", required=required))

    with translation.override("es"):
        assert person.look(1).count(gettext("You can also leave it as it is.")) == optional
