import pytest

from portal import audit
from portal.models import AuditEntry
from tests.factories.portal import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_which_record():
    person, unit = UserFactory(), UnitFactory(code="PIM")

    audit.record("unit.changed", target=unit, by=person, field="name")

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.verb, entry.target_id, entry.details) == (
        person,
        "unit.changed",
        str(unit.pk),
        {"field": "name"},
    )


def test_the_portal_itself_acts_without_a_person():
    assert audit.record("consultation.closed", by=None).by is None
