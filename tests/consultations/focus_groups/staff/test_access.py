"""Every screen, for everybody: whom it lets in, and whose records are not found."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.focus_groups import draws
from consultations.models import GuideTopic
from tests.consultations.staff import signed_in, staff
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db

SNIPPET = "wagtailsnippets_consultations_focusgroup"
OF_GROUPS = (
    "focus_group_overview",
    "focus_group_stages",
    "focus_group_registrations",
    "focus_group_registrations_results",
    "focus_group_draws",
    "session_add",
    "registration_detail",
    "draw_detail",
    "draw_document",
    f"{SNIPPET}:edit",
    f"{SNIPPET}:delete",
    f"{SNIPPET}:history",
    f"{SNIPPET}:usage",
)
OF_SESSIONS = ("session_detail", "session_door", "session_note", "session_edit")
FOR_FACILITATORS = {"session_detail", "session_door", "session_note"}


@pytest.fixture
def urls() -> dict[str, str]:
    """The address of every screen, for a draft group of the unit PCN."""
    facilitator_less = SessionFactory(group=FocusGroupFactory(open=True, drawn=True))
    group = facilitator_less.group
    topic = GuideTopic.objects.create(group=group, title="Servicios")
    registration = RegistrationFactory(group=group, received=True)
    draw = draws.propose(group=group, by=None)
    group.registrations.exclude(pk=registration.pk).delete()
    keys: dict[str, list[object]] = {
        "registration_detail": [group.pk, registration.pk],
        "draw_detail": [group.pk, draw.pk],
        "draw_document": [group.pk, draw.pk],
        "session_note": [facilitator_less.pk, topic.pk],
    }
    session_keys = {name: keys.get(name, [facilitator_less.pk]) for name in OF_SESSIONS}
    group_keys = {name: keys.get(name, [group.pk]) for name in OF_GROUPS}
    return {name: reverse(name, args=own) for name, own in (group_keys | session_keys).items()}


@pytest.mark.parametrize("name", sorted({*OF_GROUPS, *OF_SESSIONS} - {f"{SNIPPET}:delete"}))
def test_manager_of_the_unit_enters(name: str, urls: dict[str, str]) -> None:
    manager = staff("manage_focus_groups")
    manager.unit = UnitFactory(code="PCN")
    manager.save()

    assert signed_in(manager).get(urls[name]).status_code == 200


@pytest.mark.parametrize("name", sorted({*OF_GROUPS, *OF_SESSIONS}))
def test_group_of_another_unit_is_not_found(name: str, urls: dict[str, str]) -> None:
    stranger = staff("manage_focus_groups", "facilitate_focus_groups")
    stranger.unit = UnitFactory(code="SSN")
    stranger.save()

    assert signed_in(stranger).get(urls[name]).status_code == 404


@pytest.mark.parametrize("name", sorted({*OF_GROUPS, *OF_SESSIONS}))
def test_others_are_not_let_in(name: str, urls: dict[str, str]) -> None:
    analyst = staff("view_consultation", "view_single_responses")

    assert signed_in(analyst).get(urls[name]).status_code == (404 if name.startswith(SNIPPET) else 302)


@pytest.mark.parametrize("name", OF_SESSIONS)
def test_facilitator_finds_their_own_sessions_alone(name: str, urls: dict[str, str]) -> None:
    facilitator, colleague = staff("facilitate_focus_groups"), staff("facilitate_focus_groups")
    session = SessionFactory(group=FocusGroupFactory(open=True), facilitator=facilitator)
    topic = GuideTopic.objects.create(group=session.group, title="Servicios")
    keys = [session.pk, topic.pk] if name == "session_note" else [session.pk]
    own = reverse(name, args=keys)

    assert signed_in(facilitator).get(own).status_code == (200 if name in FOR_FACILITATORS else 302)
    assert signed_in(colleague).get(own).status_code == 404
    assert signed_in(facilitator).get(urls[name]).status_code == 404


@pytest.mark.parametrize("name", OF_GROUPS)
def test_facilitator_does_not_reach_the_group(name: str, urls: dict[str, str]) -> None:
    response = signed_in(staff("facilitate_focus_groups")).get(urls[name])

    assert response.status_code == (404 if name.startswith(SNIPPET) else 302)


def test_registration_of_another_group_is_not_found(client: object) -> None:
    group, other = FocusGroupFactory(open=True), RegistrationFactory()
    manager = signed_in(staff("manage_focus_groups"))

    assert manager.get(reverse("registration_detail", args=[group.pk, other.pk])).status_code == 404


def test_sessions_stand_in_the_menu_of_those_who_run_some() -> None:
    home, own = reverse("wagtailadmin_home"), reverse("my_sessions")

    assert own in signed_in(staff("facilitate_focus_groups")).get(home).content.decode()
    assert own not in signed_in(staff("view_consultation")).get(home).content.decode()


def test_facilitators_list_has_their_sessions_and_no_others() -> None:
    facilitator = staff("facilitate_focus_groups")
    mine, other = SessionFactory(facilitator=facilitator), SessionFactory()

    page = signed_in(facilitator).get(reverse("my_sessions"))

    assert list(page.context["ahead"]) == [mine]
    assert str(other.group.pk) not in [str(item.group_id) for item in page.context["ahead"]]
