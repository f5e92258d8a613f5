"""From the draft that staff see to a frozen version, in one step."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import User

from ..models import Questionnaire, QuestionnaireVersion
from .publication import publish_version


class Locked(Exception):  # noqa: N818  (reads as the refusal that it is)
    """Somebody locked the questionnaire, or it waits for an approval. The message is for people."""


@transaction.atomic
def publish_draft(*, questionnaire: Questionnaire, by: User) -> QuestionnaireVersion:
    """Make the newest draft the live text and freeze it; both or neither.

    Raises ``Locked``, and ``NotPublishable`` with everything that stands in the way.
    """
    draft = questionnaire.get_latest_revision_as_object()
    lock = draft.get_lock()
    if lock is not None and lock.for_user(by):
        raise Locked(_("The questionnaire is locked, so it cannot be published now."))
    revision = questionnaire.latest_revision
    if revision is not None and (questionnaire.has_unpublished_changes or not questionnaire.live):
        revision.publish(user=by, skip_permission_checks=True)
    return publish_version(questionnaire=questionnaire, by=by)
