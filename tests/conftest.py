"""What every test may count on."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from . import database

# Playwright's loop runs in the thread of the tests, which are synchronous themselves.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is slow at drawing examples: how long it takes proves nothing.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("unhurried")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def migrated(pytestconfig: pytest.Config) -> Path | None:
    """Where the tables of the last run are kept; nowhere without pytest's cache."""
    cache = getattr(pytestconfig, "cache", None)
    return database.path_in(cache.mkdir("database")) if cache else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_createdb: bool, migrated: Path | None
) -> Iterator[None]:
    if not migrated:
        yield
        return
    if django_db_createdb:
        migrated.unlink(missing_ok=True)
    with database.filled_from(migrated):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, migrated: Path | None) -> None:
    if migrated:
        with django_db_blocker.unblock():
            database.keep(migrated)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, started once for a run; says in one line how to get it where it is missing."""
    if not CHROMIUM:
        pytest.skip("Chromium is missing: apt-get install chromium, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(autouse=True, scope="session")
def _catalogues_are_compiled() -> None:
    """Django serves no address of a language whose catalogue is not compiled."""
    from portal.catalogues.files import compile_all, is_stale, languages

    if any(is_stale(language) for language in languages()):
        list(compile_all())


@pytest.fixture(autouse=True)
def _language_of_one_test_is_nothing_to_the_next() -> None:
    """A request leaves its language on; factories would write into that language's columns."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _files_stay_in_tmp(settings: Any, tmp_path: Path) -> None:
    """Media, private files and mail of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.SCRATCH_ROOT = tmp_path / "scratch"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _force_login_is_a_whole_sign_in() -> Iterator[None]:
    """``client.force_login`` stands for a sign-in with both factors: staff reach the admin with it."""
    from django.contrib.auth.signals import user_logged_in

    user_logged_in.connect(_add_second_factor)
    yield
    user_logged_in.disconnect(_add_second_factor)


def _add_second_factor(request: Any, user: Any, **kwargs: Any) -> None:
    from allauth.account.internal.flows.login import record_authentication

    if "REQUEST_METHOD" not in request.META:  # The test client's own; a real sign-in comes by HTTP.
        record_authentication(request, user, method="mfa")


@pytest.fixture(autouse=True)
def _caches_start_empty() -> None:
    """What one test counted or kept is nothing to the next."""
    from django.core.cache import caches

    for alias in ("default", "limits"):
        caches[alias].clear()


@pytest.fixture
def tree() -> None:
    """The roots that Wagtail's own migrations plant; a database emptied by another test has none."""
    from wagtail.models import Collection, Locale, Page

    locale, _ = Locale.objects.get_or_create(language_code="es")
    if not Page.get_first_root_node():
        Page.add_root(instance=Page(title="Root", locale=locale))
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
