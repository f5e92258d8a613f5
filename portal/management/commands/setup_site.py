from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...planting import is_planted, plant_everything
from ...roles import complete_groups


class Command(BaseCommand):
    help = (
        "Make the language trees, their front pages, the lists of consultations and the site, where missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        help_text = "give the roles what this version brought for them; nothing is taken away"
        parser.add_argument("--complete-roles", action="store_true", help=help_text)
        help_text = "do nothing where a front page exists: what editors took away stays away"
        parser.add_argument("--if-new", action="store_true", help=help_text)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_new"] and is_planted():
            return
        site = plant_everything()
        self.stdout.write(f"The site {site} shows {site.root_page.get_url()} and its other languages.")
        if options["complete_roles"]:
            for role, permissions in complete_groups().items():
                self.stdout.write(f"{role}: {', '.join(permissions)}")
