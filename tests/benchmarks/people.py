"""Focus groups that many people want to come to, for sign-ups and the draw to be measured."""

from __future__ import annotations

import random
from datetime import timedelta

from django.utils import timezone

from consultations.enums import GroupStatus, RegistrationStatus, SelectionMode
from consultations.focus_groups import consents, draws, seats
from consultations.instrument.definition import (
    Choice,
    ChoiceList,
    Definition,
    Question,
    QuestionKind,
    Section,
)
from consultations.models import (
    FocusGroup,
    FocusGroupSession,
    Questionnaire,
    QuestionnaireVersion,
    Quota,
    Registration,
)
from portal.models import Unit

# Question, its answers, at least and at most so many people of each of them.
DIMENSIONS: tuple[tuple[str, str, int | None, int | None], ...] = (
    ("gender", "fmx", 1, 6),
    ("age", "123456", 1, 4),
    ("city", "abcdefgh", None, 4),
    ("years", "12345", 1, 4),
    ("sector", "pqrstuv", None, 3),
)
PLACES = 12


def crowd(people: int) -> FocusGroup:
    """An open group with one session, five quota dimensions, and so many sign-ups."""
    group = FocusGroup.objects.create(
        slug="benchmark-draw",
        title="Benchmark",
        unit=Unit.objects.all()[0],
        status=GroupStatus.OPEN,
        selection=SelectionMode.BALANCED_DRAW,
        screening=_questionnaire(),
    )
    _session(group)
    Quota.objects.bulk_create(
        Quota(group=group, question=name, minimum=least, maximum=most, sort_order=number)
        for number, (name, _answers, least, most) in enumerate(DIMENSIONS)
    )
    chance = random.Random(11)
    Registration.objects.bulk_create(
        Registration(
            group=group,
            status=RegistrationStatus.RECEIVED,
            language="es",
            position=position,
            screening={name: chance.choice(answers) for name, answers, *_bounds in DIMENSIONS},
        )
        for position in range(1, people + 1)
    )
    return group


def call() -> FocusGroupSession:
    """An open group without screening: the first who come are offered its places."""
    group = FocusGroup.objects.create(
        slug="benchmark-call",
        title="Benchmark",
        consent_take_part="Acepto participar.",
        languages=["es"],
        unit=Unit.objects.all()[0],
        status=GroupStatus.OPEN,
    )
    consents.freeze(group)
    return _session(group)


def _session(group: FocusGroup) -> FocusGroupSession:
    starts = timezone.now() + timedelta(days=30)
    session = FocusGroupSession.objects.create(
        group=group, starts_at=starts, timezone="Europe/Madrid", capacity=PLACES
    )
    seats.make(session)
    return session


def propose(group: FocusGroup) -> int:
    """Draw; how many people have a place."""
    draw = draws.propose(group=group, by=None)
    return sum(map(len, draw.result.values()))


def _questionnaire() -> Questionnaire:
    made = Questionnaire.objects.create(slug="benchmark-draw", title="Benchmark")
    lists = tuple(
        ChoiceList(name, tuple(Choice(answer, {"es": answer}) for answer in answers))
        for name, answers, *_bounds in DIMENSIONS
    )
    questions = tuple(
        Question(name, QuestionKind.SINGLE_CHOICE, {"es": name}, choice_list=name)
        for name, *_rest in DIMENSIONS
    )
    definition = Definition(
        name="benchmark",
        title={"es": "Benchmark"},
        languages=("es",),
        sections=(Section("all", questions, {"es": "Todo"}),),
        choice_lists=lists,
    )
    QuestionnaireVersion.objects.create(
        questionnaire=made, number=1, document=definition.to_json(), digest=definition.digest()
    )
    return made
