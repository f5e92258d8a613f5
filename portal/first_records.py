"""What every installation has from its first ``migrate`` on: the roles and the units."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules


def make_first_records(sender: AppConfig, **kwargs: Any) -> None:
    """Runs after ``migrate`` for the last app, when the permissions of all of them exist."""
    if sender is not list(apps.get_app_configs())[-1]:
        return
    from . import roles, units

    autodiscover_modules("roles")
    units.make_first_units()
    if roles.make_groups():
        roles.remove_stock_groups()
