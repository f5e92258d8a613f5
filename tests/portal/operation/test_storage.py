"""Files in an S3 store, by environment alone: the settings as a process reads them, a store that answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .bucket import open_bucket

ROOT = Path(__file__).parents[3]
SCRIPT = """
import json
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from portal import health

picture = default_storage.save("images/plaza.png", ContentFile(b"picture"))
again = default_storage.save("images/plaza.png", ContentFile(b"another"))
export = storages["private"].save("exports/answers.csv", ContentFile(b"answers"))
print(json.dumps({
    "picture": default_storage.open(picture).read().decode(),
    "another name": again != picture,
    "address": default_storage.url(picture),
    "export": storages["private"].open(export).read().decode(),
    "ready": health.check_storage(),
    "policy": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"],
}))
"""


def in_a_process(**environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", SCRIPT],
        cwd=ROOT,
        env={**kept, "SECRET_KEY": "x", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "b", **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def bucket():
    with open_bucket() as found:
        yield found


def test_media_and_exports_go_to_the_bucket_and_pictures_come_through_the_portal(bucket, tmp_path):
    said = in_a_process(
        VAR_DIR=str(tmp_path), S3_BUCKET="portal", S3_ENDPOINT_URL=bucket.url, S3_REGION="us-east-1"
    )

    assert said == {
        "picture": "picture",
        "another name": True,
        "address": "/media/images/plaza.png",
        "export": "answers",
        "ready": "ok",
        "policy": ["'self'"],
    }
    assert bucket.kept["/portal/media/images/plaza.png"] == b"picture"
    assert bucket.kept["/portal/private/exports/answers.csv"] == b"answers"
    assert [key for key in bucket.kept if "readyz" in key] == []


def test_with_an_origin_of_their_own_pictures_come_from_the_bucket(bucket, tmp_path):
    said = in_a_process(
        VAR_DIR=str(tmp_path),
        S3_BUCKET="portal",
        S3_ENDPOINT_URL=bucket.url,
        S3_REGION="us-east-1",
        MEDIA_ORIGINS=bucket.url,
    )

    assert said["address"] == f"{bucket.url}/portal/media/images/plaza.png"
    assert said["policy"] == ["'self'", bucket.url]
