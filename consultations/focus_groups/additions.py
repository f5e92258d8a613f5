"""People whom staff enter: somebody who asked by telephone or on paper, or whom an association sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import GroupStatus
from ..lifecycle import NotAllowed
from ..models import FocusGroup, FocusGroupSession, QuestionnaireVersion, Registration
from . import seats, signup
from .signup import SignUp


@transaction.atomic
def add(*, group: FocusGroup, form: SignUp, by: User) -> Registration:
    """Sign somebody up who asked for it. They confirm their address, and what they consent to, by mail.

    An address that is signed up already stays as it is. Raises ``NotAllowed``.
    """
    registration = signup.sign_up(group=group, form=form)
    if registration.confirmed_at is None:
        audit.record("registration.added", target=registration, by=by)
    return registration


@transaction.atomic
def add_unnamed(
    *,
    group: FocusGroup,
    language: str,
    version: QuestionnaireVersion | None,
    screening: Mapping[str, Any],
    sessions: Iterable[FocusGroupSession],
    by: User,
) -> Registration:
    """Somebody whom an association sends to a group that keeps no names: in the order, without an address.

    Raises ``NotAllowed``.
    """
    group = seats.lock(group.pk)
    if group.names_kept:
        raise NotAllowed(_("This group keeps names: people sign up for it."))
    if group.status not in GroupStatus.running:
        raise NotAllowed(_("This focus group takes nobody at the moment."))
    registration = Registration.objects.create(
        group=group, language=language, version=version, screening=dict(screening)
    )
    registration.availability.set(sessions)
    audit.record("registration.added", target=registration, by=by)
    signup.confirm(registration=registration)
    return registration
