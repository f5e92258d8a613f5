from __future__ import annotations

from typing import Any

from babel.messages.catalog import Catalog
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...catalogues.extraction import found_messages
from ...catalogues.files import languages, read, write
from ...catalogues.merging import faults, update


class Command(BaseCommand):
    help = "Find the texts of code and templates and bring the catalogues in locale/ up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; say what is missing, exit 1."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        template = found_messages()
        if options["check"]:
            self._check(template)
            return
        for language in languages():
            catalog = update(read(language), template)
            write(language, catalog)
            self.stdout.write(f"{language}: {len(catalog)} texts, {self._missing(language, template)} to do")

    def _missing(self, language: str, template: Catalog) -> int:
        return sum(1 for _fault in faults(language, read(language), template))

    def _check(self, template: Catalog) -> None:
        found = [fault for language in languages() for fault in faults(language, read(language), template)]
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} texts need a translator.")
        self.stdout.write(f"{len(template)} texts, complete in every language.")
