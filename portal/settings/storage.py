"""Static files with fingerprints; media on local disk or any S3 store."""

from typing import Any

from .core import DEMO
from .env import DEBUG, VAR_DIR, env

__all__ = [
    "EXPORT_HOURS",
    "FILE_UPLOAD_MAX_MEMORY_SIZE",
    "MEDIA_ROOT",
    "MEDIA_URL",
    "PRIVATE_ROOT",
    "SCRATCH_ROOT",
    "STATICFILES_DIRS",
    "STATIC_ROOT",
    "STATIC_URL",
    "STORAGES",
    "WAGTAILIMAGES_MAX_UPLOAD_SIZE",
    "WHITENOISE_AUTOREFRESH",
    "WHITENOISE_USE_FINDERS",
]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS: list[str] = []
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Exports: never served by a web server, only by a view that checks who asks.
PRIVATE_ROOT = VAR_DIR / "private"
# Where workers write before they store: answers must not be left in a folder that everybody shares.
SCRATCH_ROOT = VAR_DIR / "scratch"
# How long an export can be fetched before its file is deleted.
EXPORT_HOURS: int = env.int("EXPORT_HOURS", default=24)

# Collected and compressed as `collectstatic` leaves them; while developing, as they are written.
_collected = DEMO or not DEBUG
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not _collected
_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
if _collected:
    _static = "portal.static_files.FingerprintedStorage"

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": _static},
}
if env.str("S3_BUCKET", default=""):
    from botocore.config import Config  # type: ignore[import-untyped]  # it has none

    _s3 = {
        "bucket_name": env.str("S3_BUCKET"),
        "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
        "access_key": env.str("S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("S3_SECRET_KEY", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        "default_acl": None,
        "file_overwrite": False,
        # A store that hangs must not hang the portal with it; and no checksums that only Amazon knows.
        "client_config": Config(
            connect_timeout=5,
            read_timeout=20,
            retries={"total_max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
    # With MEDIA_ORIGINS browsers fetch pictures from the bucket itself; without, through the portal.
    _shown_by_itself = bool(env.list("MEDIA_ORIGINS", default=[]))
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage" if _shown_by_itself else "portal.bucket.ShutBucket",
        "OPTIONS": {**_s3, "location": "media", "querystring_auth": False},
    }
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_s3, "location": "private", "querystring_auth": True, "querystring_expire": 300},
    }

FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
