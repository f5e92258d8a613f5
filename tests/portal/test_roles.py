import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Workflow

from portal import roles
from portal.models import Unit
from portal.roles import GRANTS, Role
from portal.units import make_first_units
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def person_with(role):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=role.value))
    return person


def test_the_seven_roles_exist_after_migrating_and_wagtails_own_are_gone():
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


def test_every_permission_that_a_role_names_exists():
    existing = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert set().union(*GRANTS.values()) - existing == set()


@pytest.mark.parametrize("role", Role)
def test_every_role_may_enter_the_desk(role):
    assert person_with(role).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("consultations.change_status", {Role.CONSULTATION_MANAGER}),
        ("consultations.publish_version", {Role.CONSULTATION_MANAGER}),
        ("consultations.export_responses", {Role.CONSULTATION_MANAGER, Role.ANALYST}),
        ("consultations.view_single_responses", {Role.CONSULTATION_MANAGER, Role.ANALYST}),
        ("portal.change_user", set()),
        ("portal.view_auditentry", set()),
    ],
)
def test_a_role_may_what_its_work_needs_and_administrators_may_all(permission, who):
    allowed = {role for role in Role if person_with(role).has_perm(permission)}

    assert allowed == who | {Role.ADMINISTRATOR}


def test_translators_write_pages_and_editors_publish_them():
    rows = GroupPagePermission.objects.values_list("group__name", "permission__codename")
    actions = {role: {code for name, code in rows if name == role.value} for role in Role}

    assert "publish_page" in actions[Role.EDITOR]
    assert actions[Role.TRANSLATOR] == {"add_page", "change_page"}
    assert actions[Role.ANALYST] == set()


def test_what_administrators_changed_stays_after_the_next_migrate():
    editors = Group.objects.get(name=Role.EDITOR.value)
    editors.permissions.clear()

    assert roles.make_groups() == []
    assert not editors.permissions.exists()


def test_roles_are_given_what_a_newer_version_brought_and_keep_what_they_were_given():
    analysts = Group.objects.get(name=Role.ANALYST.value)
    own = Permission.objects.get(codename="add_redirect")
    analysts.permissions.add(own)
    analysts.permissions.remove(Permission.objects.get(codename="export_responses"))

    assert roles.complete_groups() == {"Analyst": ["consultations.export_responses"]}
    assert roles.complete_groups() == {}
    assert own in analysts.permissions.all()


def test_the_portal_starts_with_its_four_units():
    assert dict(Unit.objects.values_list("code", "parent__code")) == {
        "ASN": None,
        "SSN": "ASN",
        "PCN": "ASN",
        "PIM": "ASN",
    }


def test_units_that_staff_changed_stay():
    Unit.objects.exclude(code="ASN").delete()

    make_first_units()

    assert list(Unit.objects.values_list("code", flat=True)) == ["ASN"]


def test_the_approval_of_pages_has_a_name_that_its_buttons_can_say():
    Workflow.objects.all().delete()
    Workflow.objects.create(name="Moderators approval")

    roles.remove_stock_groups()

    assert [workflow.name for workflow in Workflow.objects.all()] == [roles.APPROVAL]
