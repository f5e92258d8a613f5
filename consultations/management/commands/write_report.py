from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.enums import ExportFormat
from consultations.models import Consultation
from consultations.reports import report
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
        rows = report.write(consultation, path, language=options["language"], kind=kind)
        details = {name: options[name] for name in ("format", "language", "purpose")}
        audit.record("report.written", target=consultation, by=None, **details)
        self.stdout.write(f"{path}: " + _("%(rows)s responses") % {"rows": rows})
