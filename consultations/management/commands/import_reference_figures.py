from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.analysis.reference_figures import CannotImport, import_figures


class Command(BaseCommand):
    help = "Import what is known of the whole population from a CSV file. All of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            count = import_figures(source=file.read_bytes(), by=None)
        except OSError as error:
            raise CommandError(_("The file cannot be read: %(file)s") % {"file": file}) from error
        except CannotImport as refusal:
            for line in refusal.lines:
                self.stderr.write(f"{line.number}: {line.reason}")
            raise CommandError(_("Nothing was imported."), returncode=1) from refusal
        self.stdout.write(_("Imported: %(count)s figures") % {"count": count})
