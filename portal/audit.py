"""The audit trail: one entry for each thing that staff do, in the transaction that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models.audit import AuditEntry

if TYPE_CHECKING:
    from .models import User


def record(verb: str, *, target: Model | None = None, by: User | None, **details: Any) -> AuditEntry:
    """Write one entry. ``by=None`` means the portal itself (a schedule).

    Details must hold no personal data.
    """
    return AuditEntry.objects.create(
        verb=verb,
        by=by if by is not None and by.is_authenticated else None,
        target_type=ContentType.objects.get_for_model(target) if target else None,
        target_id=str(target.pk) if target else "",
        target_label=str(target)[:200] if target else "",
        details=details,
    )
