"""The portal's own settings, with what a test run needs: a key, quick hashes, jobs that run at once."""

import os
from pathlib import Path
from tempfile import gettempdir

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ["DEBUG"] = "0"
os.environ["DEMO"] = "0"
os.environ["HTTPS"] = "0"
if redis_url := os.environ.get("REDIS_URL"):
    # Each process of a run has its own database there: one may empty it without harming the other.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = f"{redis_url.rsplit('/', 1)[0]}/{worker + 1}"

from portal.settings import *  # noqa: F403  (the environment comes first)
from portal.settings import CACHES, Q_CLUSTER

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False
Q_CLUSTER = {**Q_CLUSTER, "sync": True}
CACHES = (
    CACHES
    if redis_url
    else {
        **CACHES,
        "limits": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": Path(gettempdir()) / f"portal-test-limits-{os.getpid()}",
        },
    }
)
