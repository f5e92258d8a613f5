"""What became of something that goes through stages: read from the audit trail."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, TextChoices

from portal.models import AuditEntry

NEWEST = 20


def stage_history(record: Model, verb: str, stages: type[TextChoices]) -> list[dict[str, Any]]:
    """When it changed its stage, and who did it; the newest first. Verbs are ``verb.stage``."""
    labels = {f"{verb}.{stage.value}": stage.label for stage in stages}
    kind = ContentType.objects.get_for_model(record)
    entries = AuditEntry.objects.filter(target_type=kind, target_id=str(record.pk), verb__in=labels)
    return [
        {"at": entry.at, "by": entry.by, "stage": labels[entry.verb]}
        for entry in entries.select_related("by")[:NEWEST]
    ]
