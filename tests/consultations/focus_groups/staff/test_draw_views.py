"""Draws on the screen: proposed, compared with the target, changed with a reason, verified, sent once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations import tasks
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import draw_documents, draws
from consultations.models import Draw, FocusGroup, Quota
from portal.models import AuditEntry, User
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> FocusGroup:
    made: FocusGroup = FocusGroupFactory(open=True, drawn=True, screened=True)
    Quota.objects.create(group=made, question="gender", options=["f"], minimum=2, maximum=2)
    SessionFactory(group=made, capacity=3)
    for number in range(8):
        RegistrationFactory(group=made, received=True, screening={"gender": "fm"[number % 2]})
    return made


def list_url(group: FocusGroup) -> str:
    return reverse("focus_group_draws", args=[group.pk])


def draw_url(draw: Draw) -> str:
    return reverse("draw_detail", args=[draw.group_id, draw.pk])


def test_seed_is_said_once(client: Client, group: FocusGroup) -> None:
    client.post(list_url(group), {"do": "seed"})
    group.refresh_from_db()
    seed = group.seed
    client.post(list_url(group), {"do": "seed"})

    group.refresh_from_db()
    assert len(seed) == 32
    assert group.seed == seed
    assert seed in client.get(list_url(group)).content.decode()


def test_proposal_stands_beside_the_target(client: Client, group: FocusGroup) -> None:
    response = client.post(list_url(group), {"do": "draw"})

    draw = Draw.objects.get()
    assert response["Location"] == draw_url(draw)
    (session,) = client.get(draw_url(draw)).context["sessions"]
    assert [(line.people, line.missing, line.surplus) for line in session["lines"]] == [(2, 0, 0)]
    assert len(session["people"]) == 3
    lots = [person["lot"] for person in session["people"]]
    assert lots == sorted(lots, reverse=True)


def test_looking_at_the_page_draws_nothing(client: Client, group: FocusGroup) -> None:
    client.get(list_url(group), {"do": "draw"})

    assert not Draw.objects.exists()


def test_impossible_quota_is_named_with_how_many_are_missing(client: Client, group: FocusGroup) -> None:
    Quota.objects.filter(group=group).update(minimum=6, maximum=None)

    page = client.post(list_url(group), {"do": "draw"})

    (short,) = page.context["shortfalls"]
    # Three places, and six wanted.
    assert (short["people"], short["answers"]) == (3, "Mujer")
    assert not Draw.objects.exists()


def test_group_without_people_says_what_a_draw_needs(client: Client) -> None:
    page = client.post(list_url(FocusGroupFactory(open=True, drawn=True)), {"do": "draw"}, follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def override(draw: Draw, **changes: Any) -> dict[str, Any]:
    (people,) = draws.proposal(draw).values()
    outside = draw.group.registrations.exclude(pk__in=[person.pk for person in people]).first()
    assert outside
    return {
        "do": "override",
        "session": draw.group.sessions.get().pk,
        "taken_out": str(people[0].pk),
        "put_in": str(outside.pk),
        "reason": "Se conocen",
    } | changes


def test_change_is_kept_with_its_reason(client: Client, manager: User, group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)

    client.post(draw_url(draw), override(draw))

    change = draw.overrides.get()
    assert (change.reason, change.made_by) == ("Se conocen", manager)
    assert "Se conocen" in client.get(draw_url(draw)).content.decode()


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"taken_out": "", "put_in": ""}, {"taken_out": ""}, {"put_in": "x"}]
)
def test_change_that_makes_no_sense_is_refused_and_nothing_lost(
    client: Client, group: FocusGroup, changes: dict[str, str]
) -> None:
    draw = draws.propose(group=group, by=None)

    page = client.post(draw_url(draw), override(draw, **changes))

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not draw.overrides.exists()
    assert changes.get("reason") == "" or "Se conocen" in page.content.decode()


def test_offers_are_sent_once(client: Client, group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)
    assert client.get(draw_url(draw)).context["offers"] == 3

    client.post(draw_url(draw), {"do": "send"})
    client.post(draw_url(draw), {"do": "send"})

    assert group.registrations.filter(status=S.OFFERED).count() == 3
    assert group.registrations.filter(status=S.WAITING).count() == 5
    page = client.get(draw_url(draw))
    assert not page.context["may_change"]


def test_draw_is_repeated_at_the_press_of_a_button(client: Client, manager: User, group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)

    good = client.post(draw_url(draw), {"do": "verify"}, follow=True)
    first = next(iter(draw.result))
    draw.result[first] = draw.result[first][::-1]
    draw.save()
    bad = client.post(draw_url(draw), {"do": "verify"}, follow=True)

    assert [m.level_tag for m in good.context["messages"]] == ["success"]
    assert [m.level_tag for m in bad.context["messages"]] == ["error"]
    entries = AuditEntry.objects.filter(verb="draw.verified").order_by("pk")
    assert [(entry.by, entry.details["same"]) for entry in entries] == [(manager, True), (manager, False)]


def test_document_repeats_the_draw_and_tells_nobody(client: Client, group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)

    response = client.get(reverse("draw_document", args=[group.pk, draw.pk]))

    again = draw_documents.repeat(response.json())
    assert {str(key): list(names) for key, names in again.chosen.items()} == draw.result
    text = response.content.decode()
    assert not [item.pk for item in group.registrations.all() if str(item.pk) in text]


def test_chances_are_shown_when_they_are_known(client: Client, group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)
    assert client.get(draw_url(draw)).context["chances"] == []

    tasks.estimate_chances(draw.pk)

    shown = client.get(draw_url(draw)).context["chances"]
    assert [(item["profile"], item["people"]) for item in shown] == [("Mujer", 4), ("Hombre", 4)]
    assert [round(item["percent"]) for item in shown] == [50, 25]


def test_the_draw_is_named_by_the_hour_on_the_readers_clock(client: Client, group: FocusGroup) -> None:
    draw = draws.propose(group=group, by=None)
    # Half past three in Greenwich is half past ten of the evening before in Lima.
    Draw.objects.filter(pk=draw.pk).update(drawn_at=datetime(2026, 12, 1, 3, 30, tzinfo=UTC))

    page = client.get(draw_url(draw)).content.decode()

    assert "30 de noviembre de 2026 a las 22:30" in page
    assert "03:30" not in page
