"""A focus group as a record: rows that say something, promises that are kept, nothing lost on an error."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.enums import GroupStatus
from consultations.models import FocusGroup, GuideTopic, Quota, TopicNote
from portal.models import AuditEntry, User
from tests.consultations.staff import PageForm, signed_in, staff
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db

VIEWS = "wagtailsnippets_consultations_focusgroup"


def edit_url(group: FocusGroup) -> str:
    return reverse(f"{VIEWS}:edit", args=[group.pk])


def form_of(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    return PageForm(client.get(url).content.decode()).data | changes


def row(relation: str, number: int = 0, **values: str) -> dict[str, str]:
    """A new row of an inline panel, as the browser would send it."""
    cells = {f"{relation}-{number}-{name}": value for name, value in values.items()}
    return {f"{relation}-TOTAL_FORMS": str(number + 1), f"{relation}-{number}-ORDER": "1", **cells}


def test_new_group_needs_a_title_and_a_unit(client: Client) -> None:
    url = reverse(f"{VIEWS}:add")
    unit = UnitFactory(code="PCN")

    response = client.post(url, form_of(client, url, title_es="Familias en Milán", unit=str(unit.pk)))

    group = FocusGroup.objects.get()
    assert response["Location"] == reverse("focus_group_overview", args=[group.pk])
    assert (group.slug, group.status, group.unit) == ("familias-en-milan", GroupStatus.DRAFT, unit)
    assert group.reminders == [10080, 1440, 120]
    assert AuditEntry.objects.filter(verb="focus_group.made").exists()


def test_manager_of_a_unit_makes_groups_for_that_unit_alone() -> None:
    manager, other = staff("manage_focus_groups"), UnitFactory(code="SSN")
    manager.unit = UnitFactory(code="PCN")
    manager.save()
    client, url = signed_in(manager), reverse(f"{VIEWS}:add")

    client.post(url, form_of(client, url, title_es="Ajeno", unit=str(other.pk)))

    assert not FocusGroup.objects.exists()


def test_quota_rule_and_topic_are_stored(client: Client) -> None:
    group = FocusGroupFactory(screened=True)
    url = edit_url(group)
    rows = (
        row("quotas", question="gender", options="f\nm\n", minimum="2", maximum="")
        | row("exclusion_rules", excluded_when="selected(${cases}, 'staff')", reason_es="Trabaja allí.")
        | row("topics", title_es="Servicios", minutes="20", prompts_es="¿Qué trámite?")
    )

    response = client.post(url, form_of(client, url, **rows))

    assert response.status_code == 302, response.context["form"].errors
    quota = Quota.objects.get()
    assert (quota.group, quota.options, quota.minimum, quota.maximum) == (group, ["f", "m"], 2, None)
    assert group.exclusion_rules.get().excluded_when == "selected(${cases}, 'staff')"
    assert GuideTopic.objects.get().minutes == 20


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"question": "gender", "options": "f"}, "minimum"),
        ({"question": "gender", "minimum": "4", "maximum": "2"}, "maximum"),
        ({"question": "height", "minimum": "1"}, "question"),
        ({"question": "gender", "options": "x", "minimum": "1"}, "options"),
    ],
)
def test_quota_that_says_nothing_or_asks_nobody_is_refused(
    client: Client, values: dict[str, str], field: str
) -> None:
    url = edit_url(FocusGroupFactory(screened=True))

    response = client.post(url, form_of(client, url, **row("quotas", **values), segment_es="Madres"))

    assert response.status_code == 200
    assert field in response.context["form"].formsets["quotas"].forms[0].errors
    assert not Quota.objects.exists()
    assert "Madres" in response.content.decode(), "what was typed elsewhere is still there"


@pytest.mark.parametrize("source", ["selected(${cases", "${height} > 3"])
def test_rule_that_cannot_be_read_is_refused(client: Client, source: str) -> None:
    url = edit_url(FocusGroupFactory(screened=True))
    rows = row("exclusion_rules", excluded_when=source, reason_es="No")

    response = client.post(url, form_of(client, url, **rows))

    assert "excluded_when" in response.context["form"].formsets["exclusion_rules"].forms[0].errors


@pytest.mark.parametrize("written", ["7 d, 1 d, 2 h", "2h,7d, 1 d"])
def test_reminders_are_written_with_their_units(client: Client, written: str) -> None:
    group = FocusGroupFactory()
    url = edit_url(group)

    client.post(url, form_of(client, url, reminders=written))

    group.refresh_from_db()
    assert group.reminders == [10080, 1440, 120]
    assert form_of(client, url)["reminders"] == "7 d, 1 d, 2 h"


@pytest.mark.parametrize("written", ["morgen", "7", "90 d", "1 d, 24 h"])
def test_reminders_that_make_no_sense_are_refused(client: Client, written: str) -> None:
    url = edit_url(FocusGroupFactory())

    response = client.post(url, form_of(client, url, reminders=written))

    assert response.context["form"].errors["reminders"]


def test_contact_data_are_never_kept_longer_than_was_promised(client: Client) -> None:
    group = FocusGroupFactory(open=True, retention_days=90)
    RegistrationFactory(group=group)
    url = edit_url(group)

    response = client.post(url, form_of(client, url, retention_days="180"))
    assert response.context["form"].errors["retention_days"]
    client.post(url, form_of(client, url, retention_days="30"))

    group.refresh_from_db()
    assert group.retention_days == 30


def test_consent_that_changes_while_people_sign_up_is_a_new_version(client: Client) -> None:
    group = FocusGroupFactory(open=True)
    url = edit_url(group)

    client.post(url, form_of(client, url, consent_take_part_es="Acepto participar y sé que puedo irme."))
    client.post(url, form_of(client, url))

    versions = group.consent_versions.filter(purpose="take_part").order_by("number")
    assert [item.texts["es"] for item in versions] == [
        "Acepto participar.",
        "Acepto participar y sé que puedo irme.",
    ]


def test_what_people_were_told_does_not_change_under_them(client: Client) -> None:
    group = FocusGroupFactory(open=True, screened=True)
    RegistrationFactory(group=group)
    url = edit_url(group)

    client.post(url, form_of(client, url, selection="balanced_draw", screening=""))

    group.refresh_from_db()
    assert group.selection == "first_come"
    assert group.screening is not None


def test_topic_with_notes_stays_in_the_guide(client: Client) -> None:
    session = SessionFactory(past=True)
    topic = GuideTopic.objects.create(group=session.group, title="Servicios")
    TopicNote.objects.create(session=session, topic=topic, language="es", summary="Tardan")
    url = edit_url(session.group)

    response = client.post(url, form_of(client, url, **{"topics-0-DELETE": "on"}))

    assert "Servicios" in str(response.context["form"].non_field_errors())
    assert GuideTopic.objects.filter(pk=topic.pk).exists()


def test_only_what_nobody_signed_up_for_can_be_deleted(client: Client) -> None:
    empty, used = FocusGroupFactory(), FocusGroupFactory()
    RegistrationFactory(group=used)

    for group in (empty, used, FocusGroupFactory(open=True)):
        client.post(reverse(f"{VIEWS}:delete", args=[group.pk]))

    assert not FocusGroup.objects.filter(pk=empty.pk).exists()
    assert FocusGroup.objects.filter(pk=used.pk).exists()
    assert FocusGroup.objects.count() == 2


def test_dates_are_those_of_the_groups_own_clock(client: Client) -> None:
    group = FocusGroupFactory(timezone="Asia/Tokyo")
    url = edit_url(group)

    client.post(url, form_of(client, url, closes_at="2027-05-01 09:00"))

    group.refresh_from_db()
    assert timezone.localtime(group.closes_at, timezone.get_fixed_timezone(0)).hour == 0


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    number: int, manager: User, django_assert_num_queries: Any
) -> None:
    for _group in range(number):
        RegistrationFactory(group=FocusGroupFactory(open=True))
    client, url = signed_in(manager), reverse(f"{VIEWS}:list")
    client.get(url)

    with django_assert_num_queries(12):
        page = client.get(url).content.decode()

    assert page.count("/focus-groups/") >= number
