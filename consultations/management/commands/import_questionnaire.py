from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.questionnaires.importing import Outcome, import_workbook
from consultations.questionnaires.problem_messages import field_label, message_of
from consultations.questionnaires.publication import NotPublishable, publish_version


class Command(BaseCommand):
    help = (
        "Import a questionnaire from an XLSForm workbook. Run again, it brings the questionnaire up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--slug", default="", help="identifier to store it under, instead of its form_id")
        parser.add_argument("--publish", action="store_true", help="freeze a version at once")

    def handle(self, *, file: Path, slug: str, publish: bool, **options: Any) -> None:
        outcome = import_workbook(source=_content(file), by=None, slug=slug, fallback_name=file.stem)
        for finding in outcome.findings:
            self.stderr.write(f"{finding.severity.value}: {finding}")
        if outcome.questionnaire is None:
            raise CommandError(_refusal(outcome), returncode=1)
        self.stdout.write(_("Imported: %(name)s") % {"name": outcome.questionnaire.slug})
        if publish:
            self._publish(outcome)

    def _publish(self, outcome: Outcome) -> None:
        assert outcome.questionnaire is not None  # noqa: S101  (the caller has made sure; this is for mypy)
        try:
            version = publish_version(questionnaire=outcome.questionnaire, by=None)
        except NotPublishable as refusal:
            for problem in refusal.problems:
                place = " · ".join(
                    part for part in (problem.place, field_label(problem), problem.language) if part
                )
                self.stderr.write(f"{place}: {message_of(problem)}")
            raise CommandError(_("The questionnaire is imported, but cannot be published yet.")) from None
        self.stdout.write(_("Published: version %(number)s") % {"number": version.number})


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None


def _refusal(outcome: Outcome) -> str:
    count = len(outcome.errors)
    return ngettext(
        "Nothing was imported: %(count)s error.", "Nothing was imported: %(count)s errors.", count
    ) % {"count": count}
