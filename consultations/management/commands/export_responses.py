from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.analysis.filters import FilterError, from_query
from consultations.enums import CellValues, ExportFormat
from consultations.exports import csv, tables
from consultations.exports.formats import WRITERS
from consultations.exports.options import Options, Refused
from consultations.exports.placing import placed
from consultations.exports.xlsx import TooLarge
from consultations.models import Consultation
from portal import audit


class Command(BaseCommand):
    help = (
        "Write the sent responses of a consultation to a file, sensitive questions included. "
        "CSV comes with its codebook in a second file, FILE-codebook.csv."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the consultation")
        parser.add_argument("--format", choices=[kind.value for kind in WRITERS], required=True)
        parser.add_argument("--values", choices=CellValues.values, default=CellValues.LABELS.value)
        parser.add_argument("--lang", choices=[code for code, _name in settings.LANGUAGES], default="es")
        parser.add_argument("--filter", default="", help="as in the address of an analysis")
        parser.add_argument("--without-sensitive", action="store_true", help="leave out sensitive questions")
        parser.add_argument(
            "--weighting", metavar="NAME", help="name of a weighting, for a column of weights"
        )
        parser.add_argument("--with-codes", action="store_true", help="a column for each theme")
        parser.add_argument("--purpose", default="", help="what for; kept in the audit trail")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        consultation = _consultation(options["slug"])
        path, kind = options["out"], ExportFormat(options["format"])
        if not path.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": path.parent})
        try:
            with override(options["lang"]), placed(path) as there:
                export = tables.make(consultation, _wanted(consultation, options))
                WRITERS[kind](export, there)
        except (TooLarge, FilterError, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        kept = ("format", "values", "filter", "without_sensitive", "weighting", "with_codes", "purpose")
        details = {name: options[name] for name in kept}
        audit.record("export.written", target=consultation, by=None, **details)
        self._report(export, path, kind)

    def _report(self, export: tables.Export, path: Path, kind: ExportFormat) -> None:
        size = {"rows": export.responses.height, "columns": export.responses.width}
        self.stdout.write(f"{path}: " + _("%(rows)s responses, %(columns)s columns") % size)
        if kind is ExportFormat.CSV:
            self.stdout.write(f"{csv.beside(path)}: " + _("the codebook"))


def _wanted(consultation: Consultation, options: dict[str, Any]) -> Options:
    name = options["weighting"]
    weighting = consultation.weighting_schemes.filter(name=name).first() if name else None
    if name and weighting is None:
        raise CommandError(_("The consultation has no weighting “%(name)s”.") % {"name": name})
    return Options(
        values=CellValues(options["values"]),
        language=options["lang"],
        sensitive=not options["without_sensitive"],
        filter=from_query(options["filter"]),
        weighting=weighting,
        with_codes=options["with_codes"],
    )


def _consultation(slug: str) -> Consultation:
    found = Consultation.objects.select_related("unit").filter(slug=slug).first()
    if found is None:
        raise CommandError(_("There is no consultation “%(slug)s”.") % {"slug": slug})
    return found
