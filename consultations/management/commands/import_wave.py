from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations import tasks
from consultations.enums import WaveStatus
from consultations.lifecycle import NotAllowed
from consultations.models import Consultation, WaveImport
from consultations.waves import importing
from consultations.waves.faults import in_words
from consultations.waves.mapping import Plan
from consultations.waves.unreadable import Unreadable


class Command(BaseCommand):
    help = (
        "Bring in the answers of an earlier consultation to compare with one of the portal. All or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv|xlsx|sav")
        parser.add_argument("--like", required=True, metavar="SLUG", help="consultation to compare with")
        parser.add_argument("--title", required=True)
        parser.add_argument("--source", required=True, help="who asked, and where the file comes from")
        parser.add_argument("--date", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--plan",
            type=Path,
            metavar="PLAN.json",
            help='{"columns": {"column of the file": "question"}, "values": {"question": {"a": "option"}}}',
        )
        parser.add_argument(
            "--leave-out", action="store_true", help="store the other rows where some cannot be taken"
        )

    def handle(self, *, file: Path, like: str, plan: Path | None, leave_out: bool, **options: Any) -> None:
        wave = self._uploaded(file, like, options)
        try:
            self._store(wave, plan, leave_out=leave_out)
        except CommandError:
            wave.refresh_from_db()
            if wave.status in WaveStatus.open:
                importing.give_up(wave=wave, by=None)
            raise
        self.stdout.write(_("Stored: %(name)s") % {"name": wave.wave.slug if wave.wave else ""})

    def _uploaded(self, file: Path, like: str, options: dict[str, Any]) -> WaveImport:
        consultation = Consultation.objects.filter(slug=like).first()
        if consultation is None:
            raise CommandError(_("There is no consultation “%(slug)s”.") % {"slug": like})
        try:
            return importing.upload(
                like=consultation,
                title=options["title"],
                source=options["source"],
                collected_on=options["date"],
                content=file.read_bytes(),
                file_name=file.name,
                by=None,
            )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except (Unreadable, NotAllowed) as refusal:
            raise CommandError(str(refusal)) from None

    def _store(self, wave: WaveImport, plan: Path | None, *, leave_out: bool) -> None:
        """The same steps as in the admin, without a worker."""
        tasks.read_wave(str(wave.pk))
        wave.refresh_from_db()
        if wave.status == WaveStatus.UNREADABLE:
            raise CommandError(str(Unreadable.from_json(wave.report["error"])))
        chosen = Plan.from_json(json.loads(plan.read_text()) if plan else wave.plan)
        WaveImport.objects.filter(pk=wave.pk).update(plan=chosen.to_json(), status=WaveStatus.CHECKING)
        tasks.check_wave(str(wave.pk))
        wave.refresh_from_db()
        for row, column, code, value in wave.report.get("faults", []):
            words = {"row": row, "what": in_words(column, code, value)}
            self.stderr.write(_("Row %(row)s: %(what)s") % words)
        if wave.status == WaveStatus.REFUSED and not leave_out:
            raise CommandError(_("Some rows cannot be taken: nothing was stored."), returncode=1)
        if not wave.report.get("good"):
            raise CommandError(_("No row can be taken."), returncode=1)
        WaveImport.objects.filter(pk=wave.pk).update(status=WaveStatus.STORING)
        tasks.store_wave(str(wave.pk))
        wave.refresh_from_db()
        if wave.status != WaveStatus.STORED:
            raise CommandError(_("The answers could not be stored; the log says why."))
