"""The states as they are drawn in the documentation, and the tables that the code keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consultations.enums import GroupStatus, RegistrationStatus
from consultations.focus_groups import stages, states
from consultations.focus_groups.states import change_state
from consultations.lifecycle import NotAllowed
from portal.models import AuditEntry
from tests.factories.focus_groups import RegistrationFactory
from tests.factories.portal import UserFactory

S = RegistrationStatus
PICTURES = re.findall(
    r"```\n(.*?)```", (Path(__file__).parents[3] / "docs" / "focus-groups.md").read_text(), flags=re.DOTALL
)


def drawn(picture: str) -> dict[str, set[str]]:
    lines = [line.partition("→") for line in picture.splitlines() if "→" in line]
    return {
        before.strip(): {name.strip() for name in after.split(",") if name.strip()}
        for before, _arrow, after in lines
    }


def test_picture_of_registrations_is_the_table() -> None:
    assert drawn(PICTURES[1]) == {str(key): set(map(str, to)) for key, to in states.TRANSITIONS.items()}


def test_picture_of_groups_is_the_table() -> None:
    assert drawn(PICTURES[2]) == {str(key): set(map(str, to)) for key, to in stages.TRANSITIONS.items()}


def test_tables_say_what_follows_every_state() -> None:
    assert set(states.TRANSITIONS) == set(S)
    assert set(stages.TRANSITIONS) == set(GroupStatus)


@pytest.mark.django_db
@pytest.mark.parametrize("before", list(S))
@pytest.mark.parametrize("after", list(S))
def test_state_is_written_where_the_table_allows_it_and_nowhere_else(before: S, after: S) -> None:
    registration, user = RegistrationFactory(status=before), UserFactory()

    if after not in states.TRANSITIONS[before]:
        with pytest.raises(NotAllowed, match=str(after.label)):
            change_state(registration, after, by=user)
        assert not AuditEntry.objects.exists()
        return
    change_state(registration, after, by=user, reason="because")

    registration.refresh_from_db()
    assert (registration.status, registration.reason, registration.revision) == (after, "because", 1)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by) == (f"registration.{after.value}", user)
    assert entry.details == {"before": before.value, "reason": "because"}
