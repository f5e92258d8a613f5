from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.enums import ExportFormat
from consultations.exports.contents import SHEETS, write_codebook
from consultations.exports.placing import placed
from consultations.models import Consultation
from consultations.reports import report
from consultations.reports.printed import printed
from portal import audit


class Command(BaseCommand):
    help = (
        "Write the codebook of a consultation: each question in every language and version, its rules in"
        " words, its codes, missing values and counts. Small numbers are kept back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        formats = [kind.value for kind in (*SHEETS, *report.WRITERS)]
        parser.add_argument("slug", help="address of the consultation")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="es")
        parser.add_argument("--format", choices=formats, required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"]
        consultation = Consultation.objects.select_related("unit").filter(slug=options["slug"]).first()
        if consultation is None:
            raise CommandError(_("There is no consultation “%(slug)s”.") % {"slug": options["slug"]})
        if not path.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": path.parent})
        with override(options["language"]), placed(path) as there:
            kind = ExportFormat(options["format"])
            look = printed(consultation, by=None, language=options["language"])
            write_codebook(look, there, kind=kind)
        details = {name: options[name] for name in ("format", "language")}
        audit.record("codebook.written", target=consultation, by=None, **details)
        self.stdout.write(str(path))
