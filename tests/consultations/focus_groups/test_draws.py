"""Draws as staff make them: kept, repeatable, changed with a reason, sent once."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from consultations import tasks
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import draw_documents, draws
from consultations.focus_groups.selection import Infeasible
from consultations.lifecycle import NotAllowed
from consultations.models import Draw, FocusGroup, Quota, Registration
from portal.models import AuditEntry
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> FocusGroup:
    """Six women and six men for four places, two of them for women at the least."""
    made: FocusGroup = FocusGroupFactory(open=True, drawn=True, screened=True)
    Quota.objects.create(group=made, question="gender", options=["f"], minimum=2, maximum=2)
    SessionFactory(group=made, capacity=4)
    for number in range(12):
        RegistrationFactory(group=made, received=True, screening={"gender": "fm"[number % 2]})
    return made


def drawn(draw: Draw) -> list[Registration]:
    (people,) = draws.proposal(draw).values()
    return people


def test_draw_is_kept_with_everything_that_repeats_it(group: FocusGroup) -> None:
    seed = draws.publish_seed(group=group, by=None)

    draw = draws.propose(group=group, by=None)

    draw.refresh_from_db()
    assert draw.seed == f"{seed}:{draw.digest}"
    document = draw_documents.published(draw)
    again = draw_documents.repeat(document)
    assert {str(key): list(names) for key, names in again.chosen.items()} == draw.result
    assert sorted(person.screening["gender"] for person in drawn(draw)) == ["f", "f", "m", "m"]
    assert not {str(item.pk) for item in group.registrations.all()} & set(str(document).split("'"))


def test_changed_entries_are_noticed(group: FocusGroup) -> None:
    document = deepcopy(draw_documents.published(draws.propose(group=group, by=None)))
    document["entries"][0]["profile"]["gender"] = "x"

    with pytest.raises(ValueError, match=r"\S"):
        draw_documents.repeat(document)


def test_nobody_is_told_before_the_offers_are_sent_and_then_once(group: FocusGroup, queued: Any) -> None:
    with queued() as told:
        draw = draws.propose(group=group, by=None)
    assert [args for args in told if len(args) == 3] == []
    assert set(group.registrations.values_list("status", flat=True)) == {S.RECEIVED}

    with queued() as told:
        assert (draws.send(draw=draw, by=None), draws.send(draw=draw, by=None)) == (4, 0)

    assert sorted(kind for _key, kind, _once in told) == ["offered"] * 4 + ["waiting"] * 8
    assert group.registrations.filter(status=S.OFFERED).count() == 4


def test_those_left_wait_in_the_order_of_their_lots(group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)
    others = draw_documents.repeat(draw_documents.published(draw)).others

    draws.send(draw=draw, by=None)

    waiting = [str(item.pk) for item in group.registrations.waiting()]
    assert waiting == [draw.key[name] for name in others]


def test_change_keeps_its_reason_and_the_draw_itself(group: FocusGroup) -> None:
    draw, user = draws.propose(group=group, by=None), UserFactory()
    session = group.sessions.get()
    out = drawn(draw)[0]
    put_in = group.registrations.exclude(pk__in=[person.pk for person in drawn(draw)]).first()
    before = deepcopy(draw.result)

    draws.override(draw=draw, session=session, taken_out=out, put_in=put_in, reason="Conocidos", by=user)

    assert draw.overrides.get().reason == "Conocidos"
    assert out not in drawn(draw)
    assert put_in in drawn(draw)
    draw.refresh_from_db()
    assert draw.result == before
    assert AuditEntry.objects.get(verb="draw.overridden").by == user


@pytest.mark.parametrize("reason", ["", "   "])
def test_change_without_a_reason_is_refused(group: FocusGroup, reason: str) -> None:
    draw = draws.propose(group=group, by=None)

    with pytest.raises(NotAllowed):
        draws.override(
            draw=draw,
            session=group.sessions.get(),
            taken_out=drawn(draw)[0],
            put_in=None,
            reason=reason,
            by=UserFactory(),
        )


def test_impossible_quota_is_named_and_no_draw_is_kept(group: FocusGroup) -> None:
    Quota.objects.create(group=group, question="gender", options=["x"], minimum=3)

    with pytest.raises(Infeasible) as caught:
        draws.propose(group=group, by=None)

    assert [(short.options, short.people) for short in caught.value.shortfalls] == [(frozenset("x"), 3)]
    assert not Draw.objects.exists()


def test_chances_are_found_out_by_the_queue(group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)

    tasks.estimate_chances(draw.pk)

    draw.refresh_from_db()
    chances = {item["profile"]["gender"][0]: item for item in draw.chances}
    assert {name: item["people"] for name, item in chances.items()} == {"f": 6, "m": 6}
    assert sum(item["people"] * item["chance"] for item in draw.chances) == pytest.approx(4)


def test_draw_that_is_gone_is_left_alone() -> None:
    tasks.estimate_chances(10**6)
