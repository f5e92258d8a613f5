"""The demonstration's themes: a frame over the headings of the questionnaire, coded answers, quotations.

The texts say of themselves that they are simulated; the codings are made by rules, under the names of two
demonstration accounts.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from modeltranslation.utils import build_localized_fieldname

from portal.models import User

from ...enums import TextSource
from ...models import Code, CodeFrame, Consultation, Passage, Quotation
from ...themes import (
    adjudication,
    coding,
    collecting,
    double_coding,
    frames,
    gazetteer,
    quotations,
    redaction,
    suggestions,
    translations,
)
from ...themes.coding import Mark
from ...themes.double_coding import codes_in, differing, pairs
from ...themes.permission import quotable
from ...themes.queueing import take_next_blind
from ...themes.spans import sentences

SOURCE = Path(__file__).parent / "code_frame.json"
CODED = 150
SEED = "2026"
# What the second coder sees otherwise, so that there is something to decide.
DIFFERS = 0.18
TRANSLATIONS = {
    "it": "(traducción de demostración) Hacen falta semanas para una cita y hay que probar a medianoche.",
    "en": "(traducción de demostración) Conseguir una cita toma semanas y hay que intentarlo a medianoche.",
}


@transaction.atomic
def load_themes(consultation: Consultation, *, first: User, second: User) -> None:
    """Code the demonstration once, all or nothing; whoever went on coding finds it as it was left."""
    if CodeFrame.objects.filter(slug=_source()["slug"]).exists():
        return
    frame = _frame(first)
    frames.use(consultation=consultation, frame=frame, questions=[], by=first)
    collecting.collect(consultation)
    found = Passage.objects.filter(consultation=consultation).with_texts()
    answers = found.filter(source=TextSource.ANSWER).order_by("response")[:CODED]
    groups = found.exclude(source=TextSource.ANSWER).order_by("pk")
    chosen = [*answers, *groups]
    words = _words(frame)
    for passage in chosen:
        coding.save(passage=passage, marks=_marks(passage.text, words), by=first, base=0)
    _code_twice(consultation, words, first, second)
    _quote(chosen, first, second)
    _translate(chosen, first, second)
    suggestions.run(suggestions.ask(consultation=consultation, by=first).pk)


def _source() -> dict[str, Any]:
    return json.loads(SOURCE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]  # our own file


def _frame(by: User) -> CodeFrame:
    source = _source()
    frame = CodeFrame(slug=source["slug"])
    _say(frame, "name", source["name"])
    frame.save()
    for row in source["codes"]:
        above = Code.objects.filter(frame=frame, name=row["parent"]).first()
        code = Code(frame=frame, name=row["name"], colour=row["colour"], parent=above)
        _say(code, "label", row["label"])
        _say(code, "definition", row["definition"])
        frames.save(code=code, by=by)
    return frame


def _say(record: CodeFrame | Code, field: str, texts: dict[str, str]) -> None:
    for language, text in texts.items():
        setattr(record, build_localized_fieldname(field, language), text)


def _words(frame: CodeFrame) -> dict[int, list[str]]:
    keys = dict(Code.objects.filter(frame=frame).values_list("name", "pk"))
    return {keys[row["name"]]: row["words"] for row in _source()["codes"] if row["words"]}


def _marks(text: str, words: dict[int, list[str]]) -> list[Mark]:
    """Each code on the sentence that speaks of it, or on the whole where there is one sentence alone."""
    spans = [span for span in sentences(text) if not span.of(text).startswith("(")]
    return [
        Mark(code, span if len(spans) > 1 else None)
        for code, signs in words.items()
        for span in spans
        if any(sign in span.of(text).lower() for sign in signs)
    ]


def _code_twice(consultation: Consultation, words: dict[int, list[str]], first: User, second: User) -> None:
    rng = Random(SEED)  # noqa: S311  (no secret is made)
    double = double_coding.draw(
        consultation=consultation, second_coder=second, seed=SEED, share=0.2, by=first
    )
    while (passage := take_next_blind(double=double, by=second)) is not None:
        marks = [Mark(mark.code) for mark in _marks(passage.text, words)]
        if rng.random() < DIFFERS:
            marks = marks[1:] if rng.random() < 0.6 else [*marks, Mark(rng.choice(list(words)))]
        coding.save(passage=passage, marks=marks, by=second, base=0)
    double_coding.close(double=double, by=first)
    both = {a.passage_id: (a, b) for a, b in pairs(double)}
    for passage in differing(double)[:2]:
        given = codes_in(both[passage.pk][0])
        adjudication.decide(
            double=double, passage=passage, codes=given, reason="(demostración)", base=0, by=first
        )


def _quote(passages: list[Passage], first: User, second: User) -> None:
    """Some in each state; the mark that the text is simulated stays in."""
    allowed = quotable(passages)
    told = [passage for passage in passages if passage.pk in allowed and len(passage.text) > 60]
    told = [*told[:8], *(passage for passage in told[8:] if passage.source != TextSource.ANSWER)]
    for number, passage in enumerate(told):
        found = passage.judgements.get(counts=True).codings.select_related("code").first()
        made = quotations.propose(
            passage=passage, start=0, end=len(passage.text), code=found.code if found else None, by=first
        )
        if number >= 2:
            decided = redaction.proposals(passage.text, ordinary=_small(passages), places=gazetteer.places())
            quotations.redact(quotation=made, redactions=decided, base=0, by=first)
        if number >= 4:
            quotations.approve(quotation=Quotation.objects.get(pk=made.pk), base=1, by=second)


def _small(passages: list[Passage]) -> set[str]:
    """The texts begin with words that are no names."""
    return {span.of(p.text).split()[0].lower() for p in passages for span in sentences(p.text)} | {"dni"}


def _translate(passages: list[Passage], first: User, second: User) -> None:
    for language, text in TRANSLATIONS.items():
        passage = next((p for p in passages if p.language == language), None)
        if passage is not None:
            kept = translations.save(passage=passage, language="es", text=text, base=0, by=first)
            if language == "it":
                translations.check(translation=kept, base=1, by=second)
