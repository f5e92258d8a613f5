from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from consultations.models import Consultation
from portal.models import User
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.portal import UserFactory

from .examples import DEFINITION


@pytest.fixture
def consultation(db: None) -> Consultation:
    consultation = ConsultationFactory(open=True, slug="todo", title="Consulta de prueba")
    VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    return consultation


def staff(*permissions: str, **fields: Any) -> User:
    """Somebody with access to the admin and a few permissions, said by their codenames."""
    user = UserFactory(is_staff=True, **fields)
    codenames = ["access_admin", "see_every_unit", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def analyst(db: None) -> User:
    return staff("export_responses", "view_sensitive_answers", "view_consultation")
