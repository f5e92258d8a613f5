from __future__ import annotations

import uuid

from django.db import models


class SiteStamp(models.Model):
    """One row that changes whenever something public changes, so that every process drops what it kept.

    Written and read by ``portal.freshness`` alone.
    """

    value = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.value)
