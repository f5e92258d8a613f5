#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    insist_on_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def insist_on_settings() -> None:
    """Say in one line what is wrong in the environment, instead of where the code noticed."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        settings.INSTALLED_APPS  # noqa: B018  (read for what it raises)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
