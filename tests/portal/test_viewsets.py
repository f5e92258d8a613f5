import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse

from portal import audit
from portal.models import AuditEntry, Unit
from portal.roles import Role
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = UserFactory(email="admin@example.org")
    person.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
    client.force_login(person)
    return person


def edit(client, person, **changes):
    data = {
        "email": person.email,
        "first_name": "Rosa",
        "last_name": "del Ande",
        "is_active": "on",
        **changes,
    }
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)


def test_a_person_is_put_into_a_unit(client, administrator):
    person, unit = UserFactory(), Unit.objects.get(code="PIM")

    edit(client, person, unit=unit.pk)

    person.refresh_from_db()
    assert person.unit == unit


def test_a_new_person_needs_an_address_and_no_password(client, administrator):
    url = reverse("wagtailusers_users:add")

    client.post(url, {"email": "nueva@example.org", "first_name": "Nueva", "last_name": "Persona"})

    assert not administrator.__class__.objects.get(email="nueva@example.org").has_usable_password()


def test_a_changed_address_closes_the_old_one(client, administrator):
    person = UserFactory(email="old@example.org")
    EmailAddress.objects.create(user=person, email="old@example.org", verified=True, primary=True)

    edit(client, person, email="new@example.org")

    assert not EmailAddress.objects.filter(email="old@example.org").exists()
    assert AuditEntry.objects.filter(verb="user.address_changed", by=administrator).count() == 1


def test_administrators_cannot_put_themselves_above_the_rules(client, administrator):
    person = UserFactory()

    edit(client, person, is_superuser="on")

    person.refresh_from_db()
    assert not person.is_superuser


def test_administrators_cannot_take_over_who_is_above_them(client, administrator):
    above = UserFactory(superuser=True, email="above@example.org")

    edit(client, above, email="mine@example.org")

    above.refresh_from_db()
    assert above.email == "above@example.org"


def test_units_are_edited_in_every_language(client, administrator):
    page = client.get(reverse("units:edit", args=[Unit.objects.get(code="PIM").pk])).content.decode()

    assert all(f'name="name_{language}"' in page for language in ("es", "en", "it", "pt", "quy"))


@pytest.mark.parametrize("entries", [1, 3])
def test_the_audit_trail_is_read_with_a_constant_number_of_queries(
    client, administrator, django_assert_max_num_queries, entries
):
    for _ in range(entries):
        audit.record("unit.changed", by=UserFactory())

    with django_assert_max_num_queries(16):
        page = client.get(reverse("audit_trail"))

    assert page.content.decode().count("unit.changed") >= entries


def test_editors_do_not_read_the_audit_trail(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=Role.EDITOR.value))
    client.force_login(person)

    assert client.get(reverse("audit_trail")).status_code == 302
