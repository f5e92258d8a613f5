from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.analysis.filters import FilterError, from_query
from consultations.enums import ExportFormat
from consultations.exports.placing import placed
from consultations.models import Consultation
from consultations.reports import report
from consultations.reports.printed import Printed, printed
from portal import audit


class Command(BaseCommand):
    help = (
        "Draft the report of a consultation: method and limits, who answered, each question with chart and"
        " table, themes, questionnaire. Small numbers are kept back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the consultation")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="es")
        parser.add_argument("--format", choices=[kind.value for kind in report.WRITERS], required=True)
        parser.add_argument("--filter", default="", help="as in the address of an analysis")
        parser.add_argument(
            "--weighting", metavar="NAME", help="name of a weighting, shown beside the counts"
        )
        parser.add_argument("--purpose", default="", help="what for; kept in the audit trail")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"]
        consultation = Consultation.objects.select_related("unit").filter(slug=options["slug"]).first()
        if consultation is None:
            raise CommandError(_("There is no consultation “%(slug)s”.") % {"slug": options["slug"]})
        if not path.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": path.parent})
        kind = ExportFormat(options["format"])
        try:
            with placed(path) as there:
                rows = report.write(_look(consultation, options), there, kind=kind)
        except FilterError as refusal:
            raise CommandError(str(refusal)) from refusal
        details = {name: options[name] for name in ("format", "language", "filter", "weighting", "purpose")}
        audit.record("report.written", target=consultation, by=None, **details)
        self.stdout.write(f"{path}: " + _("%(rows)s responses") % {"rows": rows})


def _look(consultation: Consultation, options: dict[str, Any]) -> Printed:
    name = options["weighting"]
    weighting = consultation.weighting_schemes.filter(name=name).first() if name else None
    if name and weighting is None:
        raise CommandError(_("The consultation has no weighting “%(name)s”.") % {"name": name})
    tree = from_query(options["filter"])
    return printed(consultation, by=None, language=options["language"], tree=tree, scheme=weighting)
