"""Which responses a member of staff may see."""

from __future__ import annotations

from portal.models import User

from .. import rules
from ..models import Response
from ..models.response import ResponseQuerySet


def responses_visible_to(user: rules.Anyone) -> ResponseQuerySet:
    """Sent responses, for those who may read single ones: of every unit, or of the consultations of their
    own.

    A draft is its owner's until it is sent, and what was withdrawn is gone: both are only ever counted. That
    somebody works at an office opens figures to them, never a single response.
    """
    sent = Response.objects.submitted()
    if not rules.may_read_single_responses(user):
        return sent.none()
    return sent if rules.may_see_every_unit(user) else sent.filter(consultation__unit=_unit_of(user))


def _unit_of(user: rules.Anyone) -> int:
    """Nobody's unit has the number 0."""
    return (user.unit_id or 0) if isinstance(user, User) else 0
