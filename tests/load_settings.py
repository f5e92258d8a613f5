"""The portal's own settings for a server that a test starts: static files are taken as they are."""

from portal.settings import *  # noqa: F403  (all of them)
from portal.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
