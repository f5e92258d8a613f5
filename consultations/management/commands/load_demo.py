from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from communities.models import ConsularOffice
from communities.places.importing import import_offices
from consultations.demo.analysis import load_analysis
from consultations.demo.documents import ask_for_reports
from consultations.demo.groups import load_groups
from consultations.demo.pages import load_pages
from consultations.demo.people import ACCOUNTS, load_people
from consultations.demo.surveys import load_consultations
from consultations.demo.themes import load_themes
from consultations.demo.waves import load_wave
from consultations.models import Consultation, Response
from portal.models import User

ANSWERS = {"necesidades-2026": 400, "atencion-consular": 60}
# About as many begin and stop as other long and short questionnaires lose.
DRAFTS = {"necesidades-2026": 140, "atencion-consular": 14}


class Command(BaseCommand):
    help = (
        "Load the demonstration: pages, offices, accounts, two consultations, simulated answers. Rerunnable."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        help_text = "write what there is to try into this file instead of saying it"
        parser.add_argument("--notes", type=Path, metavar="FILE", help=help_text)

    def handle(self, *args: Any, **options: Any) -> None:
        self._step("offices", self._offices)
        self._step("accounts", load_people)
        self._step("pages in four languages", load_pages)
        self._step("consultations", self._consultations)
        for slug, count in ANSWERS.items():
            self._step(f"answers to {slug}", lambda slug=slug, count=count: self._answers(slug, count))
        self._step("an earlier survey", lambda: load_wave(User.objects.get(email="gestora@demo.example")))
        self._step("nine focus groups", lambda: load_groups(User.objects.get(email="gestora@demo.example")))
        self._step("themes", self._themes)
        self._step("a weighting and a saved view", self._analysis)
        self._step("a report, which the worker writes", self._reports)
        call_command("setup_schedules", stdout=self.stderr if options["verbosity"] > 1 else _Silence())
        if options["notes"]:
            options["notes"].write_text(what_to_try())
        else:
            self.stdout.write(what_to_try())

    def _step(self, name: str, work: Any) -> None:
        self.stdout.write(f"  {name} ...", ending="")
        self.stdout.flush()
        work()
        self.stdout.write(" ready")

    def _offices(self) -> None:
        if ConsularOffice.objects.exists():
            return
        import communities

        folder = Path(communities.__file__).parent / "demo"
        import_offices(
            offices=folder / "consular_offices.csv", districts=folder / "consular_districts.csv", by=None
        )

    def _consultations(self) -> None:
        load_consultations(User.objects.get(email="gestora@demo.example"))

    def _answers(self, slug: str, count: int) -> None:
        consultation = Consultation.objects.get(slug=slug)
        if not Response.objects.filter(consultation=consultation).exists():
            drafts = DRAFTS[slug]
            call_command("simulate_responses", slug, count=count, drafts=drafts, seed=2026, stdout=_Silence())

    def _themes(self) -> None:
        load_themes(
            Consultation.objects.get(slug="necesidades-2026"),
            first=User.objects.get(email="analista@demo.example"),
            second=User.objects.get(email="gestora@demo.example"),
        )

    def _reports(self) -> None:
        ask_for_reports("necesidades-2026", User.objects.get(email="analista@demo.example"))

    def _analysis(self) -> None:
        consultation = Consultation.objects.get(slug="necesidades-2026")
        load_analysis(consultation, User.objects.get(email="analista@demo.example"))


def what_to_try() -> str:
    """The accounts, and what each can do; and the way without any."""
    accounts = (f"  {email:<24} {what}\n" for email, _role, _unit, what in ACCOUNTS)
    return (
        "\nAccounts (sign in with the address; the code arrives at /dev/mail/):\n"
        + "".join(accounts)
        + "Without an account: open /es/consultas/ and answer, on a phone's width if you can.\n"
        + "Focus groups: sign up at "
        + reverse("focus_groups:list")
        + " and confirm by the mail at /dev/mail/.\n"
        + "  As gestora: “families” is ready to be drawn, “care-workers” has one place left,\n"
        + "  “recent-students” was held and has notes, quotations and a transcript.\n"
    )


class _Silence:
    """Somewhere for the words of commands that run inside this one."""

    def write(self, *_words: Any, **_options: Any) -> None: ...

    def flush(self) -> None: ...
