from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...catalogues.files import compile_all


class Command(BaseCommand):
    help = "Compile the interface texts of every language (no GNU gettext needed)."
    # Runs before anything else does: nothing may be asked of the database or the settings' checks.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language, count in compile_all():
            self.stdout.write(f"{language}: {count} texts")
