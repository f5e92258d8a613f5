from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.models import Questionnaire
from consultations.questionnaires.exporting import workbook_of


class Command(BaseCommand):
    help = "Write a questionnaire as an XLSForm workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")

    def handle(self, *, slug: str, out: Path, **options: Any) -> None:
        questionnaire = Questionnaire.objects.filter(slug=slug).first()
        if questionnaire is None:
            raise CommandError(_("There is no questionnaire “%(name)s”.") % {"name": slug})
        try:
            out.write_bytes(workbook_of(questionnaire))
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}") from None
        self.stdout.write(_("Written: %(path)s") % {"path": out})
