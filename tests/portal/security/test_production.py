"""The portal as production starts it: another process, another environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PRODUCTION = {
    "DEBUG": "0",
    "HTTPS": "1",
    "DEMO": "0",
    "SECRET_KEY": "kH3-fq9_2vZr8-Lw0xTn7bYc5uJ1mPsD6gEaR4iVoQ2-Wt8zNy",
    "ALLOWED_HOSTS": "portal.example",
    "BASE_URL": "https://portal.example",
    "EMAIL_URL": "smtp://mail.example:25",
    "CONTACT_EMAIL": "ayuda@portal.example",
}


def manage(*arguments, tmp_path, **changes):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, **PRODUCTION, "VAR_DIR": str(tmp_path), **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_production_settings_pass_the_check_for_deployment(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "warning"), [("EMAIL_URL", "portal.W001"), ("CONTACT_EMAIL", "portal.W002")]
)
def test_mail_that_leads_nowhere_is_warned_of(tmp_path, name, warning):
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **{name: ""})

    assert done.returncode == 1
    assert warning in done.stderr


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_the_open_second_factor_stops_the_start_outside_development(tmp_path, command):
    done = manage(command, tmp_path=tmp_path, DEMO_SECOND_FACTOR="135790")

    assert done.returncode == 1
    assert "DEMO_SECOND_FACTOR opens every account" in done.stderr


@pytest.mark.parametrize("command", ["check", "migrate", "collectstatic"])
def test_a_missing_key_stops_the_start_with_one_line_that_says_what_to_do(tmp_path, command):
    done = manage(command, tmp_path=tmp_path, SECRET_KEY="")

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("SECRET_KEY is missing: copy .env.example to .env")


def test_development_pages_do_not_exist_in_production(tmp_path):
    script = (
        "from django.urls import get_resolver; "
        "print([str(p.pattern) for p in get_resolver().url_patterns if str(p.pattern).startswith('dev')])"
    )
    done = manage("shell", "--no-imports", "-c", script, tmp_path=tmp_path)

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
