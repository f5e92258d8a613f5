"""``manage.py import_offices FILE``: consular offices, and their districts, from CSV files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.places.importing import ImportReport, import_offices
from communities.places.reading import ImportRefusedError


class Command(BaseCommand):
    help = "Create and update consular offices from a CSV file. Nothing is written when a row is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the offices, one a row")
        parser.add_argument("--districts", type=Path, help="their districts, one office a row")
        parser.add_argument(
            "--overwrite", action="store_true", help="let the file win over what was changed by hand"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        try:
            report = import_offices(
                offices=options["file"],
                districts=options["districts"],
                overwrite=options["overwrite"],
                by=None,
            )
        except ImportRefusedError as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            count = len(refused.problems)
            message = ngettext(
                "Nothing was imported: %(count)s problem.", "Nothing was imported: %(count)s problems.", count
            )
            raise CommandError(message % {"count": count}) from refused
        self._tell(report)
        if options["dry_run"]:
            transaction.set_rollback(True)
            self.stdout.write(_("This was a trial: nothing was written."))

    def _tell(self, report: ImportReport) -> None:
        for office, fields in report.changed.items():
            self.stdout.write(
                _("Changed %(office)s: %(fields)s") % {"office": office, "fields": ", ".join(fields)}
            )
        for office, fields in report.kept.items():
            line = _("Kept what was edited by hand in %(office)s: %(fields)s")
            self.stdout.write(line % {"office": office, "fields": ", ".join(fields)})
        counts = {
            "created": len(report.created),
            "changed": len(report.changed),
            "unchanged": len(report.unchanged),
            "added": report.parts_added,
            "removed": report.parts_removed,
        }
        offices = _("Offices: %(created)s new, %(changed)s changed, %(unchanged)s as they were.")
        districts = _("Parts of districts: %(added)s added, %(removed)s removed.")
        self.stdout.write(f"{offices % counts} {districts % counts}")
