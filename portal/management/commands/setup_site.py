from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...planting import plant
from ...roles import complete_groups


class Command(BaseCommand):
    help = "Make the language trees, their front pages and the site, where they are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        help_text = "give the roles what this version brought for them; nothing is taken away"
        parser.add_argument("--complete-roles", action="store_true", help=help_text)

    def handle(self, *args: Any, **options: Any) -> None:
        site = plant()
        self.stdout.write(f"The site {site} shows {site.root_page.get_url()} and its other languages.")
        if options["complete_roles"]:
            for role, permissions in complete_groups().items():
                self.stdout.write(f"{role}: {', '.join(permissions)}")
