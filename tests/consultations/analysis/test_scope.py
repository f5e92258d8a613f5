"""Units see their own, offices their district, analysts everything; nobody learns what lies beyond."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.analysis.released import settled
from consultations.analysis.scope import (
    consultations_visible_to,
    district_of,
    frame_for,
    in_district,
    narrowed,
    scope_of,
    whole_consultations_visible_to,
)
from consultations.instrument.definition import Definition, QuestionKind, Section
from consultations.models import Consultation, OfficeStaff
from consultations.responses.visibility import responses_visible_to
from portal.models import User
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import listed, question
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

from .frames import frame_from

K = QuestionKind
SEES = "view_consultation"

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Consultation:
    return ConsultationFactory(open=True, unit=UnitFactory(code="PIM"))


@pytest.fixture
def foreign() -> Consultation:
    return ConsultationFactory(open=True, unit=UnitFactory(code="SSN"))


@pytest.fixture
def milan() -> User:
    """Somebody at the office in Milan, which serves Italy and answers as ``milan``."""
    office = ConsularOfficeFactory(in_milan=True)
    ConsularDistrictFactory(office=office, whole_country=True)
    user = staff_of(None, SEES)
    OfficeStaff.objects.create(user=user, office=office)
    return user


def test_unit_sees_its_own_and_analysts_see_all(own: Consultation, foreign: Consultation) -> None:
    unit, analyst = staff_of(own.unit, SEES), staff(SEES)

    assert list(consultations_visible_to(unit)) == [own]
    assert set(consultations_visible_to(analyst)) == {own, foreign}
    assert list(consultations_visible_to(staff_of(None, SEES))) == []
    assert list(consultations_visible_to(staff_of(own.unit))) == []


@pytest.mark.parametrize("name", ["responses_overview", "responses_list", "export_create"])
def test_address_of_another_unit_s_consultation_is_unknown(
    name: str, own: Consultation, foreign: Consultation
) -> None:
    user = staff_of(own.unit, SEES, "view_single_responses", "export_responses")
    client = signed_in(user)

    assert client.get(reverse(name, args=[own.pk])).status_code == 200
    assert client.get(reverse(name, args=[foreign.pk])).status_code == 404


def test_single_responses_of_another_unit_are_unknown(own: Consultation, foreign: Consultation) -> None:
    mine, theirs = (
        ResponseFactory(sent=True, consultation=c, version=VersionFactory(questionnaire=c.questionnaire))
        for c in (own, foreign)
    )
    user = staff_of(own.unit, SEES, "view_single_responses")

    assert list(responses_visible_to(user)) == [mine]
    url = reverse("response_detail", args=[foreign.pk, theirs.pk])
    assert signed_in(user).get(url).status_code == 404


def test_office_sees_what_was_open_to_its_people_and_no_single_response(
    own: Consultation, foreign: Consultation, milan: User
) -> None:
    ResponseFactory(sent=True, consultation=own, version=VersionFactory(questionnaire=own.questionnaire))
    draft = ConsultationFactory(unit=own.unit)
    foreign.countries.set(["CL"])

    assert list(consultations_visible_to(milan)) == [own]
    assert draft not in consultations_visible_to(milan)
    assert list(whole_consultations_visible_to(milan)) == []
    assert list(responses_visible_to(milan)) == []


def survey() -> Definition:
    asked = (
        question("where", K.COUNTRY),
        question("office", K.SINGLE_CHOICE, choice_list="office"),
        question("need", K.SHORT_TEXT),
    )
    return Definition(
        "survey", sections=(Section("all", asked),), choice_lists=(listed("office", "milan", "rome"),)
    )


def test_office_sees_rows_that_name_it_or_live_in_its_country(own: Consultation, milan: User) -> None:
    people: list[dict[str, Any]] = [
        {"where": "IT", "office": "milan"},
        {"where": "CH", "office": "milan"},
        {"where": "IT", "office": "rome"},
        {"where": "IT"},
        {"where": "CL"},
        {},
    ]
    frame = frame_from(survey(), people)

    district = district_of(milan)
    assert (sorted(district.offices), sorted(district.countries)) == (["milan"], ["IT", "it"])
    assert in_district(frame, district).to_list() == [True, True, False, True, False, False]
    own.minimum_cell = 3
    assert frame_for(milan, own, frame).table.height == 3
    assert frame_for(staff(SEES), own, frame).table.height == 6


def test_who_sees_the_same_rows_shares_a_scope(own: Consultation, milan: User) -> None:
    colleague = staff_of(None, SEES)
    OfficeStaff.objects.create(user=colleague, office=milan.offices.get().office)

    assert scope_of(milan, own) == scope_of(colleague, own) != ""
    assert scope_of(staff(SEES), own) == scope_of(staff_of(own.unit, SEES), own) == ""


def test_newest_answers_wait_until_there_are_enough(own: Consultation) -> None:
    people = [{"where": "IT"} for _number in range(12)]
    frame = frame_from(survey(), people)
    own.minimum_cell = 13

    assert frame_for(staff(SEES), own, frame).table.height == 0
    assert frame_for(staff(SEES, "view_single_responses"), own, frame).table.height == 12


def test_answers_join_by_whole_days_that_are_over() -> None:
    today = date(2026, 11, 10)
    days = pl.Series("day", [today - timedelta(days=back) for back in (5, 5, 4, 3, 3, 2, 1, 0, 0, 0)])

    assert settled(days, 3, today=today).sum() == 6
    assert settled(days, 3, today=today + timedelta(days=1)).sum() == 10
    assert settled(days, 4, today=today).sum() == 5
    assert settled(days, 20, today=today).sum() == 0
    assert settled(days.clear(), 3).sum() == 0
    assert timezone.localdate() > days.max()


def test_frames_of_the_same_rows_are_shared() -> None:
    frame = frame_from(survey(), [{"where": "IT"}, {"where": "CL"}])
    rows = pl.Series([True, False])

    assert narrowed(frame, rows) is narrowed(frame, pl.Series([True, False]))
    assert narrowed(frame, pl.Series([True, True])) is frame
    assert narrowed(frame, rows).table["where"].to_list() == ["IT"]
