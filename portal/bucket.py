"""Media in an S3 bucket, shown through the portal: the bucket stays shut, and browsers ask nobody but us."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class ShutBucket(S3Storage):
    def url(self, name: str, *args: Any, **options: Any) -> str:
        """The address at which ``portal.views.media`` shows it."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
