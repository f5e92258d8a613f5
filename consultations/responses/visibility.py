"""Which responses a member of staff may see."""

from __future__ import annotations

from django.db.models import QuerySet

from .. import rules
from ..models import Consultation, Response
from ..models.response import ResponseQuerySet


def responses_visible_to(user: rules.Anyone) -> ResponseQuerySet:
    """Sent responses, for those who may read single ones.

    A draft is its owner's until it is sent, and what was withdrawn is gone: both are only ever counted.
    """
    sent = Response.objects.submitted()
    return sent if rules.may_read_single_responses(user) else sent.none()


def consultations_visible_to(user: rules.Anyone) -> QuerySet[Consultation]:
    """Every consultation, for those who work with any of them."""
    every = Consultation.objects.select_related("unit")
    return every if rules.may_see_consultations(user) else every.none()
