from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.enums import Channel
from consultations.lifecycle import NotAllowed
from consultations.models import Consultation, Response
from consultations.simulation import responses as simulated
from consultations.simulation.drafts import leave_drafts
from consultations.simulation.responses import CannotAnswer, Simulation


class Command(BaseCommand):
    help = (
        "Add simulated responses to a consultation: valid, and marked as simulated wherever they are shown. "
        "The same seed gives the same people, so running it again adds nobody."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the consultation")
        parser.add_argument("--count", type=int, default=0, metavar="N", help="how many people answer")
        parser.add_argument(
            "--drafts", type=int, default=0, metavar="N", help="how many begin and do not send"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--lang", default="", help="all of them in one language")
        parser.add_argument("--remove", action="store_true", help="delete all simulated responses first")

    def handle(self, *args: Any, **options: Any) -> None:
        consultation = Consultation.objects.select_related("unit").filter(slug=options["slug"]).first()
        if consultation is None:
            raise CommandError(_("There is no consultation “%(slug)s”.") % {"slug": options["slug"]})
        if options["remove"]:
            self.stdout.write(_("Removed: %(count)s") % {"count": simulated.remove(consultation)})
        if options["count"] > 0 or options["drafts"] > 0:
            self._warn(consultation)
            simulation = self._simulation(consultation, options["seed"], options["lang"])
            self._simulate(simulation, options["count"])
            self._leave_drafts(simulation, options["drafts"])

    def _simulation(self, consultation: Consultation, seed: int, language: str) -> Simulation:
        version = consultation.current_version
        if version is None:
            raise CommandError(_("Its questionnaire has no published version yet."))
        if language and language not in version.definition.languages:
            raise CommandError(_("The questionnaire is not in “%(language)s”.") % {"language": language})
        return Simulation(consultation, version, seed, language)

    def _simulate(self, simulation: Simulation, count: int) -> None:
        try:
            added = simulated.simulate(simulation, count=count)
        except CannotAnswer as reason:
            raise CommandError(
                _("Nobody could answer this questionnaire: %(reason)s") % {"reason": reason}
            ) from reason
        self.stdout.write(_("Simulated: %(count)s") % {"count": added})

    def _leave_drafts(self, simulation: Simulation, count: int) -> None:
        if not count:
            return
        try:
            added = leave_drafts(simulation, count=count)
        except NotAllowed as error:
            raise CommandError(_("Drafts can be left only while the consultation is open.")) from error
        self.stdout.write(_("Simulated drafts: %(count)s") % {"count": added})

    def _warn(self, consultation: Consultation) -> None:
        """Allowed, because they can be told apart and removed; but never done unnoticed."""
        people = Response.objects.submitted().filter(consultation=consultation, channel=Channel.WEB).count()
        if people:
            note = _("Note: %(count)s people have answered this consultation. --remove undoes this.")
            self.stderr.write(note % {"count": people})
