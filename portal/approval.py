"""What follows when the last step of a workflow approves something (``WAGTAIL_FINISH_WORKFLOW_ACTION``).

Wagtail imports this while its own models are being made, so it imports none.
"""

from __future__ import annotations

from typing import Any

from wagtail.workflows import publish_workflow_state


def finish(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved: by its own ``publish_approved`` where it has one, else by Wagtail's way."""
    record = workflow_state.content_object
    if hasattr(record, "publish_approved"):
        record.publish_approved(user)
    else:
        publish_workflow_state(workflow_state, user=user)
