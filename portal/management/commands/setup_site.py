from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...planting import plant


class Command(BaseCommand):
    help = "Make the language trees, their front pages and the site, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        site = plant()
        self.stdout.write(f"The site {site} shows {site.root_page.get_url()} and its other languages.")
