"""How good suggestions are on what people coded, and what they cost: printed, nothing is stored or shown."""

from __future__ import annotations

import resource
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.analysis.words import stop_words
from consultations.models import Code, Consultation
from consultations.themes import learning
from consultations.themes.learning import Quality, TooLittle
from consultations.themes.suggestions import learned_from
from consultations.themes.tallies import standing


class Command(BaseCommand):
    help = "Measure suggestions of codes by cross-validation over the coded texts of a consultation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        help_text = "look at this many texts, the uncoded ones over and over, to measure time and memory"
        parser.add_argument("--texts", type=int, default=0, metavar="NUMBER", help=help_text)

    def handle(self, *args: Any, **options: Any) -> None:
        consultation = Consultation.objects.filter(slug=options["slug"]).first()
        if consultation is None:
            raise CommandError(f"There is no consultation {options['slug']}.")
        coded, codes = learned_from(consultation)
        texts = [passage.text for passage in coded]
        new = self._new(consultation, options["texts"])
        began = perf_counter()
        try:
            learned = learning.learn(texts, codes, new, stop=stop_words())
        except TooLittle as error:
            raise CommandError("Too few coded texts to learn from.") from error
        took = perf_counter() - began
        self._say(learned.quality, len(texts))
        suggested = sum(bool(found) for found in learned.proposals)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stdout.write(
            f"{len(new)} texts looked at, {suggested} with a suggestion: {took:.1f} s, {peak:.0f} MB at most"
        )

    def _new(self, consultation: Consultation, number: int) -> list[str]:
        waiting = [p.text for p in standing(consultation).uncoded().with_texts().order_by("pk") if p.text]
        # A number behind each keeps them from being one and the same text.
        repeated = islice(cycle(waiting), number if waiting else 0)
        return [f"{text} ({place})" for place, text in enumerate(repeated)] if number else waiting

    def _say(self, quality: list[Quality], texts: int) -> None:
        names = dict(Code.objects.filter(pk__in=[q.code for q in quality]).values_list("pk", "name"))
        self.stdout.write(f"{texts} coded texts, {learning.FOLDS} folds")
        self.stdout.write(f"{'code':<24}{'texts':>7}{'precision':>11}{'recall':>8}  suggested")
        for one in quality:
            is_used = "yes" if one.precision >= learning.RIGHT_OFTEN_ENOUGH else "no"
            self.stdout.write(
                f"{names[one.code]:<24}{one.texts:>7}{one.precision:>11.2f}{one.recall:>8.2f}  {is_used}"
            )
