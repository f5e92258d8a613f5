"""What an approval does to a questionnaire, and what it leaves to do."""

from __future__ import annotations

from wagtail.models import WorkflowState

from portal import audit
from portal.models import User

from .. import rules
from ..models import Questionnaire
from .drafts import Locked, publish_draft
from .publication import NotPublishable


def publish(questionnaire: Questionnaire, by: User) -> None:
    """Freeze what was approved as a version, or leave it as it is.

    Approving promises no more than it can keep: where something stands in the way, or whoever approves may
    not publish, the approval is noted, people go on answering the version before, and the page for publishing
    says so.
    """
    try:
        if rules.may_publish_questionnaires(by):
            publish_draft(questionnaire=questionnaire, by=by)
            return
    except (NotPublishable, Locked):
        pass
    audit.record("questionnaire.approved_unpublished", target=questionnaire, by=by)


def waits_for_publication(questionnaire: Questionnaire) -> bool:
    """Whether the newest draft was approved as it stands, and is not published for all that."""
    last = questionnaire.workflow_states.order_by("-created_at").first()
    draft = questionnaire.latest_revision
    if last is None or last.status != WorkflowState.STATUS_APPROVED or draft is None:
        return False
    approved_at = last.current_task_state.finished_at if last.current_task_state else None
    return bool(questionnaire.has_unpublished_changes and approved_at and draft.created_at <= approved_at)
